/** A tool bench whose CloudWatch holds the alarms, history and mute rules of a test, and nothing else. */
import type {
  DescribeAlarmHistoryInput,
  DescribeAlarmHistoryOutput,
  GetAlarmMuteRuleInput,
  ListAlarmMuteRulesInput,
  ListAlarmMuteRulesOutput,
} from '@aws-sdk/client-cloudwatch';
import { createDescribeAlarms } from '../../local/cloudwatch/describe-alarms.ts';
import { pageItems } from '../../local/cloudwatch/paging.ts';
import { createRegionData, type RegionData } from '../../local/cloudwatch/region-data.ts';
import { type AlarmSet, EMPTY_ALARM_SET } from '../../local/data/alarms/alarm-set.ts';
import { awsError, type Operations } from '../../local/types.ts';
import { createWorld } from '../../local/world.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench, type ToolBenchOptions } from './tool-bench.ts';

/** Alarms by region; a region that is not named holds none. */
export type AlarmSets = Readonly<Record<string, Partial<AlarmSet>>>;

export function startAlarmBench(sets: AlarmSets, options: ToolBenchOptions = {}): Promise<ToolBench> {
  const stored = createRegionData(createWorld(1, BENCH_NOW_EPOCH_MS));
  const dataOf: RegionData = (place) => ({
    ...stored(place),
    alarms: { ...EMPTY_ALARM_SET, ...sets[place.region] },
  });
  return startToolBench({ ...options, operations: { cloudwatch: createAlarmOperations(dataOf) } });
}

function createAlarmOperations(dataOf: RegionData): Operations {
  return {
    DescribeAlarms: createDescribeAlarms(dataOf),
    DescribeAlarmHistory(input: DescribeAlarmHistoryInput, context): DescribeAlarmHistoryOutput {
      const types: readonly string[] = input.AlarmTypes ?? ['MetricAlarm'];
      const items = dataOf(context).alarms.history.filter(
        (item) =>
          item.AlarmName === input.AlarmName &&
          types.includes(item.AlarmType ?? '') &&
          (input.HistoryItemType === undefined || item.HistoryItemType === input.HistoryItemType) &&
          (item.Timestamp?.getTime() ?? 0) >= (input.StartDate?.getTime() ?? 0) &&
          (item.Timestamp?.getTime() ?? 0) <= (input.EndDate?.getTime() ?? Number.POSITIVE_INFINITY),
      );
      const { NextToken, MaxRecords = 100, ...query } = input;
      const page = pageItems(items, MaxRecords, NextToken, query);
      return { AlarmHistoryItems: [...page.items], NextToken: page.nextToken };
    },
    ListAlarmMuteRules(input: ListAlarmMuteRulesInput, context): ListAlarmMuteRulesOutput {
      const rules = dataOf(context).alarms.muteRules.filter(
        ({ Status }) => Status !== undefined && (input.Statuses ?? [Status]).includes(Status),
      );
      const page = pageItems(rules, input.MaxRecords ?? 50, input.NextToken, 'rules');
      return {
        AlarmMuteRuleSummaries: page.items.map(({ AlarmMuteRuleArn, Status }) => ({ AlarmMuteRuleArn, Status })),
        NextToken: page.nextToken,
      };
    },
    GetAlarmMuteRule(input: GetAlarmMuteRuleInput, context) {
      const rule = dataOf(context).alarms.muteRules.find(({ Name }) => Name === input.AlarmMuteRuleName);
      if (rule === undefined) throw awsError('ResourceNotFoundException', 'No such mute rule.');
      return rule;
    },
  };
}
