import type { Command, Expression, NamedExpression, ParsePattern } from './ast.ts';
import { compileExpression, type Evaluate, isCondition, type Scope } from './compile-expression.ts';
import { severityOf, toMessagePattern } from './message-pattern.ts';
import { Row } from './row.ts';
import { compareForSort } from './sort-order.ts';
import type { Stage } from './stage.ts';
import { QuerySyntaxError } from './syntax-error.ts';
import { isTrue, toText, type Value } from './value.ts';

type MakeStage = (next: Stage) => Stage;

function mapping(next: Stage, apply: (row: Row) => void): Stage {
  return {
    push: (row) => {
      apply(row);
      next.push(row);
    },
    finish: () => next.finish(),
  };
}

/** `fields`: values other than plain fields are calculated and kept under their name. */
export function compileFields(columns: readonly NamedExpression[], scope: Scope): MakeStage {
  const made = columns
    .filter(({ name, expression }) => expression.kind !== 'field' || expression.name !== name)
    .map(({ name, expression }) => ({ name, evaluate: compileExpression(expression, scope) }));
  return (next) =>
    mapping(next, (row) => {
      for (const { name, evaluate } of made) {
        row.set(name, evaluate(row));
      }
    });
}

export function compileFilter(condition: Expression, scope: Scope): MakeStage {
  const evaluate = compileExpression(condition, scope);
  if (!isCondition(condition, scope)) {
    const message = 'filter needs a condition such as level = "ERROR", @message like /text/ or ispresent(field)';
    throw new QuerySyntaxError(message, condition.span);
  }
  return (next) => ({
    push: (row) => {
      if (isTrue(evaluate(row))) {
        next.push(row);
      }
    },
    finish: () => next.finish(),
  });
}

/** `parse`: a text that does not match leaves the names missing. */
export function compileParse(operand: Expression, pattern: ParsePattern, scope: Scope): MakeStage {
  const evaluate = compileExpression(operand, scope);
  const extract =
    pattern.kind === 'glob'
      ? (text: string) => matchGlob(text, pattern.literals)
      : (text: string) => {
          const groups = pattern.regex.exec(text)?.groups;
          return groups && pattern.names.map((name) => groups[name]);
        };
  return (next) =>
    mapping(next, (row) => {
      const value = evaluate(row);
      const found = value === undefined ? undefined : extract(toText(value));
      pattern.names.forEach((name, index) => {
        row.set(name, found?.[index]);
      });
    });
}

/** Text of each wildcard: each takes as little as it can, one at the end takes the rest. */
function matchGlob(text: string, literals: readonly string[]): readonly string[] | undefined {
  const [first = '', ...rest] = literals;
  const begin = text.indexOf(first);
  if (begin === -1) {
    return undefined;
  }
  let position = begin + first.length;
  const found: string[] = [];
  for (const [index, literal] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const end = isLast && literal === '' ? text.length : text.indexOf(literal, position);
    if (end === -1) {
      return undefined;
    }
    found.push(text.slice(position, end));
    position = end + literal.length;
  }
  return found;
}

/** `sort`: stable; missing values come last in either direction. */
export function compileSort(command: Extract<Command, { kind: 'sort' }>, scope: Scope): MakeStage {
  const keys = command.keys.map(({ expression, isDescending }) => ({
    evaluate: compileExpression(expression, scope),
    sign: isDescending ? -1 : 1,
  }));
  return (next) => {
    const held: { readonly row: Row; readonly values: readonly (Value | undefined)[] }[] = [];
    return {
      push: (row) => held.push({ row, values: keys.map(({ evaluate }) => evaluate(row)) }),
      finish: () => {
        held.sort((left, right) => {
          for (const [index, { sign }] of keys.entries()) {
            const a = left.values[index];
            const b = right.values[index];
            if (a === undefined || b === undefined) {
              const order = Number(a === undefined) - Number(b === undefined);
              if (order !== 0) {
                return order;
              }
              continue;
            }
            const order = compareForSort(a, b) * sign;
            if (order !== 0) {
              return order;
            }
          }
          return 0;
        });
        for (const { row } of held) {
          next.push(row);
        }
        next.finish();
      },
    };
  };
}

export function makeLimit(count: number): MakeStage {
  return (next) => {
    let passed = 0;
    return {
      push: (row) => {
        if (passed < count) {
          passed += 1;
          next.push(row);
        }
      },
      finish: () => next.finish(),
    };
  };
}

export function makeTail(count: number): MakeStage {
  return (next) => {
    const rows: Row[] = [];
    return {
      push: (row) => rows.push(row),
      finish: () => {
        for (const row of rows.slice(-count)) {
          next.push(row);
        }
        next.finish();
      },
    };
  };
}

/** `dedup`: the first row of each combination of values; rows where one is missing are all kept. */
export function compileDedup(keys: readonly NamedExpression[], scope: Scope): MakeStage {
  const evaluators: readonly Evaluate[] = keys.map(({ expression }) => compileExpression(expression, scope));
  return (next) => {
    const seen = new Set<string>();
    return {
      push: (row) => {
        const values = evaluators.map((evaluate) => evaluate(row));
        const texts = values.filter((value) => value !== undefined).map(toText);
        const id = JSON.stringify(texts);
        if (texts.length < values.length || !seen.has(id)) {
          if (texts.length === values.length) {
            seen.add(id);
          }
          next.push(row);
        }
      },
      finish: () => next.finish(),
    };
  };
}

/** `pattern`: messages of one shape become one row, most frequent first. */
export function compilePattern(operand: Expression, scope: Scope): MakeStage {
  const evaluate = compileExpression(operand, scope);
  return (next) => {
    const counts = new Map<string, number>();
    let total = 0;
    return {
      push: (row) => {
        const value = evaluate(row);
        if (value !== undefined) {
          const pattern = toMessagePattern(toText(value));
          counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
          total += 1;
        }
      },
      finish: () => {
        for (const [pattern, count] of [...counts].sort((a, b) => b[1] - a[1])) {
          const row = new Row();
          row.set('@pattern', pattern);
          row.set('@ratio', count / total);
          row.set('@sampleCount', count);
          row.set('@severityLabel', severityOf(pattern));
          next.push(row);
        }
        next.finish();
      },
    };
  };
}
