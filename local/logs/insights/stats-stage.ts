import { type Accumulator, createAccumulator, isAggregate } from './aggregates.ts';
import type { Expression, NamedExpression } from './ast.ts';
import { compileExpression, type Evaluate, isFunction, type Scope } from './compile-expression.ts';
import { Row } from './row.ts';
import type { Stage } from './stage.ts';
import { QuerySyntaxError } from './syntax-error.ts';
import { toNumber, toText, type Value } from './value.ts';

const NEEDS_AGGREGATE = 'stats needs an aggregate here, such as count(*) or avg(field)';

interface AggregateCall {
  readonly slot: string;
  readonly name: string;
  readonly operand: Evaluate;
  readonly parameter: number;
}

interface Group {
  readonly keys: readonly (Value | undefined)[];
  readonly accumulators: readonly Accumulator[];
}

/** Makes the stage of `stats … by …`; groups come out in the order in which they were first met. */
export function compileStats(
  aggregates: readonly NamedExpression[],
  keys: readonly NamedExpression[],
  scope: Scope,
): (next: Stage) => Stage {
  const calls = new Map<string, AggregateCall>();
  const aliases = new Set<string>();
  for (const { name, expression } of aggregates) {
    if (!collectCalls(expression, { scope, calls, aliases })) {
      throw new QuerySyntaxError(NEEDS_AGGREGATE, expression.span);
    }
    aliases.add(name);
  }
  const slots = new Set(calls.keys());
  const outputs = aggregates.map(({ name, expression }) => ({
    name,
    evaluate: compileExpression(expression, { ...scope, madeColumns: slots }),
  }));
  const keyOf = keys.map(({ name, expression }) => ({ name, evaluate: compileExpression(expression, scope) }));
  const callList = [...calls.values()];
  return (next) => {
    const groups = new Map<string, Group>();
    return {
      push: (row) => {
        const values = keyOf.map(({ evaluate }) => evaluate(row));
        const group = groupOf(groups, values, callList);
        const time = toNumber(row.get('@timestamp')) ?? 0;
        callList.forEach((call, index) => {
          group.accumulators[index]?.add(call.operand(row), time);
        });
      },
      finish: () => {
        for (const { keys: values, accumulators } of groups.values()) {
          const totals = new Row();
          callList.forEach(({ slot }, index) => {
            totals.set(slot, accumulators[index]?.result());
          });
          const result = new Row();
          keyOf.forEach(({ name }, index) => {
            result.set(name, values[index]);
          });
          for (const { name, evaluate } of outputs) {
            const value = evaluate(totals);
            result.set(name, value);
            // Later aggregates may compute with the names of earlier ones.
            if (!slots.has(name)) totals.set(name, value);
          }
          next.push(result);
        }
        next.finish();
      },
    };
  };
}

function groupOf(
  groups: Map<string, Group>,
  keys: readonly (Value | undefined)[],
  calls: readonly AggregateCall[],
): Group {
  const id = JSON.stringify(keys.map((value) => (value === undefined ? null : toText(value))));
  let group = groups.get(id);
  if (!group) {
    group = { keys, accumulators: calls.map(({ name, parameter }) => createAccumulator(name, parameter)) };
    groups.set(id, group);
  }
  return group;
}

interface Collection {
  readonly scope: Scope;
  readonly calls: Map<string, AggregateCall>;
  /** Names of the aggregates before this one. */
  readonly aliases: ReadonlySet<string>;
}

/**
 * Finds the aggregate calls in an expression such as `sum(a) / count(*)`; everything else must be built on them, or on
 * the names of earlier ones. Says whether there was one.
 */
function collectCalls(expression: Expression, collection: Collection): boolean {
  switch (expression.kind) {
    case 'literal':
    case 'period':
      return false;
    case 'call':
      if (isAggregate(expression.name)) {
        collection.calls.set(expression.text, compileAggregate(expression, collection.scope));
        return true;
      }
      if (!isFunction(expression.name)) {
        throw new QuerySyntaxError(`unknown function "${expression.name}"`, expression.span);
      }
      return expression.operands.map((operand) => collectCalls(operand, collection)).includes(true);
    case 'unary':
      return collectCalls(expression.operand, collection);
    case 'binary':
      return [expression.left, expression.right].map((side) => collectCalls(side, collection)).includes(true);
    case 'field':
      if (collection.aliases.has(expression.name)) {
        return true;
      }
      throw new QuerySyntaxError(NEEDS_AGGREGATE, expression.span);
    default:
      throw new QuerySyntaxError(NEEDS_AGGREGATE, expression.span);
  }
}

function compileAggregate(call: Extract<Expression, { kind: 'call' }>, scope: Scope): AggregateCall {
  const [operand, parameter] = call.operands;
  const { name, text: slot } = call;
  const expected = name === 'pct' ? 2 : 1;
  if (name === 'count' && call.operands.length === 0) {
    return { slot, name, operand: () => 1, parameter: 0 };
  }
  if (!operand || call.operands.length !== expected) {
    throw new QuerySyntaxError(`${name} takes ${expected} operands, found ${call.operands.length}`, call.span);
  }
  if (operand.kind === 'star') {
    if (name !== 'count') {
      throw new QuerySyntaxError('only count takes *', operand.span);
    }
    return { slot, name, operand: () => 1, parameter: 0 };
  }
  const rank = parameter?.kind === 'literal' ? toNumber(parameter.value) : undefined;
  if (parameter && (rank === undefined || rank < 0 || rank > 100)) {
    throw new QuerySyntaxError('the percentile must be a number from 0 to 100', parameter.span);
  }
  return { slot, name, operand: compileExpression(operand, scope), parameter: rank ?? 0 };
}
