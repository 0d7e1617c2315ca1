import type { BinaryOperator, Expression } from './ast.ts';
import { type Token, tokenizeMath } from './lexer.ts';
import { MathError } from './math-error.ts';

// Far above any real expression and far below what the call stack holds.
const MAX_DEPTH = 200;

const OR: Readonly<Record<string, BinaryOperator>> = { OR: 'OR', '||': 'OR' };
const AND: Readonly<Record<string, BinaryOperator>> = { AND: 'AND', '&&': 'AND' };
const COMPARISON: Readonly<Record<string, BinaryOperator>> = {
  '==': '==',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
const ADDITION: Readonly<Record<string, BinaryOperator>> = { '+': '+', '-': '-' };
const MULTIPLICATION: Readonly<Record<string, BinaryOperator>> = { '*': '*', '/': '/' };

/**
 * Parses metric math (CloudWatch User Guide, "Metric math syntax and functions"):
 *
 *     or         = and { ("OR" | "||") and }
 *     and        = comparison { ("AND" | "&&") comparison }
 *     comparison = sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum ]
 *     sum        = product { ("+" | "-") product }
 *     product    = unary { ("*" | "/") unary }
 *     unary      = "-" unary | power
 *     power      = primary [ "^" unary ]
 *     primary    = number | string | "(" or ")" | "[" or { "," or } "]" | id | WORD | FUNCTION "(" [ or { "," or } ] ")"
 *
 * Throws MathError with the position of the first token that does not fit.
 */
export function parseMath(source: string): Expression {
  const parser = new Parser(tokenizeMath(source));
  return parser.parseAll();
}

class Parser {
  private position = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parseAll(): Expression {
    const expression = this.parseOr();
    if (this.peek().kind !== 'end') throw this.unexpected();
    return expression;
  }

  private parseOr(): Expression {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new MathError(`Expression is nested more than ${MAX_DEPTH} levels deep`);
    const expression = this.parseChain(OR, () => this.parseChain(AND, () => this.parseComparison()));
    this.depth -= 1;
    return expression;
  }

  private parseComparison(): Expression {
    const left = this.parseSum();
    const operator = this.takeOperator(COMPARISON);
    return operator === undefined ? left : { kind: 'binary', operator, left, right: this.parseSum() };
  }

  private parseSum(): Expression {
    return this.parseChain(ADDITION, () => this.parseChain(MULTIPLICATION, () => this.parseUnary()));
  }

  private parseChain(operators: Readonly<Record<string, BinaryOperator>>, parseOperand: () => Expression): Expression {
    let left = parseOperand();
    for (let operator = this.takeOperator(operators); operator !== undefined; operator = this.takeOperator(operators)) {
      left = { kind: 'binary', operator, left, right: parseOperand() };
    }
    return left;
  }

  private parseUnary(): Expression {
    let negations = 0;
    while (this.takeSymbol('-')) negations += 1;
    let expression = this.parsePower();
    for (; negations > 0; negations -= 1) expression = { kind: 'negation', operand: expression };
    return expression;
  }

  private parsePower(): Expression {
    const left = this.parsePrimary();
    if (!this.takeSymbol('^')) return left;
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new MathError(`Expression is nested more than ${MAX_DEPTH} levels deep`);
    const right = this.parseUnary();
    this.depth -= 1;
    return { kind: 'binary', operator: '^', left, right };
  }

  private parsePrimary(): Expression {
    const token = this.peek();
    if (token.kind === 'number') return this.advance({ kind: 'number', value: Number(token.text) });
    if (token.kind === 'text') return this.advance({ kind: 'text', text: token.text });
    if (token.kind === 'name' && token.text !== 'AND' && token.text !== 'OR') return this.parseName();
    if (this.takeSymbol('(')) {
      const expression = this.parseOr();
      this.expectSymbol(')');
      return expression;
    }
    if (this.takeSymbol('[')) return { kind: 'list', items: this.parseItems(']') };
    throw this.unexpected();
  }

  private parseName(): Expression {
    const name = this.peek().text;
    this.position += 1;
    if (this.takeSymbol('(')) {
      const args = this.takeSymbol(')') ? [] : this.parseItems(')');
      return { kind: 'call', name, args };
    }
    // Ids start with a lowercase letter, functions and their keywords are written in capitals.
    return /^[a-z]/.test(name) ? { kind: 'reference', id: name } : { kind: 'word', word: name };
  }

  private parseItems(closing: string): Expression[] {
    const items = [this.parseOr()];
    while (this.takeSymbol(',')) items.push(this.parseOr());
    this.expectSymbol(closing);
    return items;
  }

  private peek(): Token {
    return this.tokens[this.position] ?? { kind: 'end', text: '', offset: 0 };
  }

  private advance(expression: Expression): Expression {
    this.position += 1;
    return expression;
  }

  private takeOperator(operators: Readonly<Record<string, BinaryOperator>>): BinaryOperator | undefined {
    const token = this.peek();
    if (token.kind !== 'symbol' && token.kind !== 'name') return undefined;
    const operator = Object.hasOwn(operators, token.text) ? operators[token.text] : undefined;
    if (operator !== undefined) this.position += 1;
    return operator;
  }

  private takeSymbol(text: string): boolean {
    const token = this.peek();
    const isTaken = token.kind === 'symbol' && token.text === text;
    if (isTaken) this.position += 1;
    return isTaken;
  }

  private expectSymbol(text: string): void {
    if (!this.takeSymbol(text)) throw this.unexpected(`, expected '${text}'`);
  }

  private unexpected(expectation = ''): MathError {
    const token = this.peek();
    const found = token.kind === 'end' ? 'end of expression' : `'${token.text}'`;
    return new MathError(`Invalid syntax at position ${token.offset + 1}: unexpected ${found}${expectation}`);
  }
}
