/** What all alarms of an account and region did in a time range, out of one list of changes. */
import type { Target } from '../../../aws/ports/targets.ts';
import { isAutoScalingAlarm } from '../../../domain/alarms/alarm.ts';
import { type AlarmActivity, summarizeActivity } from '../../../domain/alarms/alarm-activity.ts';
import { readStateChange, type StateChange } from '../../../domain/alarms/alarm-history.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import type { TimeRange } from '../../../domain/time.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../shared/collect-pages.ts';

/** Pages of 100 entries. */
const MAX_PAGES = 10;
export const MAX_CHANGES = 1_000;

export interface AlarmSummary {
  readonly name: string;
  readonly activity: AlarmActivity;
  readonly last: StateChange;
  readonly isAutoScaling: boolean;
}

export interface AllHistory {
  /** Those that fired most first, auto scaling ones after the others. */
  readonly alarms: readonly AlarmSummary[];
  readonly changes: number;
  /** The part of the range that was read. */
  readonly covered: TimeRange;
  /** False when there are more changes than were read. */
  readonly isComplete: boolean;
}

export async function readAllHistory(context: ToolContext, target: Target, range: TimeRange): Promise<AllHistory> {
  const { items, isComplete } = await collectPages(
    context.aws(target).alarms.describeHistory({ type: 'StateUpdate', ...range }, context.signal),
    { maxItems: MAX_CHANGES, maxPages: MAX_PAGES, hasTime: context.hasTime },
  );
  const oldestEpochMs = items.reduce((oldest, { epochMs }) => Math.min(oldest, epochMs), range.endEpochMs);
  const covered = isComplete ? range : { ...range, startEpochMs: Math.max(oldestEpochMs, range.startEpochMs) };
  const changes = (await mapInSlices(items, readStateChange)).flatMap((change) => change ?? []);
  const alarms = [...Map.groupBy(changes, ({ alarmName }) => alarmName)].flatMap(([name, own]): AlarmSummary[] => {
    const activity = summarizeActivity(own, covered);
    const last = own.reduce((newest, change) => (change.epochMs > newest.epochMs ? change : newest));
    return [{ name, activity, last, isAutoScaling: isAutoScalingAlarm(name) }];
  });
  return { alarms: alarms.sort(byFirings), changes: changes.length, covered, isComplete };
}

function byFirings(a: AlarmSummary, b: AlarmSummary): number {
  return (
    Number(a.isAutoScaling) - Number(b.isAutoScaling) ||
    b.activity.firings - a.activity.firings ||
    b.activity.changes - a.activity.changes ||
    b.last.epochMs - a.last.epochMs ||
    (a.name < b.name ? -1 : 1)
  );
}
