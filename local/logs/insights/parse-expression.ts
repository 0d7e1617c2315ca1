import type { BinaryOperator, Expression } from './ast.ts';
import { toPeriodUnit } from './periods.ts';
import { compileRegex } from './regex.ts';
import { QuerySyntaxError } from './syntax-error.ts';
import type { TokenReader } from './token-reader.ts';

const COMPARISONS: ReadonlyMap<string, BinaryOperator> = new Map([
  ['=', '='],
  // AWS's published samples write both.
  ['==', '='],
  ['!=', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);
const MAX_DEPTH = 200;

/** Keywords that end an expression, so that a missing comma is reported where it is missing. */
const RESERVED: ReadonlySet<string> = new Set(['as', 'by', 'and', 'or', 'in', 'like', 'is', 'asc', 'desc']);

/**
 * Parses an expression; the grammar stands in grammar.md.
 * @throws {QuerySyntaxError} when the text there is none.
 */
export function parseExpression(reader: TokenReader, depth = 0): Expression {
  if (depth > MAX_DEPTH) {
    reader.fail(`expressions may nest ${MAX_DEPTH} levels`);
  }
  return parseLogical(reader, 'or', depth);
}

function parseLogical(reader: TokenReader, operator: 'or' | 'and', depth: number): Expression {
  const parseOperand = (): Expression =>
    operator === 'or' ? parseLogical(reader, 'and', depth) : parseNot(reader, depth);
  let left = parseOperand();
  while (reader.takeWord(operator)) {
    left = binary(reader, operator, left, parseOperand());
  }
  return left;
}

function parseNot(reader: TokenReader, depth: number): Expression {
  const { start } = reader.peek();
  if (!reader.takeWord('not') && !reader.takeSymbol('!')) {
    return parseComparison(reader, depth);
  }
  if (depth > MAX_DEPTH) {
    reader.fail(`expressions may nest ${MAX_DEPTH} levels`);
  }
  return negate(reader, start, parseNot(reader, depth + 1));
}

function parseComparison(reader: TokenReader, depth: number): Expression {
  const left = parseSum(reader, depth);
  const { start } = left.span;
  const symbol = reader.peek();
  const comparison = symbol.kind === 'symbol' ? COMPARISONS.get(symbol.value) : undefined;
  if (comparison !== undefined) {
    reader.take();
    return binary(reader, comparison, left, parseSum(reader, depth));
  }
  if (reader.takeSymbol('=~')) {
    return parseMatch(reader, left);
  }
  if (reader.takeWord('is')) {
    const isNegated = reader.takeWord('not');
    if (!reader.takeWord('present')) {
      reader.fail('expected "present" after "is"');
    }
    const span = reader.spanFrom(start);
    const present: Expression = { kind: 'call', name: 'ispresent', operands: [left], span, text: reader.textOf(span) };
    return isNegated ? negate(reader, start, present) : present;
  }
  const isNegated = reader.takeWord('not');
  if (reader.takeWord('like')) {
    const match = parseMatch(reader, left);
    return isNegated ? negate(reader, start, match) : match;
  }
  if (reader.takeWord('in')) {
    const list = parseIn(reader, left, depth);
    return isNegated ? negate(reader, start, list) : list;
  }
  return isNegated ? reader.fail('expected "like" or "in" after "not"') : left;
}

function parseMatch(reader: TokenReader, operand: Expression): Expression {
  const regex = reader.takeRegex();
  const matcher = regex
    ? compileRegex(regex.value, regex)
    : reader.expectKind('string', 'a quoted text or a /regular expression/').value;
  const span = reader.spanFrom(operand.span.start);
  return { kind: 'match', operand, matcher, span, text: reader.textOf(span) };
}

function parseIn(reader: TokenReader, operand: Expression, depth: number): Expression {
  const closing = reader.takeSymbol('(') ? ')' : ']';
  if (closing === ']') {
    reader.expectSymbol('[');
  }
  const items: Expression[] = [];
  do {
    items.push(parseSum(reader, depth + 1));
  } while (reader.takeSymbol(','));
  reader.expectSymbol(closing);
  const span = reader.spanFrom(operand.span.start);
  return { kind: 'in', operand, items, span, text: reader.textOf(span) };
}

function parseSum(reader: TokenReader, depth: number): Expression {
  return parseLeftToRight(reader, ['+', '-'], () =>
    parseLeftToRight(reader, ['*', '/', '%'], () => parsePower(reader, depth)),
  );
}

function parseLeftToRight(
  reader: TokenReader,
  operators: readonly BinaryOperator[],
  parseOperand: () => Expression,
): Expression {
  let left = parseOperand();
  for (;;) {
    const operator = operators.find((symbol) => reader.takeSymbol(symbol));
    if (operator === undefined) {
      return left;
    }
    left = binary(reader, operator, left, parseOperand());
  }
}

function parsePower(reader: TokenReader, depth: number): Expression {
  const base = parseUnary(reader, depth);
  return reader.takeSymbol('^') ? binary(reader, '^', base, parsePower(reader, depth)) : base;
}

function parseUnary(reader: TokenReader, depth: number): Expression {
  const { start } = reader.peek();
  if (!reader.takeSymbol('-')) {
    return parsePrimary(reader, depth);
  }
  if (depth > MAX_DEPTH) {
    reader.fail(`expressions may nest ${MAX_DEPTH} levels`);
  }
  const operand = parseUnary(reader, depth + 1);
  const span = reader.spanFrom(start);
  return { kind: 'unary', operator: '-', operand, span, text: reader.textOf(span) };
}

function parsePrimary(reader: TokenReader, depth: number): Expression {
  const token = reader.peek();
  const { start, end, value } = token;
  const node = { span: { start, end }, text: reader.text.slice(start, end) };
  switch (token.kind) {
    case 'number':
      reader.take();
      return { ...node, kind: 'literal', value: Number(value) };
    case 'string':
      reader.take();
      return { ...node, kind: 'literal', value };
    case 'period':
      reader.take();
      return parsePeriod(value, node);
    case 'quotedName':
      reader.take();
      return { ...node, kind: 'field', name: value };
    case 'word':
      return parseWord(reader, depth);
    default:
      break;
  }
  if (reader.takeSymbol('(')) {
    const inner = parseExpression(reader, depth + 1);
    reader.expectSymbol(')');
    const span = reader.spanFrom(start);
    return { ...inner, span, text: reader.textOf(span) };
  }
  return reader.fail('expected a field, a value or a function');
}

function parseWord(reader: TokenReader, depth: number): Expression {
  const { value, start, end } = reader.peek();
  const word = value.toLowerCase();
  if (RESERVED.has(word)) {
    reader.fail('expected a field, a value or a function');
  }
  reader.take();
  const node = { span: { start, end }, text: value };
  if (reader.takeSymbol('(')) {
    const operands = parseOperands(reader, depth + 1);
    const span = reader.spanFrom(start);
    return { kind: 'call', name: word, operands, span, text: reader.textOf(span) };
  }
  if (word === 'true' || word === 'false') {
    return { ...node, kind: 'literal', value: word === 'true' ? 1 : 0 };
  }
  return { ...node, kind: 'field', name: value };
}

function parseOperands(reader: TokenReader, depth: number): Expression[] {
  const operands: Expression[] = [];
  if (reader.takeSymbol(')')) {
    return operands;
  }
  do {
    const { start, end } = reader.peek();
    operands.push(
      reader.takeSymbol('*') ? { kind: 'star', span: { start, end }, text: '*' } : parseExpression(reader, depth),
    );
  } while (reader.takeSymbol(','));
  reader.expectSymbol(')');
  return operands;
}

function parsePeriod(text: string, node: Pick<Expression, 'span' | 'text'>): Expression {
  const [, digits = '', word = ''] = /^(\d+)(.+)$/.exec(text) ?? [];
  const unit = toPeriodUnit(word);
  const count = Number(digits);
  if (unit === undefined || count < 1 || count > 100_000) {
    throw new QuerySyntaxError(`${JSON.stringify(text)} is no period; write one such as 30s, 5m, 1h or 1d`, node.span);
  }
  return { ...node, kind: 'period', count, unit };
}

function negate(reader: TokenReader, start: number, operand: Expression): Expression {
  const span = reader.spanFrom(start);
  return { kind: 'unary', operator: 'not', operand, span, text: reader.textOf(span) };
}

function binary(reader: TokenReader, operator: BinaryOperator, left: Expression, right: Expression): Expression {
  reader.countOperator();
  const span = { start: left.span.start, end: right.span.end };
  return { kind: 'binary', operator, left, right, span, text: reader.textOf(span) };
}
