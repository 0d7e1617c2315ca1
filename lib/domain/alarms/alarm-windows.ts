/** Where to look: the time ranges around changes of state that logs and metrics should be asked for. */

import { SECOND_MS, type TimeRange } from '../time.ts';
import type { StateChange } from './alarm-history.ts';

export interface AlarmSpan {
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
}

export interface InvestigationWindow extends TimeRange {
  readonly changes: number;
  /** Alarms that changed in it, in order of their first change. */
  readonly alarmNames: readonly string[];
}

/** What led to a change lies in the datapoints that were evaluated, and some time before them. */
const EVALUATIONS_BEFORE = 5;
const PERIODS_AFTER = 2;

/**
 * One window for each cluster of changes: from 5 × period × evaluation periods before the first to 2 × period after
 * the last. Windows that touch are one. Those without a change into ALARM are left out where others have one.
 * @returns disjoint windows, oldest first, none reaching beyond now
 */
export function findInvestigationWindows(
  changes: readonly Pick<StateChange, 'alarmName' | 'epochMs' | 'to'>[],
  spanOf: (alarmName: string) => AlarmSpan,
  nowEpochMs: number,
): readonly InvestigationWindow[] {
  const pieces = changes
    .map((change) => {
      const { periodSeconds, evaluationPeriods } = spanOf(change.alarmName);
      return {
        change,
        startEpochMs: change.epochMs - EVALUATIONS_BEFORE * periodSeconds * evaluationPeriods * SECOND_MS,
        endEpochMs: Math.min(change.epochMs + PERIODS_AFTER * periodSeconds * SECOND_MS, nowEpochMs),
      };
    })
    .sort((a, b) => a.startEpochMs - b.startEpochMs);
  const clusters: { startEpochMs: number; endEpochMs: number; changes: (typeof pieces)[number]['change'][] }[] = [];
  for (const { change, startEpochMs, endEpochMs } of pieces) {
    const last = clusters.at(-1);
    if (last !== undefined && startEpochMs <= last.endEpochMs) {
      last.endEpochMs = Math.max(last.endEpochMs, endEpochMs);
      last.changes.push(change);
    } else clusters.push({ startEpochMs, endEpochMs, changes: [change] });
  }
  const firing = clusters.filter((cluster) => cluster.changes.some(({ to }) => to === 'ALARM'));
  return (firing.length > 0 ? firing : clusters).map((cluster) => ({
    startEpochMs: cluster.startEpochMs,
    endEpochMs: cluster.endEpochMs,
    changes: cluster.changes.length,
    alarmNames: [
      ...new Set([...cluster.changes].sort((a, b) => a.epochMs - b.epochMs).map(({ alarmName }) => alarmName)),
    ],
  }));
}
