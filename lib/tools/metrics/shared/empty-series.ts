/** Why a metric has no datapoints in a range, and what to try: asked of CloudWatch only when an answer is empty. */

import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import { type DimensionMatch, matchDimensions } from '../../../domain/metrics/metric-match.ts';
import { inAccount } from '../../../domain/metrics/owner-account.ts';
import { RETENTION_MS } from '../../../domain/metrics/period.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import { offerNames } from '../../../domain/text/nearest.ts';
import {
  formatAgo,
  formatDuration,
  formatTime,
  MINUTE_SECONDS,
  SECOND_MS,
  type TimeRange,
} from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import { findElsewhere, findOwners, type Surroundings } from './empty-elsewhere.ts';
import { findLastSeen, type LastSeen } from './last-seen.ts';

const MAX_LISTED = 2_000;
/** ListMetrics gives 500 a page, 25 pages a second; enough to meet nearly every namespace of an account. */
const MAX_LISTED_ANYWHERE = 5_000;
const MAX_NAMES = 5;
/** Those without data for three hours are metrics too. */
export const LIST_VALUES = 'list_metrics with namespace, metric_name and recently_active=false';
const LIST_LINKED = `${LIST_VALUES} and include_linked_accounts=true`;
const PLAIN_STATISTIC = /^(Average|Sum|Minimum|Maximum|SampleCount)$/;

export interface EmptyQuestion extends Surroundings {
  readonly metric: MetricIdentity & {
    readonly unit?: string;
    readonly statistic?: string;
    readonly periodSeconds?: number | undefined;
  };
  readonly range: TimeRange;
  readonly nowEpochMs: number;
}

export interface EmptyExplanation {
  /** For the headline: goes on from "no datapoints:". */
  readonly reason: string;
  readonly hints: readonly string[];
  readonly warnings: readonly string[];
  readonly lastSeen?: LastSeen;
}

export async function explainEmpty(question: EmptyQuestion): Promise<EmptyExplanation> {
  if (question.range.endEpochMs <= question.nowEpochMs - RETENTION_MS) {
    return {
      reason: 'CloudWatch keeps metrics for 455 days, and this range is older',
      hints: ['Choose a newer start_time and end_time.'],
      warnings: [],
    };
  }
  const { metric, port, signal } = question;
  const [list, seen] = await Promise.all([
    attempt(
      signal,
      port.listMetrics(
        {
          namespace: metric.namespace,
          metricName: metric.metricName,
          ...ownedBy(metric),
          maxMetrics: MAX_LISTED,
          hasTime: question.hasTime,
        },
        signal,
      ),
    ),
    attempt(signal, findLastSeen(port, metric, question.nowEpochMs, signal)),
  ]);
  const warnings = [list, seen].flatMap((result) => ('error' in result ? [result.error.publicMessage] : []));
  const lastSeen = 'value' in seen ? seen.value : undefined;
  if (lastSeen !== undefined) return { ...explainPause(question, lastSeen), warnings, lastSeen };
  if ('error' in list) {
    return { reason: 'why cannot be told, since CloudWatch did not list its metrics', hints: [], warnings };
  }
  const match = matchDimensions(
    metric.dimensions,
    list.value.metrics.map(({ dimensions }) => dimensions),
  );
  const [owners, { reason, hints }] = await Promise.all([
    match.kind === 'exact' ? [] : findOwners(question, metric),
    list.value.metrics.length === 0 ? explainUnknown(question) : explainMatch(metric, match),
  ]);
  return { reason, hints: [...owners.map(offerOwner), ...hints], warnings };
}

function offerOwner(accountId: string): string {
  return `The linked account ${accountId} has it: pass account_id=${accountId}.`;
}

/** A linked account's metrics are listed with its own only. */
function ownedBy({ accountId }: MetricIdentity): { readonly hasLinkedAccounts?: boolean; readonly accountId?: string } {
  return accountId === undefined ? {} : { hasLinkedAccounts: true, accountId };
}

type Explanation = Pick<EmptyExplanation, 'reason' | 'hints'>;

function explainPause({ metric, range, nowEpochMs }: EmptyQuestion, lastSeen: LastSeen): Explanation {
  const { lastEpochMs, publishingSeconds, resolutionSeconds } = lastSeen;
  const untilEpochMs = lastEpochMs + resolutionSeconds * SECOND_MS;
  const at = `${formatTime(lastEpochMs)} (${formatAgo(lastEpochMs, nowEpochMs)}, to within ${formatDuration(resolutionSeconds * SECOND_MS)})`;
  const hints = [
    ...(publishingSeconds === undefined
      ? []
      : [`It has a datapoint every ${formatDuration(publishingSeconds * SECOND_MS)} or so: ask a longer range.`]),
    ...(metric.unit === undefined
      ? []
      : [`Only data with the unit ${metric.unit} was asked for: leave unit out to see any.`]),
    ...(metric.periodSeconds !== undefined && metric.periodSeconds < MINUTE_SECONDS
      ? ['Only high-resolution metrics have periods below a minute: leave period out, or pass period=60.']
      : []),
  ];
  if (metric.statistic !== undefined && !PLAIN_STATISTIC.test(metric.statistic)) {
    hints.push(
      `${metric.statistic} needs raw values: a metric published as statistic sets, or with negative values, has none. Try statistic=Average.`,
    );
  }
  if (lastEpochMs >= range.endEpochMs) {
    const move = 'Data may begin later than this range: move start_time and end_time forward.';
    return { reason: `none in this range; the newest is from ${at}`, hints: [...hints, move] };
  }
  if (untilEpochMs > range.startEpochMs) {
    const longer = 'If it is published rarely, or only when something happens, ask a longer range.';
    return { reason: `the metric has data up to ${at}, but none for exactly this question`, hints: [...hints, longer] };
  }
  const from = lastEpochMs - Math.max(resolutionSeconds * SECOND_MS, range.endEpochMs - range.startEpochMs);
  const show = `Pass start_time=${formatTime(from)} and end_time=${formatTime(untilEpochMs)} to see the last data. Metrics of errors and queues may be published only when something happens.`;
  return { reason: `the last one is from ${at}`, hints: [...hints, show] };
}

function explainMatch(metric: MetricIdentity, match: DimensionMatch): Explanation {
  const { namespace, metricName, dimensions } = metric;
  const list = metric.accountId === undefined ? LIST_VALUES : LIST_LINKED;
  switch (match.kind) {
    case 'names': {
      const sets = match.sets.map((set) => (set.length === 0 ? 'no dimensions' : set.map(inlineName).join(' + ')));
      const given =
        dimensions.length === 0
          ? 'without dimensions'
          : `with exactly ${dimensions.map(({ name }) => inlineName(name)).join(' + ')}`;
      const [key] = match.sets.find((set) => set.length > 0) ?? [];
      return {
        reason: `${inlineName(metricName)} does not exist ${given}; a metric is found only by its exact set`,
        hints: [
          `${inlineName(metricName)} exists with: ${sets.join('; ')}.`,
          ...(key === undefined
            ? []
            : [
                `${list} lists the values; get_metric_data with group_by_dimension=${inlineName(key)} shows one series per value.`,
              ]),
        ],
      };
    }
    case 'value':
      return {
        reason: `dimension ${inlineName(match.name)} has no value ${inlineName(match.value)}`,
        hints: [
          `Its ${match.valueCount} ${nounOf(match.valueCount, 'value is', 'values include')} ${match.nearest.map(inlineName).join(', ')}. ${list} lists all; get_metric_data with group_by_dimension=${inlineName(match.name)} shows one series per value.`,
        ],
      };
    case 'combination':
      return {
        reason: 'each dimension value exists, but not in this combination',
        hints: [
          `${list} lists the combinations that exist; get_metric_data with group_by_dimension=${inlineName(dimensions[0]?.name ?? '')} in place of that dimension shows those with data.`,
        ],
      };
    case 'exact':
      return {
        reason: `the metric is listed in ${inlineName(namespace)}, but has no datapoints in the last 455 days that this statistic shows`,
        hints: ['Try statistic=SampleCount, or another range.'],
      };
  }
}

async function explainUnknown(question: EmptyQuestion): Promise<Explanation> {
  const { metric, port, signal, region, hasTime } = question;
  const [siblings, places] = await Promise.all([
    attempt(
      signal,
      port.listMetrics({ namespace: metric.namespace, ...ownedBy(metric), maxMetrics: MAX_LISTED, hasTime }, signal),
    ),
    findElsewhere(question, { namespace: metric.namespace, metricName: metric.metricName, ...ownedBy(metric) }),
  ]);
  const elsewhere = places.length === 0 ? [] : [`It exists in ${places.join(', ')}: pass region=${places[0]}.`];
  const retired = 'Metrics without data for two weeks are not listed any more.';
  const names = new Set('value' in siblings ? siblings.value.metrics.map(({ metricName }) => metricName) : []);
  if (names.size > 0) {
    return {
      reason: `${inlineName(metric.namespace)} has no metric ${inlineName(metric.metricName)} in ${region}${inAccount(metric.accountId)}`,
      hints: [
        ...elsewhere,
        `${offerNames(metric.metricName, names, 'It has', MAX_NAMES)} ${retired}`,
        'list_metrics with namespace and recently_active=false lists all; get_metric_metadata with search finds metrics of AWS by words.',
      ],
    };
  }
  const anything = await attempt(
    signal,
    port.listMetrics({ ...ownedBy(metric), maxMetrics: MAX_LISTED_ANYWHERE, hasTime }, signal),
  );
  const namespaces = new Set('value' in anything ? anything.value.metrics.map(({ namespace }) => namespace) : []);
  const known = offerNames(metric.namespace, namespaces, 'Namespaces here include', MAX_NAMES);
  return {
    reason: `there is no namespace ${inlineName(metric.namespace)} with data in ${region}${inAccount(metric.accountId)}`,
    hints: [
      ...elsewhere,
      ...(known === undefined ? [] : [known]),
      `list_metrics ${metric.accountId === undefined ? 'without arguments' : 'with include_linked_accounts=true'} lists the namespaces here. ${retired} Check region and account.`,
    ],
  };
}
