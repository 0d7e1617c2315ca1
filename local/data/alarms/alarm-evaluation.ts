import type { ComparisonOperator, MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import { readPeriodSeconds } from './alarm-points.ts';
import { describeReason, type EvaluatedPoint, formatDataTime } from './state-reason.ts';
import type { Transition } from './transition.ts';

/** Datapoints arrive and are evaluated somewhat after their period ended. */
const EVALUATION_DELAY_MS = 19_000;

export interface EvaluationInput {
  readonly config: MetricAlarm;
  /** Period start → point. */
  readonly points: ReadonlyMap<number, EvaluatedPoint>;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly initialState: StateValue;
}

/** Walks over the periods of a range and gives each change of state, oldest first (M out of N, missing data as configured). */
export function evaluateAlarm(input: EvaluationInput): readonly Transition[] {
  const { config, points, startEpochMs, endEpochMs } = input;
  const periodMs = readPeriodSeconds(config) * 1000;
  const count = config.EvaluationPeriods ?? 1;
  const transitions: Transition[] = [];
  let state = input.initialState;
  const firstEnd = Math.ceil(startEpochMs / periodMs) * periodMs + count * periodMs;
  for (let end = firstEnd; end + EVALUATION_DELAY_MS <= endEpochMs; end += periodMs) {
    const considered = Array.from({ length: count }, (_, index): EvaluatedPoint => {
      const epochMs = end - (index + 1) * periodMs;
      return points.get(epochMs) ?? { epochMs, value: undefined };
    });
    const to = decideState(config, considered, state);
    if (to === state) continue;
    transitions.push(describeTransition(config, considered, state, to, end + EVALUATION_DELAY_MS));
    state = to;
  }
  return transitions;
}

function decideState(config: MetricAlarm, considered: readonly EvaluatedPoint[], state: StateValue): StateValue {
  const needed = config.DatapointsToAlarm ?? config.EvaluationPeriods ?? 1;
  const known = considered.filter((point) => point.value !== undefined);
  const missingCount = considered.length - known.length;
  if (known.length === 0) {
    switch (config.TreatMissingData) {
      case 'breaching':
        return 'ALARM';
      case 'notBreaching':
        return 'OK';
      case 'ignore':
        return state;
      default:
        return 'INSUFFICIENT_DATA';
    }
  }
  const breachingCount = known.filter((point) => isBreaching(config, point)).length;
  const assumedCount = config.TreatMissingData === 'breaching' ? missingCount : 0;
  return breachingCount + assumedCount >= needed ? 'ALARM' : 'OK';
}

/** Whether one datapoint is on the wrong side of the threshold (or of its band). */
export function isBreaching(config: MetricAlarm, point: EvaluatedPoint): boolean {
  const { value } = point;
  if (value === undefined) return false;
  const comparison: ComparisonOperator = config.ComparisonOperator ?? 'GreaterThanThreshold';
  const threshold = config.Threshold ?? 0;
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
    case 'GreaterThanUpperThreshold':
      return point.upper !== undefined && value > point.upper;
    case 'LessThanLowerThreshold':
      return point.lower !== undefined && value < point.lower;
    case 'LessThanLowerOrGreaterThanUpperThreshold':
      return (point.upper !== undefined && value > point.upper) || (point.lower !== undefined && value < point.lower);
  }
}

function describeTransition(
  config: MetricAlarm,
  considered: readonly EvaluatedPoint[],
  from: StateValue,
  to: StateValue,
  epochMs: number,
): Transition {
  const count = config.EvaluationPeriods ?? 1;
  const needed = config.DatapointsToAlarm ?? count;
  const known = considered.filter((point) => point.value !== undefined);
  const deciding = known.filter((point) => isBreaching(config, point) === (to === 'ALARM'));
  const threshold = config.ThresholdMetricId === undefined ? config.Threshold : undefined;
  const reason = describeReason({
    from,
    to,
    deciding,
    threshold,
    comparison: config.ComparisonOperator ?? 'GreaterThanThreshold',
    consideredCount: count,
    neededCount: to === 'ALARM' ? needed : count - needed + 1,
  });
  const oldest = considered.at(-1)?.epochMs ?? epochMs;
  const reasonData = JSON.stringify({
    version: '1.0',
    queryDate: formatDataTime(epochMs),
    startDate: formatDataTime(oldest),
    ...(config.Unit === undefined ? {} : { unit: config.Unit }),
    ...describeStatistic(config),
    period: readPeriodSeconds(config),
    recentDatapoints: known.map((point) => point.value).toReversed(),
    ...(threshold === undefined ? {} : { threshold }),
    ...(config.ThresholdMetricId === undefined
      ? {}
      : {
          recentLowerThresholds: known.map((point) => point.lower).toReversed(),
          recentUpperThresholds: known.map((point) => point.upper).toReversed(),
        }),
    evaluatedDatapoints: considered.map((point) => ({
      timestamp: formatDataTime(point.epochMs),
      ...(point.value === undefined ? {} : { value: point.value }),
    })),
  });
  return { epochMs, from, to, reason, reasonData };
}

function describeStatistic(config: MetricAlarm): { readonly statistic?: string } {
  const statistic = config.ExtendedStatistic ?? config.Statistic;
  return statistic === undefined ? {} : { statistic };
}
