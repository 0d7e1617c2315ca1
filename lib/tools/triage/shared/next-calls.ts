/** At most three calls that lead on from what was found, ready to run. */
import { errorsOf, type LogFinding } from '../../../domain/investigation/log-links.ts';
import type { MetricShift } from '../../../domain/investigation/metric-shift.ts';
import { findProbe, toFilter } from '../../../domain/logs/patterns/pattern-probe.ts';
import { ownerArgument } from '../../../domain/metrics/owner-account.ts';
import { finestStoredSeconds } from '../../../domain/metrics/period.ts';
import { DAY_MS, formatTime, MINUTE_MS, SECOND_MS } from '../../../domain/time.ts';
import type { Around } from './look-around.ts';
import type { ShiftWindow } from './read-shifts.ts';
import type { Session } from './session.ts';

export interface NextCall {
  readonly tool: string;
  /** JSON. */
  readonly arguments: string;
}

/** What led to the onset is logged shortly before it. */
const LEAD_MS = 5 * MINUTE_MS;

export function suggestNext(
  { target, context }: Pick<Session, 'target' | 'context'>,
  around: Around,
  window: ShiftWindow,
): readonly NextCall[] {
  const { suspects, shifts, logs } = around;
  const place = { region: target.region, ...(target.account !== 'default' && { account: target.account }) };
  const write = (tool: string, args: object): NextCall => ({ tool, arguments: JSON.stringify({ ...args, ...place }) });
  const [first] = suspects;
  const shift = shifts.find(({ metric }) => metric.resource === first?.resource);
  const told = logs.filter(({ comparison }) => comparison.patterns.length + comparison.fields.length > 0);
  const finding = told.find(({ resource }) => resource === first?.resource) ?? told[0];
  const end_time = formatTime(window.endEpochMs);
  const since = { start_time: formatTime(sinceOf(around, window)), end_time };
  return [
    ...(shift === undefined
      ? []
      : [write('get_metric_data', { ...seriesOf(shift, window, context.nowEpochMs), end_time })]),
    ...(finding === undefined
      ? []
      : [
          write('execute_log_insights_query', {
            ...(finding.group.startsWith('arn:')
              ? { log_group_identifiers: [finding.group] }
              : { log_group_names: [finding.group] }),
            query_string: `fields @timestamp, @message | ${filterOf(finding)}sort @timestamp asc | limit 20`,
            ...since,
          }),
          write('analyze_log_group', { log_group_arn: finding.group, ...since }),
        ]),
  ];
}

/** Older events would come first and say nothing of it. */
function sinceOf({ onsetEpochMs, firstEpochMs = onsetEpochMs }: Around, { usualEndEpochMs }: ShiftWindow): number {
  const minute = Math.floor(Math.min(onsetEpochMs, firstEpochMs) / MINUTE_MS) * MINUTE_MS;
  return Math.max(usualEndEpochMs, minute - LEAD_MS);
}

/** In the metric's own period; of what grows for days, all of it. */
function seriesOf(
  { metric, statistic, periodMs, atEpochMs, isSlow }: MetricShift,
  window: ShiftWindow,
  nowEpochMs: number,
) {
  const { namespace, metricName, dimensions, accountId } = metric;
  const startEpochMs = isSlow ? Math.min(window.startEpochMs, atEpochMs - DAY_MS) : window.startEpochMs;
  const period = Math.max(periodMs / SECOND_MS, finestStoredSeconds(startEpochMs, nowEpochMs));
  return {
    namespace,
    metric_name: metricName,
    dimensions,
    statistic,
    ...(!isSlow && { period }),
    ...ownerArgument(accountId),
    start_time: formatTime(startEpochMs),
  };
}

/** Words of the strongest pattern that came or grew; without one, everything is shown. */
function filterOf(finding: LogFinding): string {
  const came = finding.comparison.patterns.filter(({ change }) => change !== 'gone');
  const errors = errorsOf(finding);
  const [strongest] = [...(errors.length > 0 ? errors : came)].sort((a, b) => b.deviations - a.deviations);
  const probe = strongest === undefined ? undefined : findProbe([strongest.example], []);
  return probe === undefined ? '' : `${toFilter(probe)} | `;
}
