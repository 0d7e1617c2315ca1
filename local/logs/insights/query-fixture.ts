import { parseQuery } from './parser.ts';
import { planQuery } from './plan.ts';
import { Row } from './row.ts';
import { QuerySyntaxError } from './syntax-error.ts';
import { Timestamp, toText, type Value } from './value.ts';

/** The instant that `now()` gives in tests: 2026-03-04 05:06:07.891 UTC. */
export const TEST_NOW_EPOCH_MS = Date.UTC(2026, 2, 4, 5, 6, 7, 891);

type Fields = Readonly<Record<string, Value>>;

/** Runs a query over made-up records in the given order, newest first; gives the shown columns as text. */
export function evaluateQuery(text: string, records: readonly Fields[], limit?: number): Record<string, string>[] {
  const plan = planQuery(parseQuery(text), { nowEpochMs: TEST_NOW_EPOCH_MS, limit });
  const run = plan.begin();
  for (const record of records) {
    run.push(new Row({ get: (name) => (Object.hasOwn(record, name) ? record[name] : undefined) }));
  }
  run.finish();
  return run.rows.map((row) =>
    Object.fromEntries(
      plan.columns.flatMap((column) => {
        const value = row.get(column);
        return value === undefined ? [] : [[column, toText(value)]];
      }),
    ),
  );
}

/** Value of one expression over one record; `undefined` when it is missing. */
export function evaluateExpression(expression: string, record: Fields = {}): string | undefined {
  return evaluateQuery(`fields ${expression} as result`, [record])[0]?.result;
}

/** Whether a condition lets a record through. */
export function isLetThrough(condition: string, record: Fields): boolean {
  return evaluateQuery(`filter ${condition}`, [record]).length === 1;
}

/** The refusal of a query: its message and the text at its position. */
export function refusalOf(text: string): { readonly message: string; readonly at: string; readonly start: number } {
  try {
    planQuery(parseQuery(text), { nowEpochMs: TEST_NOW_EPOCH_MS });
  } catch (error) {
    if (error instanceof QuerySyntaxError) {
      return { message: error.message, at: text.slice(error.span.start, error.span.end), start: error.span.start };
    }
    throw error;
  }
  throw new Error(`the query was not refused: ${text}`);
}

/** A timestamp that many ms after the full minute 2026-03-04 05:00:00. */
export function at(offsetMs: number): Timestamp {
  return new Timestamp(Date.UTC(2026, 2, 4, 5) + offsetMs);
}
