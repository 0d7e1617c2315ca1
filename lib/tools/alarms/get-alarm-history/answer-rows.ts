/** Entries of get_alarm_history: as text, and as structured output. */
import { z } from 'zod';
import { alarmNameOf } from '../../../domain/alarms/alarm.ts';
import {
  type AlarmHistoryItem,
  describeHistoryItem,
  readStateChange,
  type StateChange,
} from '../../../domain/alarms/alarm-history.ts';
import { type ReasonDatapoint, tidyReason } from '../../../domain/alarms/alarm-reason.ts';
import { formatValue } from '../../../domain/alarms/alarm-watch.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { formatDuration, formatTime, SECOND_MS } from '../../../domain/time.ts';
import { listNames } from '../shared/alarm-notes.ts';

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
    const newest = change?.reasonData.datapoints.slice(0, MAX_DATAPOINTS) ?? [];
    const datapoints = newest.map(({ value }) => value);
    const what = clip(describeHistoryItem(item), MAX_TEXT_CHARS);
    const contributor = item.contributor === undefined ? '' : ` ${contributorOf(item)}`;
    const text =
      change === undefined
        ? `${item.type === 'StateUpdate' ? '' : `${item.type}: `}${what}`
        : `${change.from ?? '?'} → ${change.to}${contributor}${lastedMs === undefined ? '' : ` (for ${formatDuration(lastedMs)})`}${describeReason(change, newest)}`;
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

function describeReason({ reason, reasonData }: StateChange, newest: readonly ReasonDatapoint[]): string {
  const said =
    reason === undefined || reason === '' ? '' : `: ${clip(cleanLine(tidyReason(reason)), MAX_REASON_CHARS)}`;
  const values = newest.map(({ value }) => formatValue(value)).join(', ');
  const samples = newest.flatMap(({ samples: count }) => count ?? []);
  const causes = reasonData.triggeringAlarms.map(alarmNameOf).filter((name) => !said.includes(name));
  const notes = [
    ...(values === '' || said.includes('[') ? [] : [`datapoints, newest first: ${values}`]),
    // A percentile of a few samples is one of them.
    ...(samples.length === 0 || SIMPLE.test(reasonData.statistic ?? 'Sum')
      ? []
      : [`samples of each datapoint: ${samples.map(formatValue).join(', ')}`]),
    ...(causes.length === 0 ? [] : [`by ${listNames(causes)}`]),
  ];
  return notes.length === 0 ? said : `${said} (${notes.join('; ')})`;
}

const SIMPLE = /^(Average|Sum|Minimum|Maximum|SampleCount)$/;
