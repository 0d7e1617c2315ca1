import { isAggregate } from './aggregates.ts';
import type { ArithmeticOperator, ComparisonOperator, Expression } from './ast.ts';
import { FUNCTIONS, finite } from './functions.ts';
import { ceilToPeriod, floorToPeriod } from './periods.ts';
import type { Row } from './row.ts';
import { QuerySyntaxError } from './syntax-error.ts';
import { compareValues, isTrue, Timestamp, toNumber, toText, type Value } from './value.ts';

export type Evaluate = (row: Row) => Value | undefined;

export interface Scope {
  /** `now()`; the second in which the query began. */
  readonly nowEpochMs: number;
  /** Columns that commands have made and that can be named by the text that made them, e.g. `count(*)`. */
  readonly madeColumns: ReadonlySet<string>;
}

const DATE_FUNCTIONS: ReadonlySet<string> = new Set(['bin', 'datefloor', 'dateceil', 'now']);

/**
 * Turns an expression into a function of a row.
 * @throws {QuerySyntaxError} for an unknown function, a wrong number of operands, an aggregate outside `stats`.
 */
export function compileExpression(expression: Expression, scope: Scope): Evaluate {
  if (expression.kind !== 'literal' && scope.madeColumns.has(expression.text)) {
    const name = expression.text;
    return (row) => row.get(name);
  }
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'field': {
      const { name } = expression;
      return (row) => row.get(name);
    }
    case 'call':
      return compileCall(expression, scope);
    case 'unary': {
      const operand = compileExpression(expression.operand, scope);
      if (expression.operator === 'not') {
        return (row) => (isTrue(operand(row)) ? 0 : 1);
      }
      return (row) => {
        const value = toNumber(operand(row));
        return value === undefined ? undefined : -value;
      };
    }
    case 'binary':
      return compileBinary(expression, scope);
    case 'in': {
      const operand = compileExpression(expression.operand, scope);
      const items = expression.items.map((item) => compileExpression(item, scope));
      return (row) => {
        const value = operand(row);
        return items.some((item) => isEqual(value, item(row))) ? 1 : 0;
      };
    }
    case 'match': {
      const operand = compileExpression(expression.operand, scope);
      const { matcher } = expression;
      const isMatch =
        typeof matcher === 'string' ? (text: string) => text.includes(matcher) : (text: string) => matcher.test(text);
      return (row) => {
        const value = operand(row);
        return value !== undefined && isMatch(toText(value)) ? 1 : 0;
      };
    }
    case 'period':
    case 'star':
      throw new QuerySyntaxError(`${JSON.stringify(expression.text)} may not stand here`, expression.span);
  }
}

/** Whether a name is a function on single values. */
export function isFunction(name: string): boolean {
  return DATE_FUNCTIONS.has(name) || Object.hasOwn(FUNCTIONS, name);
}

/** Whether an expression answers yes or no, as `filter` needs it. */
export function isCondition(expression: Expression, scope: Scope): boolean {
  switch (expression.kind) {
    case 'in':
    case 'match':
      return true;
    case 'unary':
      return expression.operator === 'not' && isCondition(expression.operand, scope);
    case 'binary':
      if (expression.operator === 'and' || expression.operator === 'or') {
        return isCondition(expression.left, scope) && isCondition(expression.right, scope);
      }
      return ['=', '!=', '<', '<=', '>', '>='].includes(expression.operator);
    case 'call':
      return Object.hasOwn(FUNCTIONS, expression.name) && FUNCTIONS[expression.name]?.isCondition === true;
    default:
      return false;
  }
}

function compileCall(call: Extract<Expression, { kind: 'call' }>, scope: Scope): Evaluate {
  if (DATE_FUNCTIONS.has(call.name)) {
    return compileDateCall(call, scope);
  }
  const known = Object.hasOwn(FUNCTIONS, call.name) ? FUNCTIONS[call.name] : undefined;
  if (!known) {
    const reason = isAggregate(call.name)
      ? `${call.name} aggregates: use it in stats`
      : `unknown function "${call.name}"`;
    throw new QuerySyntaxError(reason, call.span);
  }
  const { minOperands, maxOperands, apply } = known;
  if (call.operands.length < minOperands || call.operands.length > maxOperands) {
    const count = minOperands === maxOperands ? `${minOperands}` : `${minOperands} to ${maxOperands}`;
    throw new QuerySyntaxError(`${call.name} takes ${count} operands, found ${call.operands.length}`, call.span);
  }
  const operands = call.operands.map((operand) => compileExpression(operand, scope));
  return (row) => apply(operands.map((operand) => operand(row)));
}

function compileDateCall(call: Extract<Expression, { kind: 'call' }>, scope: Scope): Evaluate {
  if (call.name === 'now' && call.operands.length === 0) {
    const nowEpochSeconds = Math.floor(scope.nowEpochMs / 1000);
    return () => nowEpochSeconds;
  }
  const period = call.operands.at(-1);
  const isBin = call.name === 'bin';
  const isComplete = call.operands.length === 2 || (isBin && call.operands.length === 1);
  if (call.name === 'now' || period?.kind !== 'period' || !isComplete) {
    const form = { bin: 'bin(5m) or bin(@timestamp, 5m)', now: 'now()' }[call.name] ?? `${call.name}(@timestamp, 5m)`;
    throw new QuerySyntaxError(`${call.name} is written ${form}`, call.span);
  }
  const [first] = call.operands;
  const subject: Evaluate =
    first === period || !first ? (row) => row.get('@timestamp') : compileExpression(first, scope);
  const round = call.name === 'dateceil' ? ceilToPeriod : floorToPeriod;
  return (row) => {
    const epochMs = toNumber(subject(row));
    return epochMs === undefined ? undefined : new Timestamp(round(epochMs, period.count, period.unit));
  };
}

function compileBinary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Evaluate {
  const { operator } = expression;
  const left = compileExpression(expression.left, scope);
  const right = compileExpression(expression.right, scope);
  if (operator === 'and') {
    return (row) => (isTrue(left(row)) && isTrue(right(row)) ? 1 : 0);
  }
  if (operator === 'or') {
    return (row) => (isTrue(left(row)) || isTrue(right(row)) ? 1 : 0);
  }
  if (Object.hasOwn(ARITHMETIC, operator)) {
    const calculate = ARITHMETIC[operator as ArithmeticOperator];
    return (row) => {
      const a = toNumber(left(row));
      const b = a === undefined ? undefined : toNumber(right(row));
      return a === undefined || b === undefined ? undefined : finite(calculate(a, b));
    };
  }
  checkTimeComparison(expression.left, expression.right);
  checkTimeComparison(expression.right, expression.left);
  const compare = COMPARISON[operator as ComparisonOperator];
  return (row) => (compare(left(row), right(row)) ? 1 : 0);
}

/** A written date would be compared as text, which is never what is meant. */
function checkTimeComparison(field: Expression, literal: Expression): void {
  const isTime = field.kind === 'field' && (field.name === '@timestamp' || field.name === '@ingestionTime');
  if (isTime && literal.kind === 'literal' && toNumber(literal.value) === undefined) {
    const message = `${field.text} compares with milliseconds since 1970, not with a text; or narrow the range of the query`;
    throw new QuerySyntaxError(message, literal.span);
  }
}

const ARITHMETIC: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};

type Compare = (a: Value | undefined, b: Value | undefined) => boolean;

/** A missing field equals nothing and is neither less nor greater; `!=` is the opposite of `=`. */
const COMPARISON: Readonly<Record<ComparisonOperator, Compare>> = {
  '=': isEqual,
  '!=': (a, b) => !isEqual(a, b),
  '<': (a, b) => a !== undefined && b !== undefined && compareValues(a, b) < 0,
  '<=': (a, b) => a !== undefined && b !== undefined && compareValues(a, b) <= 0,
  '>': (a, b) => a !== undefined && b !== undefined && compareValues(a, b) > 0,
  '>=': (a, b) => a !== undefined && b !== undefined && compareValues(a, b) >= 0,
};

function isEqual(a: Value | undefined, b: Value | undefined): boolean {
  return a !== undefined && b !== undefined && compareValues(a, b) === 0;
}
