/** Alarms on the charted metric: which thresholds may be drawn on it, and in which states they were. */

import type { AlarmsPort } from '../../../aws/ports/alarms.ts';
import { type Alarm, stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { readStateChange, type StateChange } from '../../../domain/alarms/alarm-history.ts';
import { describeThreshold } from '../../../domain/alarms/alarm-watch.ts';
import { inOrder } from '../../../domain/alarms/order-changes.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import type { AlarmBand } from '../../../domain/metrics/chart/chart-page.ts';
import { isAdditive } from '../../../domain/metrics/statistic.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { listSome } from '../../../domain/text/counts.ts';
import { formatDuration, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';

/** More lines hide the curve. */
const MAX_DRAWN = 8;
/** Each is a call of its own. */
const MAX_HISTORIES = 5;
const MAX_CHANGES = 200;
const MAX_NOTED = 3;

/** An alarm with a fixed threshold. */
export type ThresholdAlarm = Alarm & { readonly condition: { readonly threshold: number } };

export interface ChartAlarms {
  /** Firing ones first. */
  readonly drawn: readonly ThresholdAlarm[];
  /** Which are not, and why. */
  readonly notes: readonly string[];
}

/** Only what is in the chart's own terms: a threshold on another statistic, or on sums of another period, would mislead. */
export function chooseAlarms(
  alarms: readonly Alarm[],
  chart: { readonly statistic: string; readonly periodSeconds: number | undefined },
): ChartAlarms {
  const drawn: ThresholdAlarm[] = [];
  const reasons: string[] = [];
  for (const alarm of alarms.toSorted(byUrgency)) {
    const reason = findReason(alarm, chart);
    if (reason !== undefined) reasons.push(`${inlineName(alarm.name)} ${reason}`);
    else if (drawn.length === MAX_DRAWN) reasons.push(`${inlineName(alarm.name)} has no room`);
    else if (hasThreshold(alarm)) drawn.push(alarm);
  }
  const told = listSome(reasons, MAX_NOTED, '; ', (left) => `; and ${left} more alarms`);
  return { drawn, notes: reasons.length === 0 ? [] : [`Not drawn: ${told}.`] };
}

function findReason(
  alarm: Alarm,
  chart: { readonly statistic: string; readonly periodSeconds: number | undefined },
): string | undefined {
  const { watch, condition } = alarm;
  if (watch.type !== 'metric' || !hasThreshold(alarm)) return 'has no fixed threshold';
  const { statistic } = watch.metric;
  if (statistic !== chart.statistic) return `watches ${statistic} ${describeThreshold(condition)}`;
  const { periodSeconds } = condition;
  return isAdditive(statistic) && periodSeconds !== undefined && periodSeconds !== chart.periodSeconds
    ? `adds up ${formatDuration(periodSeconds * SECOND_MS)} (${describeThreshold(condition)}): pass period=${periodSeconds} to see it`
    : undefined;
}

function hasThreshold(alarm: Alarm): alarm is ThresholdAlarm {
  return alarm.condition.threshold !== undefined && Number.isFinite(alarm.condition.threshold);
}

const URGENCY = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 } as const;

function byUrgency(a: Alarm, b: Alarm): number {
  return URGENCY[a.state] - URGENCY[b.state] || (a.name < b.name ? -1 : 1);
}

export interface AlarmBands {
  readonly bands: readonly AlarmBand[];
  readonly warnings: readonly string[];
}

/** The states of the first few alarms over the range, from their history. */
export async function readBands(
  port: AlarmsPort,
  alarms: readonly Alarm[],
  range: TimeRange,
  call: Pick<ToolContext, 'signal' | 'hasTime'>,
): Promise<AlarmBands> {
  const parts = await inParallel(alarms.slice(0, MAX_HISTORIES), MAX_HISTORIES, async (alarm): Promise<AlarmBands> => {
    const pages = port.describeHistory({ alarmName: alarm.name, type: 'StateUpdate', ...range }, call.signal);
    const found = await attempt(call.signal, collectPages(pages, { maxItems: MAX_CHANGES, hasTime: call.hasTime }));
    if ('error' in found)
      return { bands: [], warnings: [`States of alarms are missing: ${found.error.publicMessage}`] };
    const { items, isComplete } = found.value;
    const changes = items.flatMap((item) => readStateChange(item) ?? []);
    return { bands: toBands(alarm, changes, range, isComplete), warnings: [] };
  });
  return {
    bands: parts.flatMap(({ bands }) => bands),
    warnings: [...new Set(parts.flatMap(({ warnings }) => warnings))],
  };
}

/**
 * Pure. What is not known is left out: the time before the first change that does not say what it changed from.
 * @param changes of this alarm, newest or oldest first
 * @param isComplete false when there are older changes in the range
 */
export function toBands(
  alarm: Alarm,
  changes: readonly StateChange[],
  range: TimeRange,
  isComplete: boolean,
): AlarmBand[] {
  const label = alarm.name;
  const { startEpochMs, endEpochMs } = range;
  const ascending = inOrder(changes);
  const [oldest] = ascending;
  if (oldest === undefined) {
    return isComplete && stateSinceEpochMs(alarm) <= startEpochMs
      ? [{ label, state: alarm.state, startEpochMs, endEpochMs }]
      : [];
  }
  const before =
    isComplete && oldest.from !== undefined
      ? [{ label, state: oldest.from, startEpochMs, endEpochMs: oldest.epochMs }]
      : [];
  const after = ascending.map(({ to, epochMs }, index) => ({
    label,
    state: to,
    startEpochMs: epochMs,
    endEpochMs: ascending[index + 1]?.epochMs ?? endEpochMs,
  }));
  return [...before, ...after].filter((band) => band.endEpochMs > band.startEpochMs);
}
