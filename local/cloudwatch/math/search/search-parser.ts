import { ACCOUNT_LABEL } from '../../../data/metric-store.ts';
import { MathError } from '../math-error.ts';
import type { MetricSchema, SearchCondition, SearchQuery } from './search-ast.ts';
import { type SearchToken, tokenizeSearch } from './search-lexer.ts';

/** Longest search text (User Guide, "Search expression limits"). */
const MAX_SEARCH_CHARS = 1024;
const MAX_DEPTH = 100;

/**
 * Parses the first argument of SEARCH (CloudWatch User Guide, "CloudWatch search expression syntax"):
 *
 *     search = [ "{" name { "," name } "}" [ "," ] ] [ any ]
 *     any    = all { "OR" all }
 *     all    = not { [ "AND" ] not }
 *     not    = "NOT" not | "(" any ")" | [ property "=" ] term | property "=" "(" any ")"
 *     term   = word | '"' exact '"'
 *
 * Throws MathError with the position of what does not fit.
 */
export function parseSearch(source: string): SearchQuery {
  if (source.length > MAX_SEARCH_CHARS) {
    throw new MathError(`SEARCH: the search text is longer than ${MAX_SEARCH_CHARS} characters`);
  }
  return new SearchParser(tokenizeSearch(source)).parseAll();
}

class SearchParser {
  private position = 0;
  private depth = 0;
  private readonly tokens: readonly SearchToken[];

  constructor(tokens: readonly SearchToken[]) {
    this.tokens = tokens;
  }

  parseAll(): SearchQuery {
    const schema = this.takeSymbol('{') ? this.parseSchema() : undefined;
    const condition = this.peek().kind === 'end' ? undefined : this.parseAny(undefined);
    if (this.peek().kind !== 'end') throw this.unexpected();
    if (schema === undefined && condition === undefined) {
      throw new MathError('SEARCH: the search text must have a metric schema, a search term or both');
    }
    return { schema, condition };
  }

  private parseSchema(): MetricSchema {
    const names = [this.parseName()];
    while (this.takeSymbol(',')) names.push(this.parseName());
    if (!this.takeSymbol('}')) throw this.unexpected();
    this.takeSymbol(',');
    const [namespace = '', ...dimensionNames] = names;
    return { namespace, dimensionNames };
  }

  private parseName(): string {
    const token = this.peek();
    if (token.kind !== 'word' && token.kind !== 'exact') throw this.unexpected();
    this.position += 1;
    return token.text;
  }

  private parseAny(property: string | undefined): SearchCondition {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new MathError(`SEARCH: nested more than ${MAX_DEPTH} levels deep`);
    const parts = [this.parseAllOf(property)];
    while (this.takeWord('OR')) parts.push(this.parseAllOf(property));
    this.depth -= 1;
    return combine('any', parts);
  }

  private parseAllOf(property: string | undefined): SearchCondition {
    const parts = [this.parseNot(property)];
    while (this.takeWord('AND') || this.startsCondition()) parts.push(this.parseNot(property));
    return combine('all', parts);
  }

  private parseNot(property: string | undefined): SearchCondition {
    let isNegated = false;
    while (this.takeWord('NOT')) isNegated = !isNegated;
    const part = this.parseTerm(property);
    return isNegated ? { kind: 'not', part } : part;
  }

  private parseTerm(property: string | undefined): SearchCondition {
    if (this.takeSymbol('(')) return this.parseGroup(property);
    const token = this.peek();
    if ((token.kind !== 'word' && token.kind !== 'exact') || isOperator(token)) throw this.unexpected();
    this.position += 1;
    if (property !== undefined || !this.takeSymbol('=')) {
      return { kind: 'term', text: token.text, isExact: token.kind === 'exact', property };
    }
    if (token.text.startsWith(':aws.') && token.text !== ACCOUNT_LABEL) {
      throw new MathError(`SEARCH: '${token.text}' is not supported by this imitation of CloudWatch`);
    }
    if (this.takeSymbol('(')) return this.parseGroup(token.text);
    const value = this.peek();
    if ((value.kind !== 'word' && value.kind !== 'exact') || isOperator(value)) throw this.unexpected();
    this.position += 1;
    return { kind: 'term', text: value.text, isExact: value.kind === 'exact', property: token.text };
  }

  private parseGroup(property: string | undefined): SearchCondition {
    const group = this.parseAny(property);
    if (!this.takeSymbol(')')) throw this.unexpected();
    return group;
  }

  private startsCondition(): boolean {
    const token = this.peek();
    if (token.kind === 'word') return token.text !== 'OR';
    return token.kind === 'exact' || (token.kind === 'symbol' && token.text === '(');
  }

  private peek(): SearchToken {
    return this.tokens[this.position] ?? { kind: 'end', text: '', offset: 0 };
  }

  private takeSymbol(text: string): boolean {
    return this.take('symbol', text);
  }

  private takeWord(text: string): boolean {
    return this.take('word', text);
  }

  private take(kind: SearchToken['kind'], text: string): boolean {
    const token = this.peek();
    const isTaken = token.kind === kind && token.text === text;
    if (isTaken) this.position += 1;
    return isTaken;
  }

  private unexpected(): MathError {
    const token = this.peek();
    const found = token.kind === 'end' ? 'end of the search text' : `'${token.text}'`;
    return new MathError(`SEARCH: unexpected ${found} at position ${token.offset + 1} of the search text`);
  }
}

// Operators are case-sensitive: "and" is a search term.
function isOperator(token: SearchToken): boolean {
  return token.kind === 'word' && ['AND', 'OR', 'NOT'].includes(token.text);
}

function combine(kind: 'all' | 'any', parts: readonly SearchCondition[]): SearchCondition {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}
