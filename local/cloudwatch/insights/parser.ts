import { ACCOUNT_LABEL } from '../../data/metric-store.ts';
import { MathError } from '../math/math-error.ts';
import { describePosition, type InsightsToken, tokenizeInsights } from './lexer.ts';
import { INSIGHTS_FUNCTIONS, type InsightsFunction, type InsightsQuery, type LabelCondition } from './query.ts';

/** Most time series of one query (User Guide, "Metrics Insights quotas"); also the default. */
const MAX_SERIES = 500;
/** Words with a meaning in the grammar: as names they need double quotation marks. */
const KEYWORDS = new Set([
  'SELECT',
  'FROM',
  'SCHEMA',
  'WHERE',
  'AND',
  'OR',
  'NOT',
  'IN',
  'GROUP',
  'ORDER',
  'BY',
  'ASC',
  'DESC',
  'LIMIT',
]);

/**
 * Parses a Metrics Insights query (CloudWatch User Guide, "Query components and syntax in CloudWatch Metrics Insights"):
 *
 *     query     = "SELECT" function "(" name ")" "FROM" source [ "WHERE" condition { "AND" condition } ]
 *                 [ "GROUP" "BY" name { "," name } ] [ "ORDER" "BY" function "(" ")" [ "ASC" | "DESC" ] ] [ "LIMIT" number ]
 *     source    = name | "SCHEMA" "(" name { "," name } ")"
 *     condition = name ( "=" | "!=" ) "'" value "'" | account ( "=" | "!=" ) ( "'" id "'" | "CURRENT_ACCOUNT_ID" "(" ")" )
 *     account   = "AWS" "." "AccountId", which stands for a name in GROUP BY too
 *     name      = word | '"' text '"'
 *
 * Keywords are case-insensitive, names are not. Throws MathError with the line and column of what does not fit.
 */
export function parseInsights(source: string): InsightsQuery {
  return new InsightsParser(source).parseQuery();
}

class InsightsParser {
  private position = 0;
  private readonly source: string;
  private readonly tokens: readonly InsightsToken[];

  constructor(source: string) {
    this.source = source;
    this.tokens = tokenizeInsights(source);
  }

  parseQuery(): InsightsQuery {
    this.expectKeyword('SELECT');
    const aggregate = this.parseFunction();
    this.expectSymbol('(');
    const metricName = this.parseName();
    this.expectSymbol(')');
    this.expectKeyword('FROM');
    const { namespace, schemaKeys } = this.parseSource();
    const conditions = this.takeKeyword('WHERE') ? this.parseConditions() : [];
    const groupKeys = this.takeKeyword('GROUP') ? this.parseGroupKeys() : [];
    const order = this.takeKeyword('ORDER') ? this.parseOrder() : undefined;
    const limit = this.takeKeyword('LIMIT') ? this.parseLimit() : MAX_SERIES;
    if (this.peek().kind !== 'end') throw this.mismatch('<EOF>');
    return { aggregate, metricName, namespace, schemaKeys, conditions, groupKeys, order, limit };
  }

  private parseSource(): Pick<InsightsQuery, 'namespace' | 'schemaKeys'> {
    if (!this.takeKeyword('SCHEMA')) return { namespace: this.parseName(), schemaKeys: undefined };
    this.expectSymbol('(');
    const namespace = this.parseName();
    const schemaKeys: string[] = [];
    while (this.takeSymbol(',')) schemaKeys.push(this.parseName());
    this.expectSymbol(')');
    return { namespace, schemaKeys };
  }

  private parseConditions(): LabelCondition[] {
    const conditions = [this.parseCondition()];
    while (this.takeKeyword('AND')) conditions.push(this.parseCondition());
    return conditions;
  }

  private parseCondition(): LabelCondition {
    const key = this.parseLabelKey();
    const isEqual = this.takeSymbol('=');
    if (!isEqual && !this.takeSymbol('!=')) throw this.mismatch("{'=', '!='}");
    if (key === ACCOUNT_LABEL && this.takeKeyword('CURRENT_ACCOUNT_ID')) {
      this.expectSymbol('(');
      this.expectSymbol(')');
      return { key, isEqual, value: undefined };
    }
    const token = this.peek();
    if (token.kind !== 'value') throw this.mismatch('quoted label value');
    this.position += 1;
    return { key, isEqual, value: token.text };
  }

  private parseGroupKeys(): string[] {
    this.expectKeyword('BY');
    const keys = [this.parseLabelKey()];
    while (this.takeSymbol(',')) keys.push(this.parseLabelKey());
    return keys;
  }

  private parseOrder(): NonNullable<InsightsQuery['order']> {
    this.expectKeyword('BY');
    const aggregate = this.parseFunction();
    this.expectSymbol('(');
    this.expectSymbol(')');
    const isDescending = this.takeKeyword('DESC');
    if (!isDescending) this.takeKeyword('ASC');
    return { aggregate, isDescending };
  }

  private parseLimit(): number {
    const token = this.peek();
    const limit = token.kind === 'word' && /^\d+$/.test(token.text) ? Number(token.text) : undefined;
    if (limit === undefined) throw this.mismatch('integer');
    if (limit < 1 || limit > MAX_SERIES) {
      const position = describePosition(this.source, token.offset);
      throw new MathError(`${position} LIMIT must be between 1 and ${MAX_SERIES}, not ${token.text}`);
    }
    this.position += 1;
    return limit;
  }

  private parseFunction(): InsightsFunction {
    const token = this.peek();
    const name = token.kind === 'word' ? token.text.toUpperCase() : '';
    const found = INSIGHTS_FUNCTIONS.find((candidate) => candidate === name);
    if (found === undefined) throw this.mismatch(`{${INSIGHTS_FUNCTIONS.join(', ')}}`);
    this.position += 1;
    return found;
  }

  private parseLabelKey(): string {
    const key = this.parseName();
    const next = this.peek();
    if (next.kind !== 'symbol' || next.text !== '.') return key;
    const label = this.tokens[this.position + 1];
    if (key === 'AWS' && label?.kind === 'word' && label.text === 'AccountId') {
      this.position += 2;
      return ACCOUNT_LABEL;
    }
    const position = describePosition(this.source, next.offset);
    throw new MathError(
      `${position} '${key}.' labels (resource tags) are not supported by this imitation of CloudWatch`,
    );
  }

  private parseName(): string {
    const token = this.peek();
    const isName = token.kind === 'name' || (token.kind === 'word' && !KEYWORDS.has(token.text.toUpperCase()));
    if (!isName || token.text === '') throw this.mismatch('identifier');
    this.position += 1;
    return token.text;
  }

  private peek(): InsightsToken {
    return this.tokens[this.position] ?? { kind: 'end', text: '', source: '<EOF>', offset: this.source.length };
  }

  private takeKeyword(keyword: string): boolean {
    const token = this.peek();
    const isTaken = token.kind === 'word' && token.text.toUpperCase() === keyword;
    if (isTaken) this.position += 1;
    return isTaken;
  }

  private expectKeyword(keyword: string): void {
    if (!this.takeKeyword(keyword)) throw this.mismatch(keyword);
  }

  private takeSymbol(text: string): boolean {
    const token = this.peek();
    const isTaken = token.kind === 'symbol' && token.text === text;
    if (isTaken) this.position += 1;
    return isTaken;
  }

  private expectSymbol(text: string): void {
    if (!this.takeSymbol(text)) throw this.mismatch(`'${text}'`);
  }

  private mismatch(expected: string): MathError {
    const token = this.peek();
    const position = describePosition(this.source, token.offset);
    return new MathError(`${position} mismatched input '${token.source}' expecting ${expected}`);
  }
}
