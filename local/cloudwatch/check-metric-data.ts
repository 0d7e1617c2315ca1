import type { GetMetricDataInput, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { parseStatistic } from '../data/statistics.ts';
import { awsError } from '../types.ts';
import { checkEnum, checkLength, constraintError, requireMember } from './validation.ts';

const MAX_QUERIES = 500;
/** High-resolution periods; nothing is stored at them here, but they may be asked for. */
const SUB_MINUTE_PERIODS = [1, 5, 10, 20, 30];

/** Checks a GetMetricData request as the service does before it evaluates anything; gives its range. */
export function checkMetricDataInput(input: GetMetricDataInput): { startEpochMs: number; endEpochMs: number } {
  requireMember(input.MetricDataQueries, 'MetricDataQueries');
  const queries = input.MetricDataQueries ?? [];
  if (queries.length === 0) throw awsError('ValidationError', 'The collection MetricDataQueries must not be empty.');
  if (queries.length > MAX_QUERIES) {
    throw awsError(
      'ValidationError',
      `The collection MetricDataQueries must not have a size greater than ${MAX_QUERIES}.`,
    );
  }
  if (input.ScanBy !== undefined) checkEnum([input.ScanBy], 'scanBy', ['TimestampDescending', 'TimestampAscending']);
  const timezone = input.LabelOptions?.Timezone;
  if (timezone !== undefined && !/^[+-]\d{4}$/.test(timezone)) {
    throw constraintError(
      timezone,
      'labelOptions.timezone',
      'Member must satisfy regular expression pattern: [+-]\\d{4}',
    );
  }
  const range = checkRange(input.StartTime, input.EndTime, 'ValidationError');
  for (const query of queries) checkQuery(query);
  if (queries.every((query) => query.ReturnData === false)) {
    throw awsError('ValidationError', 'At least one MetricDataQuery must have ReturnData set to true.');
  }
  return range;
}

/** Checks that a range is complete and not empty. `errorName` differs between the operations of the service. */
export function checkRange(
  start: Date | undefined,
  end: Date | undefined,
  errorName: string,
): { startEpochMs: number; endEpochMs: number } {
  requireMember(start, 'StartTime');
  requireMember(end, 'EndTime');
  const startEpochMs = start?.getTime() ?? 0;
  const endEpochMs = end?.getTime() ?? 0;
  if (startEpochMs >= endEpochMs) {
    throw awsError(errorName, 'The parameter StartTime must be less than the parameter EndTime.');
  }
  return { startEpochMs, endEpochMs };
}

function checkQuery(query: MetricDataQuery): void {
  if (query.Id === undefined || !/^[a-z][a-zA-Z0-9_]{0,254}$/.test(query.Id)) {
    throw awsError(
      'ValidationError',
      `The value ${query.Id ?? ''} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    );
  }
  if ((query.MetricStat === undefined) === (query.Expression === undefined)) {
    throw awsError(
      'ValidationError',
      `Exactly one of MetricStat and Expression must be specified for the query '${query.Id}'.`,
    );
  }
  checkLength(query.Expression, 'expression', [1, 2048]);
  if (query.Period !== undefined) checkPeriod(query.Period);
  const { MetricStat: stat } = query;
  if (stat === undefined) return;
  requireMember(stat.Metric?.Namespace, 'MetricStat.Metric.Namespace');
  requireMember(stat.Metric?.MetricName, 'MetricStat.Metric.MetricName');
  requireMember(stat.Period, 'MetricStat.Period');
  requireMember(stat.Stat, 'MetricStat.Stat');
  checkLength(stat.Metric?.Dimensions, 'dimensions', [0, 30]);
  checkPeriod(stat.Period ?? 0);
  if (parseStatistic(stat.Stat ?? '') === undefined) {
    throw awsError('ValidationError', `The value ${stat.Stat} for parameter MetricStat.Stat is not supported.`);
  }
}

function checkPeriod(periodSeconds: number): void {
  if (SUB_MINUTE_PERIODS.includes(periodSeconds)) return;
  if (!Number.isInteger(periodSeconds) || periodSeconds < 1 || periodSeconds % 60 !== 0) {
    throw awsError(
      'ValidationError',
      `The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60, but is ${periodSeconds}.`,
    );
  }
}
