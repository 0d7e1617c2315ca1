/** The sentences above the list of get_active_alarms. */

import type { Target } from '../../../aws/ports/targets.ts';
import { ALARM_KINDS, stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import { formatAgo, formatTime } from '../../../domain/time.ts';
import { describeAsked } from '../shared/where-asked.ts';
import type { ListedAlarm } from './read.ts';

/** The alarm that changed last. */
export function findNewest(rows: readonly ListedAlarm[]): ListedAlarm | undefined {
  return rows.reduce<ListedAlarm | undefined>(
    (best, row) => (best === undefined || stateSinceEpochMs(row.alarm) > stateSinceEpochMs(best.alarm) ? row : best),
    undefined,
  );
}

/** The line that answers: how many fire, of which kinds, which came last. */
export function describeFiring(
  firing: readonly ListedAlarm[],
  where: {
    readonly nowEpochMs: number;
    readonly targets: readonly Target[];
    readonly isComplete: boolean;
    /** Others were not asked for, so nothing is said of them. */
    readonly namePrefix: string | undefined;
  },
): string {
  const which = where.namePrefix === undefined ? '' : ` beginning with ${inlineName(where.namePrefix)}`;
  const newest = findNewest(firing);
  if (newest === undefined)
    return `No alarm${which} is firing in ${describeAsked(where.targets)}${where.isComplete ? '' : ', as far as could be asked'}.`;
  const kinds = ALARM_KINDS.map((kind) => ({ kind, count: firing.filter(({ alarm }) => alarm.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`);
  const nested = firing.filter(({ depth }) => depth > 0).length;
  const below = nested === 0 ? '' : `; ${nested} of them below a composite`;
  const sinceEpochMs = stateSinceEpochMs(newest.alarm);
  const since =
    sinceEpochMs === 0 ? '' : ` since ${formatTime(sinceEpochMs)} (${formatAgo(sinceEpochMs, where.nowEpochMs)})`;
  const count = where.isComplete ? String(firing.length) : `At least ${firing.length}`;
  return `${count} ${nounOf(firing.length, 'alarm')}${which} ${nounOf(firing.length, 'is', 'are')} firing (${kinds.join(', ')}${below}); the newest: ${inlineName(newest.alarm.name)}${since}.`;
}

/** How many of the alarms tell nobody, and why. */
export function describeMarks(rows: readonly ListedAlarm[]): string[] {
  const marks = [
    { text: 'muted', count: rows.filter(({ mutedBy }) => mutedBy.length > 0).length },
    { text: 'with actions disabled', count: rows.filter(({ alarm }) => !alarm.actionsEnabled).length },
    {
      text: 'with actions suppressed',
      count: rows.filter(({ alarm }) => alarm.suppression?.suppressedBy !== undefined).length,
    },
  ].filter(({ count }) => count > 0);
  return marks.length === 0 ? [] : [`Of these: ${marks.map(({ text, count }) => `${count} ${text}`).join(', ')}.`];
}

/** What is there besides the alarms that fire. */
export function describeOthers(insufficient: number, hidden: number, hasInsufficientData: boolean): string[] {
  return [
    ...(hasInsufficientData ? [`Without enough data: ${insufficient}.`] : []),
    ...(hidden > 0
      ? [`Hidden: ${hidden} of auto scaling (TargetTracking-*); include_autoscaling=true shows them.`]
      : []),
  ];
}
