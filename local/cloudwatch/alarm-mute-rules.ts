import type {
  GetAlarmMuteRuleInput,
  GetAlarmMuteRuleOutput,
  ListAlarmMuteRulesInput,
  ListAlarmMuteRulesOutput,
} from '@aws-sdk/client-cloudwatch';
import { awsError, type Operation } from '../types.ts';
import { pageItems } from './paging.ts';
import type { RegionData } from './region-data.ts';
import { checkEnum, checkInteger, checkLength, requireMember } from './validation.ts';

const DEFAULT_MAX_RECORDS = 50;

export function createListAlarmMuteRules(dataOf: RegionData): Operation {
  return (input: ListAlarmMuteRulesInput, context): ListAlarmMuteRulesOutput => {
    checkLength(input.AlarmName, 'alarmName', [1, 255]);
    checkEnum(input.Statuses ?? [], 'statuses', ['SCHEDULED', 'ACTIVE', 'EXPIRED']);
    const { NextToken, MaxRecords, ...query } = input;
    const pageSize = checkInteger(MaxRecords, 'maxRecords', [1, 100], DEFAULT_MAX_RECORDS);
    const rules = dataOf(context)
      .alarmsAt(context.nowEpochMs)
      .muteRules.filter(
        (rule) =>
          (input.AlarmName === undefined || rule.MuteTargets?.AlarmNames?.includes(input.AlarmName) === true) &&
          (!input.Statuses?.length || (rule.Status !== undefined && input.Statuses.includes(rule.Status))),
      );
    const page = pageItems(rules, pageSize, NextToken, ['ListAlarmMuteRules', context.account, context.region, query]);
    const output: ListAlarmMuteRulesOutput = {
      AlarmMuteRuleSummaries: page.items.map((rule) => ({
        AlarmMuteRuleArn: rule.AlarmMuteRuleArn,
        ExpireDate: rule.ExpireDate,
        Status: rule.Status,
        MuteType: rule.MuteType,
        LastUpdatedTimestamp: rule.LastUpdatedTimestamp,
      })),
    };
    return page.nextToken === undefined ? output : { ...output, NextToken: page.nextToken };
  };
}

export function createGetAlarmMuteRule(dataOf: RegionData): Operation {
  return (input: GetAlarmMuteRuleInput, context): GetAlarmMuteRuleOutput => {
    requireMember(input.AlarmMuteRuleName, 'AlarmMuteRuleName');
    const rule = dataOf(context)
      .alarmsAt(context.nowEpochMs)
      .muteRules.find(({ Name }) => Name === input.AlarmMuteRuleName);
    if (rule !== undefined) return rule;
    throw awsError('ResourceNotFoundException', `Alarm mute rule ${input.AlarmMuteRuleName} does not exist`, {
      ResourceType: 'AlarmMuteRule',
      ResourceId: input.AlarmMuteRuleName,
    });
  };
}
