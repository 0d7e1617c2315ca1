import { ACCOUNTS } from '../../scenario.ts';
import { SMALL_PLACES } from '../metrics/catalog.ts';
import type { AlarmSpecs, MetricAlarmSpec } from './alarm-spec.ts';
import { CONDITION_ALARMS } from './condition-alarms.ts';
import { INCIDENT_ALARMS } from './incident-alarms.ts';
import { COMPOSITE_ALARMS, createLogAlarms, PROMQL_ALARMS } from './other-alarms.ts';
import { QUIET_ALARMS } from './quiet-alarms.ts';
import { SCALING_ALARMS } from './scaling-alarms.ts';

/** Every alarm configured in one account and region. */
export function listAlarmSpecs(alias: keyof typeof ACCOUNTS, region: string): AlarmSpecs {
  if (alias === 'prod' && region === 'us-east-1') {
    return {
      metric: [...INCIDENT_ALARMS, ...CONDITION_ALARMS, ...SCALING_ALARMS, ...QUIET_ALARMS],
      composite: COMPOSITE_ALARMS,
      log: createLogAlarms(ACCOUNTS.prod.id, region),
      promQl: PROMQL_ALARMS,
    };
  }
  const functions = SMALL_PLACES[`${alias}/${region}`]?.functions ?? [];
  return { metric: functions.map(createErrorAlarm), composite: [], log: [], promQl: [] };
}

function createErrorAlarm(functionName: string): MetricAlarmSpec {
  return {
    createdDaysAgo: 75,
    config: {
      AlarmName: `${functionName}-errors`,
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: functionName }],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      Threshold: 0.1,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    },
  };
}
