import type { LogEvent, LogGroup } from '../data/logs/log-group.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface TimeRange {
  readonly startEpochMs: number;
  /** Inclusive, as in StartQuery and FilterLogEvents. */
  readonly endEpochMs: number;
}

export interface ScannedEvent {
  readonly group: LogGroup;
  readonly event: LogEvent;
}

/** First instant whose events the group still holds. */
export function retainedSince(group: LogGroup, nowEpochMs: number): number {
  const retainedMs = group.retentionInDays === undefined ? Number.POSITIVE_INFINITY : group.retentionInDays * DAY_MS;
  return Math.max(group.creationEpochMs, nowEpochMs - retainedMs);
}

/**
 * The events of some groups in a range, minute by minute, ordered by time within each minute.
 * Nothing later than now and nothing out of retention.
 */
export function* scanEvents(
  groups: readonly LogGroup[],
  range: TimeRange,
  nowEpochMs: number,
  order: 'newestFirst' | 'oldestFirst',
): Generator<readonly ScannedEvent[]> {
  const bounds = groups.map((group) => ({
    group,
    start: Math.max(range.startEpochMs, retainedSince(group, nowEpochMs)),
  }));
  const start = Math.min(...bounds.map((bound) => bound.start));
  const end = Math.min(range.endEpochMs, nowEpochMs);
  if (groups.length === 0 || start > end) {
    return;
  }
  const firstMinute = Math.floor(start / MINUTE_MS);
  const lastMinute = Math.floor(end / MINUTE_MS);
  const sign = order === 'newestFirst' ? -1 : 1;
  for (let step = 0; step <= lastMinute - firstMinute; step += 1) {
    const minuteEpochMs = (sign === 1 ? firstMinute + step : lastMinute - step) * MINUTE_MS;
    const found: ScannedEvent[] = [];
    for (const bound of bounds) {
      if (minuteEpochMs + MINUTE_MS <= bound.start) {
        continue;
      }
      for (const event of bound.group.eventsOfMinute(minuteEpochMs)) {
        if (event.timestampEpochMs >= bound.start && event.timestampEpochMs <= end) {
          found.push({ group: bound.group, event });
        }
      }
    }
    if (found.length > 0) {
      yield found.sort((a, b) => (a.event.timestampEpochMs - b.event.timestampEpochMs) * sign);
    }
  }
}
