import type {
  AlarmContributor,
  AlarmHistoryItem,
  CompositeAlarm,
  GetAlarmMuteRuleOutput,
  LogAlarm,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { buildHistory } from './alarm-history.ts';
import { type AlarmRecord, describeAlarm } from './alarm-record.ts';
import type { AlarmSet } from './alarm-set.ts';

/** History is kept for 30 days (API reference, DescribeAlarmHistory). */
const KEPT_MS = 30 * 86_400_000;

/** The alarms of one account and region over all of their time. */
export interface AlarmTimeline {
  readonly metric: readonly AlarmRecord<MetricAlarm>[];
  readonly composite: readonly AlarmRecord<CompositeAlarm>[];
  readonly log: readonly AlarmRecord<LogAlarm>[];
  readonly contributors: AlarmSet['contributors'];
  /** Besides what follows from the records. */
  readonly extraHistory: readonly AlarmHistoryItem[];
  muteRulesAt(nowEpochMs: number): readonly GetAlarmMuteRuleOutput[];
}

export const NO_CONTRIBUTORS: ReadonlyMap<string, readonly AlarmContributor[]> = new Map();

/** Gives the alarms as they stand at an instant; the same answer until something changes. */
export function createAlarmsAt(timeline: AlarmTimeline): (nowEpochMs: number) => AlarmSet {
  const records: readonly AlarmRecord[] = [...timeline.metric, ...timeline.composite, ...timeline.log];
  const changes = Float64Array.from(listChanges(records)).sort();
  let history: readonly AlarmHistoryItem[] | undefined;
  let current: { readonly set: AlarmSet; readonly fromEpochMs: number; readonly untilEpochMs: number } | undefined;
  const makeSet = (nowEpochMs: number): AlarmSet => {
    const standing = <Alarm extends MetricAlarm & CompositeAlarm & LogAlarm>(list: readonly AlarmRecord<Alarm>[]) =>
      list
        .filter(({ createdEpochMs }) => createdEpochMs <= nowEpochMs)
        .toSorted((left, right) => (left.name < right.name ? -1 : 1))
        .map((record) => describeAlarm(record, nowEpochMs));
    return {
      metricAlarms: standing(timeline.metric),
      compositeAlarms: standing(timeline.composite),
      logAlarms: standing(timeline.log),
      contributors: timeline.contributors,
      muteRules: timeline.muteRulesAt(nowEpochMs),
      get history() {
        history ??= sortHistory([...records.flatMap(buildHistory), ...timeline.extraHistory], nowEpochMs - KEPT_MS);
        return history;
      },
    };
  };
  return (nowEpochMs) => {
    if (current !== undefined && current.fromEpochMs <= nowEpochMs && nowEpochMs < current.untilEpochMs)
      return current.set;
    const untilEpochMs = changes.find((epochMs) => epochMs > nowEpochMs) ?? Number.POSITIVE_INFINITY;
    current = { set: makeSet(nowEpochMs), fromEpochMs: nowEpochMs, untilEpochMs };
    return current.set;
  };
}

function sortHistory(items: readonly AlarmHistoryItem[], oldestEpochMs: number): readonly AlarmHistoryItem[] {
  const timeOf = (item: AlarmHistoryItem): number => item.Timestamp?.getTime() ?? 0;
  return items.filter((item) => timeOf(item) >= oldestEpochMs).sort((left, right) => timeOf(right) - timeOf(left));
}

/** Every instant at which what DescribeAlarms gives may change. */
function* listChanges(records: readonly AlarmRecord[]): Generator<number> {
  for (const { createdEpochMs, transitions, suppressionAt, actions } of records) {
    yield createdEpochMs;
    for (const { epochMs } of transitions) yield epochMs;
    if (suppressionAt !== undefined) for (const { epochMs } of actions) yield epochMs;
  }
}
