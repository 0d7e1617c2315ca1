/** At most three calls that lead on from what was found, ready to run. */
import type { Target } from '../../../aws/ports/targets.ts';
import { ownerArgument } from '../../../domain/metrics/owner-account.ts';
import { formatTime } from '../../../domain/time.ts';
import type { Around } from './look-around.ts';
import type { ShiftWindow } from './read-shifts.ts';

export interface NextCall {
  readonly tool: string;
  /** JSON. */
  readonly arguments: string;
}

const ERRORS =
  'fields @timestamp, @message | filter @message like /(?i)(error|exception|timed out|fatal)/ | sort @timestamp asc | limit 50';

export function suggestNext(
  { suspects, shifts, logs }: Around,
  window: ShiftWindow,
  { region, account }: Target,
): readonly NextCall[] {
  const place = { region, ...(account !== 'default' && { account }) };
  const times = { start_time: formatTime(window.startEpochMs), end_time: formatTime(window.endEpochMs) };
  const write = (tool: string, args: object): NextCall => ({ tool, arguments: JSON.stringify({ ...args, ...place }) });
  const [first] = suspects;
  const shift = shifts.find(({ metric }) => metric.resource === first?.resource);
  const finding = logs.find(({ resource }) => resource === first?.resource) ?? logs[0];
  const calls: NextCall[] = [];
  if (shift !== undefined) {
    const { namespace, metricName, dimensions, accountId } = shift.metric;
    calls.push(
      write('get_metric_data', {
        namespace,
        metric_name: metricName,
        dimensions,
        statistic: shift.statistic,
        period: 60,
        ...ownerArgument(accountId),
        ...times,
      }),
    );
  }
  if (finding !== undefined) {
    calls.push(
      write('execute_log_insights_query', {
        ...(finding.group.startsWith('arn:')
          ? { log_group_identifiers: [finding.group] }
          : { log_group_names: [finding.group] }),
        query_string: ERRORS,
        ...times,
      }),
    );
    calls.push(
      write('analyze_log_group', {
        log_group_arn: finding.group,
        start_time: formatTime(window.usualEndEpochMs),
        end_time: times.end_time,
      }),
    );
  }
  return calls;
}
