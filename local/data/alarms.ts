import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ACCOUNTS, FIRING_ALARMS, SHOP } from '../scenario.ts';
import type { World } from '../world.ts';
import { type AlarmSet, EMPTY_ALARM_SET } from './alarm-set.ts';

/** The alarms of one account and region. */
export function buildAlarmSet(world: World, alias: keyof typeof ACCOUNTS, region: string): AlarmSet {
  if (alias !== 'prod' || region !== 'us-east-1') return EMPTY_ALARM_SET;
  const metricAlarms: MetricAlarm[] = Object.values(FIRING_ALARMS)
    .filter((n) => n !== FIRING_ALARMS.shopHealth)
    .map((name) => ({
      AlarmName: name,
      AlarmArn: `arn:aws:cloudwatch:${region}:${ACCOUNTS[alias].id}:alarm:${name}`,
      ActionsEnabled: true,
      StateValue: 'ALARM',
      StateReason: 'Threshold Crossed',
      StateUpdatedTimestamp: new Date(world.anchorEpochMs),
      StateTransitionedTimestamp: new Date(world.anchorEpochMs),
      Namespace: 'AWS/Lambda',
      MetricName: 'Duration',
      Dimensions: [{ Name: 'FunctionName', Value: SHOP.checkoutFunction }],
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 3000,
      ComparisonOperator: 'GreaterThanThreshold',
    }));
  return { ...EMPTY_ALARM_SET, metricAlarms };
}
