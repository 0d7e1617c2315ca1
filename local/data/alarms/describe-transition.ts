import type { MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import { readPeriodSeconds } from './alarm-points.ts';
import { createBreachTest } from './breach-test.ts';
import { describeReason, type EvaluatedPoint, formatDataTime } from './state-reason.ts';
import type { Transition } from './transition.ts';

interface Change {
  readonly epochMs: number;
  readonly from: StateValue;
  readonly to: StateValue;
}

/** A change of state with the texts that CloudWatch writes; they are made when asked for, since most are never read. */
export function describeTransition(
  config: MetricAlarm,
  considered: readonly EvaluatedPoint[],
  change: Change,
): Transition {
  return {
    ...change,
    get reason() {
      return writeReason(config, considered, change);
    },
    get reasonData() {
      return writeReasonData(config, considered, change);
    },
  };
}

function writeReason(config: MetricAlarm, considered: readonly EvaluatedPoint[], { from, to }: Change): string {
  const count = config.EvaluationPeriods ?? 1;
  const needed = config.DatapointsToAlarm ?? count;
  const isBreaching = createBreachTest(config);
  const deciding = considered.filter(
    ({ value, lower, upper }) => value !== undefined && isBreaching(value, lower, upper) === (to === 'ALARM'),
  );
  const missingCount = considered.filter(({ value }) => value === undefined).length;
  const treatment = config.TreatMissingData;
  if (to !== 'INSUFFICIENT_DATA' && deciding.length === 0 && missingCount > 0) {
    return describeMissing(count, missingCount, treatment === 'breaching' ? 'Breaching' : 'NonBreaching');
  }
  return describeReason({
    from,
    to,
    deciding,
    threshold: readThreshold(config),
    comparison: config.ComparisonOperator ?? 'GreaterThanThreshold',
    consideredCount: count,
    neededCount: to === 'ALARM' ? needed : count - needed + 1,
  });
}

/** `Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].` */
function describeMissing(periods: number, missing: number, treated: 'Breaching' | 'NonBreaching'): string {
  const datapoints = missing === 1 ? 'datapoint was' : 'datapoints were';
  return `Threshold Crossed: no datapoints were received for ${periods} period${periods === 1 ? '' : 's'} and ${missing} missing ${datapoints} treated as [${treated}].`;
}

function writeReasonData(config: MetricAlarm, considered: readonly EvaluatedPoint[], { epochMs }: Change): string {
  const known = considered.filter((point) => point.value !== undefined);
  const threshold = readThreshold(config);
  const statistic = config.ExtendedStatistic ?? config.Statistic;
  return JSON.stringify({
    version: '1.0',
    queryDate: formatDataTime(epochMs),
    startDate: formatDataTime(considered.at(-1)?.epochMs ?? epochMs),
    ...(config.Unit !== undefined && { unit: config.Unit }),
    ...(statistic !== undefined && { statistic }),
    period: readPeriodSeconds(config),
    recentDatapoints: known.map((point) => point.value).toReversed(),
    ...(threshold !== undefined && { threshold }),
    ...(config.ThresholdMetricId !== undefined && {
      recentLowerThresholds: known.map((point) => point.lower).toReversed(),
      recentUpperThresholds: known.map((point) => point.upper).toReversed(),
    }),
    evaluatedDatapoints: considered.map((point) => ({
      timestamp: formatDataTime(point.epochMs),
      ...(point.value !== undefined && { value: point.value }),
    })),
  });
}

/** An alarm on a band has no number. */
function readThreshold(config: MetricAlarm): number | undefined {
  return config.ThresholdMetricId === undefined ? config.Threshold : undefined;
}
