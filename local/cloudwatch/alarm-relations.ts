import { listRuleAlarms, parseAlarmRule } from '../data/alarms/alarm-rule.ts';
import type { AlarmSet } from '../data/alarms/alarm-set.ts';

/** Names of the alarms that a composite alarm's rule refers to; empty for an unknown name or another kind of alarm. */
export function listChildren(alarms: AlarmSet, compositeName: string): ReadonlySet<string> {
  const composite = alarms.compositeAlarms.find((alarm) => alarm.AlarmName === nameOf(compositeName));
  return new Set(composite?.AlarmRule === undefined ? [] : readRuleNames(composite.AlarmRule));
}

/** Names of the composite alarms whose rule refers to an alarm. */
export function listParents(alarms: AlarmSet, alarmName: string): ReadonlySet<string> {
  const child = nameOf(alarmName);
  const parents = alarms.compositeAlarms.filter((alarm) => readRuleNames(alarm.AlarmRule ?? 'FALSE').includes(child));
  return new Set(parents.map((alarm) => alarm.AlarmName ?? ''));
}

function readRuleNames(rule: string): readonly string[] {
  return listRuleAlarms(parseAlarmRule(rule)).map(nameOf);
}

function nameOf(nameOrArn: string): string {
  return /^arn:[^:]+:cloudwatch:[^:]*:\d+:alarm:(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;
}
