import { setImmediate } from 'node:timers/promises';
import type { LogGroup } from '../data/logs/log-group.ts';
import type { Plan } from './insights/plan.ts';
import { Row } from './insights/row.ts';
import { toText } from './insights/value.ts';
import { scanEvents, type TimeRange } from './scan-events.ts';
import { StoredEvent } from './stored-event.ts';

/** Events between two pauses, so that a long query does not hold up other requests. */
const EVENTS_PER_TURN = 5_000;

export interface ResultField {
  readonly field: string;
  readonly value: string;
}

export interface QueryOutcome {
  readonly rows: readonly (readonly ResultField[])[];
  readonly recordsMatched: number;
  readonly recordsScanned: number;
  readonly bytesScanned: number;
}

/** Runs a plan over the events of some groups. The same arguments give the same outcome. */
export async function runQuery(
  plan: Plan,
  groups: readonly LogGroup[],
  range: TimeRange,
  nowEpochMs: number,
): Promise<QueryOutcome> {
  const run = plan.begin();
  let recordsScanned = 0;
  let bytesScanned = 0;
  let sincePause = 0;
  for (const events of scanEvents(groups, range, nowEpochMs, 'newestFirst')) {
    for (const { group, event } of events) {
      bytesScanned += Buffer.byteLength(event.message);
      run.push(new Row(new StoredEvent(group, event)));
    }
    recordsScanned += events.length;
    sincePause += events.length;
    if (sincePause >= EVENTS_PER_TURN) {
      sincePause = 0;
      await setImmediate();
    }
  }
  run.finish();
  return {
    rows: run.rows.map((row) => toResultRow(row, plan)),
    recordsMatched: run.matchedCount(),
    recordsScanned,
    bytesScanned,
  };
}

/** A missing field is left out of the row; events carry their pointer last. */
function toResultRow(row: Row, plan: Plan): readonly ResultField[] {
  const names = plan.isAggregating || plan.columns.includes('@ptr') ? plan.columns : [...plan.columns, '@ptr'];
  return names.flatMap((field) => {
    const value = row.get(field);
    return value === undefined ? [] : [{ field, value: toText(value) }];
  });
}
