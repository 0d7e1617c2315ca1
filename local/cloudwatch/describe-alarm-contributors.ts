import type { DescribeAlarmContributorsInput, DescribeAlarmContributorsOutput } from '@aws-sdk/client-cloudwatch';
import { awsError, type Operation } from '../types.ts';
import { listAlarms } from './describe-alarms.ts';
import { pageItems } from './paging.ts';
import type { RegionData } from './region-data.ts';
import { requireMember } from './validation.ts';

const PAGE_SIZE = 100;

/** DescribeAlarmContributors: the series behind an alarm; empty for an alarm that watches a single one. */
export function createDescribeAlarmContributors(dataOf: RegionData): Operation {
  return (input: DescribeAlarmContributorsInput, context): DescribeAlarmContributorsOutput => {
    requireMember(input.AlarmName, 'AlarmName');
    const name = input.AlarmName ?? '';
    const alarms = dataOf(context).alarmsAt(context.nowEpochMs);
    if (!listAlarms(alarms).some(({ alarm }) => alarm.AlarmName === name)) {
      throw awsError('ResourceNotFoundException', `Alarm ${name} does not exist`, {
        ResourceType: 'Alarm',
        ResourceId: name,
      });
    }
    const page = pageItems(alarms.contributors.get(name) ?? [], PAGE_SIZE, input.NextToken, ['Contributors', name]);
    const output: DescribeAlarmContributorsOutput = { AlarmContributors: [...page.items] };
    return page.nextToken === undefined ? output : { ...output, NextToken: page.nextToken };
  };
}
