import { WORKER_FUNCTIONS } from '../metrics/workers.ts';
import type { MetricAlarmSpec } from './alarm-spec.ts';

/** Alarms of the background functions: OK since they were created, and so many that lists have pages. */
export const QUIET_ALARMS: readonly MetricAlarmSpec[] = WORKER_FUNCTIONS.flatMap((functionName, index) => {
  const source = {
    Namespace: 'AWS/Lambda',
    Dimensions: [{ Name: 'FunctionName', Value: functionName }],
    Period: 300,
    EvaluationPeriods: 3,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  } as const;
  const createdDaysAgo = 40 + ((index * 37) % 300);
  const errors: MetricAlarmSpec = {
    createdDaysAgo,
    evaluatedDays: 1,
    config: {
      ...source,
      Dimensions: [...source.Dimensions],
      AlarmName: `${functionName}-errors`,
      MetricName: 'Errors',
      Statistic: 'Sum',
      Threshold: 25,
    },
  };
  const duration: MetricAlarmSpec = {
    createdDaysAgo,
    evaluatedDays: 1,
    config: {
      ...source,
      Dimensions: [...source.Dimensions],
      AlarmName: `${functionName}-duration`,
      MetricName: 'Duration',
      Statistic: 'Average',
      Threshold: 20_000,
    },
  };
  return index % 2 === 0 ? [errors, duration] : [errors];
});
