import type {
  AlarmHistoryItem,
  DescribeAlarmHistoryInput,
  DescribeAlarmHistoryOutput,
} from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../types.ts';
import { ALARM_TYPES } from './describe-alarms.ts';
import { pageItems } from './paging.ts';
import type { RegionData } from './region-data.ts';
import { checkEnum, checkInteger, checkLength } from './validation.ts';

const HISTORY_ITEM_TYPES = [
  'ConfigurationUpdate',
  'StateUpdate',
  'Action',
  'AlarmContributorStateUpdate',
  'AlarmContributorAction',
];
const DEFAULT_MAX_RECORDS = 50;

/** DescribeAlarmHistory; without AlarmTypes only the history of metric alarms. An unknown alarm has no history. */
export function createDescribeAlarmHistory(dataOf: RegionData): Operation {
  return (input: DescribeAlarmHistoryInput, context): DescribeAlarmHistoryOutput => {
    checkLength(input.AlarmName, 'alarmName', [1, 255]);
    checkLength(input.AlarmContributorId, 'alarmContributorId', [1, 16]);
    checkEnum(input.AlarmTypes ?? [], 'alarmTypes', ALARM_TYPES);
    if (input.HistoryItemType !== undefined) checkEnum([input.HistoryItemType], 'historyItemType', HISTORY_ITEM_TYPES);
    if (input.ScanBy !== undefined) checkEnum([input.ScanBy], 'scanBy', ['TimestampDescending', 'TimestampAscending']);
    const { NextToken, MaxRecords, ...query } = input;
    const pageSize = checkInteger(MaxRecords, 'maxRecords', [1, 100], DEFAULT_MAX_RECORDS);
    const newestFirst = dataOf(context)
      .alarmsAt(context.nowEpochMs)
      .history.filter((item) => isAskedFor(item, input, context.nowEpochMs));
    const items = input.ScanBy === 'TimestampAscending' ? newestFirst.toReversed() : newestFirst;
    const page = pageItems(items, pageSize, NextToken, [
      'DescribeAlarmHistory',
      context.account,
      context.region,
      query,
    ]);
    const output: DescribeAlarmHistoryOutput = { AlarmHistoryItems: [...page.items] };
    return page.nextToken === undefined ? output : { ...output, NextToken: page.nextToken };
  };
}

function isAskedFor(item: AlarmHistoryItem, input: DescribeAlarmHistoryInput, nowEpochMs: number): boolean {
  const types: readonly string[] = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
  const epochMs = item.Timestamp?.getTime() ?? 0;
  return (
    types.includes(item.AlarmType ?? '') &&
    (input.AlarmName === undefined || item.AlarmName === input.AlarmName) &&
    (input.AlarmContributorId === undefined || item.AlarmContributorId === input.AlarmContributorId) &&
    (input.HistoryItemType === undefined || item.HistoryItemType === input.HistoryItemType) &&
    epochMs >= (input.StartDate?.getTime() ?? Number.NEGATIVE_INFINITY) &&
    epochMs <= Math.min(input.EndDate?.getTime() ?? nowEpochMs, nowEpochMs)
  );
}
