import type { Expression } from './ast.ts';
import type { EvaluationScope } from './function.ts';
import { findFunction } from './functions/function-table.ts';
import { MathError } from './math-error.ts';
import { applyBinary, negate } from './operators.ts';
import { scalar, seriesArray, type Value } from './value.ts';

/** Computes a parsed expression. Throws MathError where a function or the types of its arguments do not fit. */
export function interpret(expression: Expression, scope: EvaluationScope): Value {
  switch (expression.kind) {
    case 'number':
      return scalar(expression.value);
    case 'text':
      return { kind: 'text', text: expression.text };
    case 'word':
      return { kind: 'word', word: expression.word };
    case 'reference':
      return scope.resolve(expression.id);
    case 'list':
      return interpretList(expression.items, scope);
    case 'negation':
      return negate(interpret(expression.operand, scope));
    case 'binary':
      return applyBinary(expression.operator, interpret(expression.left, scope), interpret(expression.right, scope));
    case 'call':
      return interpretCall(expression.name, expression.args, scope);
  }
}

function interpretCall(name: string, sources: readonly Expression[], scope: EvaluationScope): Value {
  const apply = findFunction(name);
  return apply({ name, args: sources.map((source) => interpret(source, scope)), sources, scope });
}

/** [m1, METRICS("x")] is one flat array. */
function interpretList(items: readonly Expression[], scope: EvaluationScope): Value {
  const values = items.map((item) => interpret(item, scope));
  return seriesArray(
    values.flatMap((value) => {
      if (value.kind === 'series') return [value.series];
      if (value.kind === 'array') return value.series;
      throw new MathError('An array can only hold time series');
    }),
  );
}
