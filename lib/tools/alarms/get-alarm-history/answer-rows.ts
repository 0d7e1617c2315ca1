/** Entries of get_alarm_history: as text, and as structured output. */
import { z } from 'zod';
import { type AlarmHistoryItem, describeHistoryItem, readStateChange } from '../../../domain/alarms/alarm-history.ts';
import { tidyReason } from '../../../domain/alarms/alarm-reason.ts';
import { formatValue } from '../../../domain/alarms/alarm-watch.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { formatDuration, formatTime, SECOND_MS } from '../../../domain/time.ts';

const MAX_REASON_CHARS = 300;
const MAX_TEXT_CHARS = 500;
const MAX_DATAPOINTS = 5;

export const historyEntryOutput = z.object({
  time: z.string(),
  alarm: z.string(),
  type: z.string(),
  what: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  lasted_seconds: z.int().optional().describe('until the next change of state'),
  reason: z.string().optional(),
  datapoints: z.array(z.number()).optional().describe('newest first'),
});

export interface HistoryRow {
  readonly text: string;
  readonly output: z.input<typeof historyEntryOutput>;
}

/**
 * @param entries all that were read, newest first; they tell how long a state lasted
 * @param part from and to which of them to show
 * @param hasNames whether rows name their alarm
 */
export function toHistoryRows(
  entries: readonly AlarmHistoryItem[],
  part: readonly [start: number, end: number],
  hasNames: boolean,
): readonly HistoryRow[] {
  const ends = findEnds(entries);
  return entries.slice(...part).map((item) => {
    const change = readStateChange(item);
    const untilEpochMs = ends.get(item);
    const lastedMs = untilEpochMs === undefined ? undefined : untilEpochMs - item.epochMs;
    const datapoints = change?.reasonData.datapoints.slice(0, MAX_DATAPOINTS).map(({ value }) => value) ?? [];
    const what = clip(describeHistoryItem(item), MAX_TEXT_CHARS);
    const contributor = item.contributor === undefined ? '' : ` ${contributorOf(item)}`;
    const text =
      change === undefined
        ? `${item.type === 'StateUpdate' ? '' : `${item.type}: `}${what}`
        : `${change.from ?? '?'} → ${change.to}${contributor}${lastedMs === undefined ? '' : ` (for ${formatDuration(lastedMs)})`}${describeReason(change.reason, datapoints)}`;
    return {
      text: `${formatTime(item.epochMs)}  ${hasNames ? `${cleanLine(item.alarmName)}  ` : ''}${text}`,
      output: {
        time: formatTime(item.epochMs),
        alarm: item.alarmName,
        type: item.type,
        what,
        from: change?.from,
        to: change?.to,
        lasted_seconds: lastedMs === undefined ? undefined : Math.round(lastedMs / SECOND_MS),
        reason: change?.reason,
        datapoints: datapoints.length === 0 ? undefined : datapoints,
      },
    };
  });
}

/** When the state that a change brought ended: at the alarm's next change. */
function findEnds(newestFirst: readonly AlarmHistoryItem[]): ReadonlyMap<AlarmHistoryItem, number> {
  const ends = new Map<AlarmHistoryItem, number>();
  const laterOf = new Map<string, number>();
  for (const item of newestFirst) {
    if (item.type !== 'StateUpdate' || readStateChange(item) === undefined) continue;
    const later = laterOf.get(item.alarmName);
    if (later !== undefined) ends.set(item, later);
    laterOf.set(item.alarmName, item.epochMs);
  }
  return ends;
}

function contributorOf(item: AlarmHistoryItem): string {
  return cleanLine(`{${(item.contributor ?? []).map(({ name, value }) => `${name}=${value}`).join(', ')}}`);
}

function describeReason(reason: string | undefined, datapoints: readonly number[]): string {
  const said =
    reason === undefined || reason === '' ? '' : `: ${clip(cleanLine(tidyReason(reason)), MAX_REASON_CHARS)}`;
  return datapoints.length === 0 || said.includes('[')
    ? said
    : `${said} (datapoints, newest first: ${datapoints.map(formatValue).join(', ')})`;
}
