import type { DescribeAlarmsInput, DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import type { AlarmSet } from '../data/alarms/alarm-set.ts';
import { awsError, type Operation } from '../types.ts';
import { listChildren, listParents } from './alarm-relations.ts';
import { pageItems } from './paging.ts';
import type { RegionData } from './region-data.ts';
import { checkEnum, checkInteger, checkLength, constraintError } from './validation.ts';

export const ALARM_TYPES = ['CompositeAlarm', 'MetricAlarm', 'LogAlarm'] as const;
const DEFAULT_MAX_RECORDS = 50;

type AnyAlarm = NonNullable<DescribeAlarmsOutput['MetricAlarms' | 'CompositeAlarms' | 'LogAlarms']>[number];

interface Listed {
  readonly type: (typeof ALARM_TYPES)[number];
  readonly alarm: AnyAlarm;
}

/** DescribeAlarms: composite alarms first, then metric and log alarms, by name; pages run over all kinds together. */
export function createDescribeAlarms(dataOf: RegionData): Operation {
  return (input: DescribeAlarmsInput, context): DescribeAlarmsOutput => {
    checkInput(input);
    const { NextToken, MaxRecords, ...query } = input;
    const pageSize = checkInteger(MaxRecords, 'maxRecords', [1, 100], DEFAULT_MAX_RECORDS);
    const listed = selectAlarms(dataOf(context).alarmsAt(context.nowEpochMs), input);
    const { items, nextToken } = pageItems(listed, pageSize, NextToken, [
      'DescribeAlarms',
      context.account,
      context.region,
      query,
    ]);
    const pick = (type: Listed['type']): AnyAlarm[] =>
      items.filter((item) => item.type === type).map(({ alarm }) => alarm);
    const output: DescribeAlarmsOutput = {
      CompositeAlarms: pick('CompositeAlarm'),
      MetricAlarms: pick('MetricAlarm'),
      LogAlarms: pick('LogAlarm'),
    };
    return nextToken === undefined ? output : { ...output, NextToken: nextToken };
  };
}

/** All alarms with their kind, in the order in which the service lists them. */
export function listAlarms(alarms: AlarmSet): readonly Listed[] {
  return [
    ...alarms.compositeAlarms.map((alarm) => ({ type: 'CompositeAlarm' as const, alarm })),
    ...alarms.metricAlarms.map((alarm) => ({ type: 'MetricAlarm' as const, alarm })),
    ...alarms.logAlarms.map((alarm) => ({ type: 'LogAlarm' as const, alarm })),
  ];
}

function selectAlarms(alarms: AlarmSet, input: DescribeAlarmsInput): readonly Listed[] {
  const all = listAlarms(alarms);
  if (input.ChildrenOfAlarmName !== undefined) {
    const names = listChildren(alarms, input.ChildrenOfAlarmName);
    return all
      .filter(({ alarm }) => names.has(alarm.AlarmName ?? ''))
      .map(({ type, alarm }) => ({
        type,
        alarm: pickFields(alarm, ['AlarmName', 'AlarmArn', 'StateValue', 'StateUpdatedTimestamp']),
      }));
  }
  if (input.ParentsOfAlarmName !== undefined) {
    const names = listParents(alarms, input.ParentsOfAlarmName);
    return all
      .filter(({ alarm }) => names.has(alarm.AlarmName ?? ''))
      .map(({ type, alarm }) => ({ type, alarm: pickFields(alarm, ['AlarmName', 'AlarmArn']) }));
  }
  const types: readonly string[] = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
  const names = input.AlarmNames?.length ? new Set(input.AlarmNames) : undefined;
  return all.filter(
    ({ type, alarm }) =>
      types.includes(type) &&
      (names === undefined || names.has(alarm.AlarmName ?? '')) &&
      (alarm.AlarmName ?? '').startsWith(input.AlarmNamePrefix ?? '') &&
      (input.StateValue === undefined || alarm.StateValue === input.StateValue) &&
      (input.ActionPrefix === undefined || hasAction(alarm, input.ActionPrefix)),
  );
}

function hasAction(alarm: AnyAlarm, prefix: string): boolean {
  const actions = [alarm.AlarmActions, alarm.OKActions, alarm.InsufficientDataActions].flatMap((list) => list ?? []);
  return actions.some((action) => action.startsWith(prefix));
}

function pickFields(alarm: AnyAlarm, fields: readonly (keyof AnyAlarm)[]): AnyAlarm {
  return Object.fromEntries(fields.map((field) => [field, alarm[field]]));
}

function checkInput(input: DescribeAlarmsInput): void {
  checkLength(input.AlarmNames, 'alarmNames', [0, 100]);
  checkLength(input.AlarmNamePrefix, 'alarmNamePrefix', [1, 255]);
  checkLength(input.ActionPrefix, 'actionPrefix', [1, 1024]);
  checkEnum(input.AlarmTypes ?? [], 'alarmTypes', ALARM_TYPES);
  if (input.StateValue !== undefined) checkEnum([input.StateValue], 'stateValue', ['INSUFFICIENT_DATA', 'ALARM', 'OK']);
  for (const name of input.AlarmNames ?? []) {
    if (name.length === 0 || name.length > 255) {
      throw constraintError(
        name,
        'alarmNames',
        'Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]',
      );
    }
  }
  if (input.AlarmNames?.length && input.AlarmNamePrefix !== undefined) {
    throw awsError(
      'InvalidParameterCombinationException',
      'AlarmNamePrefix and AlarmNames cannot be specified at the same time',
    );
  }
  for (const relation of ['ChildrenOfAlarmName', 'ParentsOfAlarmName'] as const) {
    checkLength(
      input[relation],
      relation === 'ChildrenOfAlarmName' ? 'childrenOfAlarmName' : 'parentsOfAlarmName',
      [1, 255],
    );
    const { [relation]: name, MaxRecords: _size, NextToken: _token, ...others } = input;
    if (name !== undefined && Object.values(others).some((value) => value !== undefined)) {
      throw awsError('ValidationError', `${relation} can only be specified together with MaxRecords and NextToken`);
    }
  }
}
