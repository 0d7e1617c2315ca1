import {
  type Datapoint,
  type GetMetricStatisticsInput,
  type GetMetricStatisticsOutput,
  StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import { metricKey } from '../data/metric-model.ts';
import type { MetricStore } from '../data/metric-store.ts';
import { hashText, noiseAt } from '../data/noise.ts';
import { parseStatistic } from '../data/statistics.ts';
import { awsError, type Operation } from '../types.ts';
import { checkRange } from './check-metric-data.ts';
import { toDimensions } from './dimensions.ts';
import type { RegionData } from './region-data.ts';
import { checkEnum, checkLength, requireMember } from './validation.ts';

/** Datapoints of one answer (API reference, GetMetricStatistics). */
const MAX_DATAPOINTS = 1440;
const SIMPLE_STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;

/** GetMetricStatistics: one metric, several statistics; datapoints come in no particular order, as from the service. */
export function createGetMetricStatistics(dataOf: RegionData): Operation {
  return (input: GetMetricStatisticsInput, context): GetMetricStatisticsOutput => {
    const { startEpochMs, endEpochMs, periodSeconds } = checkInput(input);
    const catalog = dataOf(context).metrics;
    const identity = {
      namespace: input.Namespace ?? '',
      metricName: input.MetricName ?? '',
      dimensions: toDimensions(input.Dimensions),
    };
    const label = identity.metricName;
    const key = metricKey(identity.namespace, identity.metricName, identity.dimensions);
    const unit = catalog.byKey.get(key)?.unit;
    if (unit === undefined || (input.Unit !== undefined && input.Unit !== unit))
      return { Label: label, Datapoints: [] };
    const standardUnit = Object.values(StandardUnit).find((known) => known === unit);
    const store = dataOf(context).storeAt(context.nowEpochMs);
    const range = { startEpochMs, endEpochMs };
    const byTime = new Map<number, Datapoint>();
    const read = (statistic: string): ReturnType<MetricStore['read']> =>
      store.read(identity, range, periodSeconds, statistic);
    const at = (epochMs: number): Datapoint => {
      const known = byTime.get(epochMs) ?? { Timestamp: new Date(epochMs), Unit: standardUnit };
      byTime.set(epochMs, known);
      return known;
    };
    for (const statistic of input.Statistics ?? []) {
      const { timestampsEpochMs, values } = read(statistic);
      for (const [index, epochMs] of timestampsEpochMs.entries()) at(epochMs)[statistic] = values[index];
    }
    for (const statistic of input.ExtendedStatistics ?? []) {
      const { timestampsEpochMs, values } = read(statistic);
      for (const [index, epochMs] of timestampsEpochMs.entries()) {
        const point = at(epochMs);
        point.ExtendedStatistics = { ...point.ExtendedStatistics, [statistic]: values[index] ?? Number.NaN };
      }
    }
    return { Label: label, Datapoints: shuffle([...byTime.values()], hashText(key, 1)) };
  };
}

function checkInput(input: GetMetricStatisticsInput): {
  startEpochMs: number;
  endEpochMs: number;
  periodSeconds: number;
} {
  for (const member of ['Namespace', 'MetricName', 'StartTime', 'EndTime', 'Period'] as const) {
    requireMember(input[member], member);
  }
  checkLength(input.Dimensions, 'dimensions', [0, 30]);
  checkEnum(input.Statistics ?? [], 'statistics', SIMPLE_STATISTICS);
  checkLength(input.ExtendedStatistics, 'extendedStatistics', [1, 10]);
  if (!input.Statistics?.length && !input.ExtendedStatistics?.length) {
    throw awsError(
      'MissingRequiredParameterException',
      'At least one of the parameters {Statistics, ExtendedStatistics} must be specified.',
    );
  }
  for (const statistic of input.ExtendedStatistics ?? []) {
    if (parseStatistic(statistic) === undefined) {
      throw awsError(
        'InvalidParameterValueException',
        `The value ${statistic} for parameter ExtendedStatistics is not supported.`,
      );
    }
  }
  const range = checkRange(input.StartTime, input.EndTime, 'InvalidParameterValueException');
  const periodSeconds = input.Period ?? 0;
  if (!Number.isInteger(periodSeconds) || periodSeconds < 60 || periodSeconds % 60 !== 0) {
    throw awsError('InvalidParameterValueException', 'The parameter Period must be a multiple of 60.');
  }
  const count = Math.ceil((range.endEpochMs - range.startEpochMs) / (periodSeconds * 1000));
  if (count > MAX_DATAPOINTS) {
    throw awsError(
      'InvalidParameterCombinationException',
      `You have requested up to ${count.toLocaleString('en-US')} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  return { ...range, periodSeconds };
}

function shuffle(points: readonly Datapoint[], key: number): Datapoint[] {
  return points
    .map((point, index) => ({ point, rank: noiseAt(key, index) }))
    .toSorted((left, right) => left.rank - right.rank)
    .map(({ point }) => point);
}
