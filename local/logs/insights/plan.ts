import type { Command, NamedExpression, Query } from './ast.ts';
import type { Scope } from './compile-expression.ts';
import type { Row } from './row.ts';
import type { Stage } from './stage.ts';
import {
  compileDedup,
  compileFields,
  compileFilter,
  compileParse,
  compilePattern,
  compileSort,
  makeLimit,
  makeTail,
} from './stages.ts';
import { compileStats } from './stats-stage.ts';

const PATTERN_COLUMNS = ['@pattern', '@ratio', '@sampleCount', '@severityLabel'];
const DEFAULT_COLUMNS = ['@timestamp', '@message'];

/** Rows that a query gives when neither the text nor the request says how many (User Guide, "limit"). */
const DEFAULT_LIMIT = 10_000;

export interface PlanOptions {
  readonly nowEpochMs: number;
  /** `limit` of the request; the smaller of it and of the text's own counts. */
  readonly limit?: number | undefined;
}

/** A compiled query that can be run any number of times. */
export interface Plan {
  readonly columns: readonly string[];
  /** True when rows are no log events any more, so they have no `@ptr`. */
  readonly isAggregating: boolean;
  /** Begins a run; push every event, newest first, then finish. */
  readonly begin: () => Run;
}

export interface Run extends Stage {
  readonly rows: readonly Row[];
  /** Records that the filters let through, before any limit or aggregation. */
  readonly matchedCount: () => number;
}

/**
 * Checks a query and turns it into a chain of stages.
 * @throws {QuerySyntaxError} for what only shows beyond the grammar: unknown functions, wrong operands.
 */
export function planQuery(query: Query, options: PlanOptions): Plan {
  const makers: ((next: Stage) => Stage)[] = [];
  const columns = new ColumnList();
  let counterIndex = query.commands.findIndex(
    ({ kind }) => !['fields', 'display', 'filter', 'filterIndex', 'parse', 'sort'].includes(kind),
  );
  counterIndex = counterIndex === -1 ? query.commands.length : counterIndex;
  for (const command of query.commands) {
    const scope: Scope = { nowEpochMs: options.nowEpochMs, madeColumns: columns.made };
    makers.push(compileCommand(command, scope));
    columns.follow(command);
  }
  const hasOwnLimit = query.commands.some(({ kind }) => kind === 'limit' || kind === 'tail');
  const limit = options.limit ?? (hasOwnLimit ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT);
  return {
    columns: columns.shown,
    isAggregating: columns.isAggregating,
    begin: () => {
      const rows: Row[] = [];
      let matched = 0;
      let stage: Stage = {
        push: (row) => {
          if (rows.length < limit) {
            rows.push(row);
          }
        },
        finish: () => undefined,
      };
      for (let index = makers.length; index >= 0; index -= 1) {
        if (index === counterIndex) {
          stage = counting(stage, () => {
            matched += 1;
          });
        }
        stage = makers[index - 1]?.(stage) ?? stage;
      }
      return { push: (row) => stage.push(row), finish: () => stage.finish(), rows, matchedCount: () => matched };
    },
  };
}

function counting(next: Stage, count: () => void): Stage {
  return {
    push: (row) => {
      count();
      next.push(row);
    },
    finish: () => next.finish(),
  };
}

function compileCommand(command: Command, scope: Scope): (next: Stage) => Stage {
  switch (command.kind) {
    case 'fields':
    case 'display':
      return compileFields(command.columns, scope);
    case 'filter':
    case 'filterIndex':
      return compileFilter(command.condition, scope);
    case 'parse':
      return compileParse(command.operand, command.pattern, scope);
    case 'stats':
      return compileStats(command.aggregates, command.keys, scope);
    case 'sort':
      return compileSort(command, scope);
    case 'limit':
      return makeLimit(command.count);
    case 'tail':
      return makeTail(command.count);
    case 'dedup':
      return compileDedup(command.keys, scope);
    case 'pattern':
      return compilePattern(command.operand, scope);
  }
}

/** Follows which columns a result row shows, and which can be named by the text that made them. */
class ColumnList {
  #chosen: readonly string[] | undefined;
  #parsed: readonly string[] = [];
  made: ReadonlySet<string> = new Set();
  isAggregating = false;

  get shown(): readonly string[] {
    return this.#chosen ?? [...DEFAULT_COLUMNS, ...this.#parsed];
  }

  follow(command: Command): void {
    switch (command.kind) {
      case 'fields':
        this.#remember(command.columns);
        this.#chosen = [...(this.#chosen ?? []), ...command.columns.map(({ name }) => name)];
        return;
      case 'display':
        this.#remember(command.columns);
        this.#chosen = command.columns.map(({ name }) => name);
        return;
      case 'parse':
        this.#parsed = [...this.#parsed, ...command.pattern.names];
        this.#chosen &&= [...this.#chosen, ...command.pattern.names];
        return;
      case 'stats':
        this.isAggregating = true;
        this.#chosen = [...command.keys, ...command.aggregates].map(({ name }) => name);
        this.made = new Set(this.#chosen);
        return;
      case 'pattern':
        this.isAggregating = true;
        this.#chosen = PATTERN_COLUMNS;
        return;
      default:
        return;
    }
  }

  #remember(columns: readonly NamedExpression[]): void {
    const calculated = columns.filter(({ expression }) => expression.kind !== 'field').map(({ name }) => name);
    this.made = new Set([...this.made, ...calculated]);
  }
}
