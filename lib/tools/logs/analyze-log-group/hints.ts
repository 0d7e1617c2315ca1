/** What to ask next after an analysis, and why there may be nothing. */
import type { LogPattern } from '../../../domain/logs/patterns/log-pattern.ts';
import { countOf } from '../../../domain/text/counts.ts';
import { formatAgo, formatTime, MINUTE_MS } from '../../../domain/time.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { findNewestEvent } from '../shared/empty-events.ts';
import type { GroupAnalysis } from './read.ts';

const SINGLE_EVENTS =
  'Single events of a changed pattern: execute_log_insights_query with the filter that stands below it, and the same times.';

export async function hintNext(analysis: GroupAnalysis, context: ToolContext): Promise<string[]> {
  const { at, windows, now, before, changed, finders, incomparable } = analysis;
  if (now.events === 0) {
    if ((before?.events ?? 0) > 0)
      return [
        `The ${countOf(Math.round(before?.events ?? 0), 'event')} before came from something that has stopped to log, or whose logs do not arrive → look at the service itself.`,
      ];
    const newestEpochMs = await findNewestEvent(at, windows.now.startEpochMs, context);
    return newestEpochMs === undefined
      ? ['Widen start_time, or check size and retention with describe_log_groups.']
      : [
          `The last event before was at ${formatTime(newestEpochMs)} (${formatAgo(newestEpochMs, context.nowEpochMs)}) → start_time=${formatTime(newestEpochMs - 15 * MINUTE_MS)}.`,
        ];
  }
  if (changed.some((pattern) => finders.has(pattern))) return [SINGLE_EVENTS];
  if (changed.length > 0 || incomparable !== undefined) return [];
  const older = [...analysis.lasting.begins.values()].flatMap(({ epochMs, isOlder }) => (isOlder ? [] : [epochMs]));
  return older.length > 0
    ? [`What was new when it began: the same call with start_time=${formatTime(Math.min(...older) - MINUTE_MS)}.`]
    : ['Nothing changed here → set start_time to when the trouble began, or look at another log group.'];
}

export function hintNextOfSeveral(analyses: readonly GroupAnalysis[]): string[] {
  const isFindable = ({ changed, finders }: GroupAnalysis) =>
    changed.some((pattern: LogPattern) => finders.has(pattern));
  return [
    ...(analyses.some(isFindable) ? [SINGLE_EVENTS] : []),
    'Error and message patterns and CloudWatch’s own anomalies of one log group: the same call with log_group_arn alone.',
  ];
}
