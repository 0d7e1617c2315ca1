import {
  type AlarmMuteRuleStatus,
  type AlarmType,
  DescribeAlarmContributorsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  type DescribeAlarmsInput,
  type DescribeAlarmsOutput,
  GetAlarmMuteRuleCommand,
  ListAlarmMuteRulesCommand,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmKind } from '../../domain/alarms/alarm.ts';
import { inParallel } from '../../domain/async/in-parallel.ts';
import type { AwsConnection } from '../connection.ts';
import type { AlarmContributor, AlarmsPort, MuteRuleState, RelatedAlarm } from '../ports/alarms.ts';
import { mapAlarms, mapContributor, mapHistoryItem, mapMuteRule, mapRelated } from './map-alarms.ts';

/** DescribeAlarms and DescribeAlarmHistory give at most 100 records a page (API reference). */
const PAGE_SIZE = 100;
const TYPES: Readonly<Record<AlarmKind, AlarmType>> = {
  metric: 'MetricAlarm',
  composite: 'CompositeAlarm',
  log: 'LogAlarm',
};
/** Left out, DescribeAlarms and DescribeAlarmHistory mean metric alarms only. */
const EVERY_TYPE: AlarmType[] = Object.values(TYPES);
const MUTE_STATUSES: Readonly<Record<MuteRuleState, AlarmMuteRuleStatus>> = {
  active: 'ACTIVE',
  scheduled: 'SCHEDULED',
};
const MAX_RELATED = 500;
const MAX_MUTE_RULES = 100;
const MAX_CONTRIBUTORS = 100;
/** Calls of GetAlarmMuteRule at once. */
const MUTE_RULE_CONCURRENCY = 5;

export function createAlarmsPort(aws: AwsConnection): AlarmsPort {
  const describeOnce = (input: DescribeAlarmsInput, signal: AbortSignal): Promise<DescribeAlarmsOutput> =>
    aws.call('cloudwatch:DescribeAlarms', signal, ({ cloudwatch }, options) =>
      cloudwatch.send(new DescribeAlarmsCommand({ ...input, MaxRecords: PAGE_SIZE }), options),
    );

  async function* describePages(
    input: DescribeAlarmsInput,
    signal: AbortSignal,
  ): AsyncGenerator<DescribeAlarmsOutput, void> {
    let token: string | undefined;
    do {
      const page = await describeOnce({ ...input, NextToken: token }, signal);
      yield page;
      token = page.NextToken;
    } while (token !== undefined && token !== '');
  }

  const listRelated = async (input: DescribeAlarmsInput, signal: AbortSignal): Promise<readonly RelatedAlarm[]> => {
    const related: RelatedAlarm[] = [];
    for await (const page of describePages(input, signal)) {
      related.push(...mapRelated(page));
      if (related.length >= MAX_RELATED) break;
    }
    return related.slice(0, MAX_RELATED);
  };

  return {
    async *describeAlarms({ state, namePrefix, names, kinds }, signal) {
      const input = {
        AlarmTypes: kinds === undefined ? EVERY_TYPE : kinds.map((kind) => TYPES[kind]),
        StateValue: state,
        AlarmNamePrefix: namePrefix,
        AlarmNames: names === undefined ? undefined : [...names],
      };
      for await (const page of describePages(input, signal)) yield mapAlarms(page);
    },

    async describeAlarmsForMetric({ namespace, metricName, dimensions }, signal) {
      const input = {
        Namespace: namespace,
        MetricName: metricName,
        Dimensions: dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
      };
      const output = await aws.call('cloudwatch:DescribeAlarmsForMetric', signal, ({ cloudwatch }, options) =>
        cloudwatch.send(new DescribeAlarmsForMetricCommand(input), options),
      );
      return mapAlarms(output);
    },

    listChildren: (alarmName, signal) => listRelated({ ChildrenOfAlarmName: alarmName }, signal),
    listParents: (alarmName, signal) => listRelated({ ParentsOfAlarmName: alarmName }, signal),

    listContributors: (alarmName, signal) => listContributors(aws, alarmName, signal),

    async listMuteRules(states, signal) {
      const names = await listMuteRuleNames(aws, states, signal);
      return inParallel(names, MUTE_RULE_CONCURRENCY, async (name) => {
        const rule = await aws.call('cloudwatch:GetAlarmMuteRule', signal, ({ cloudwatch }, options) =>
          cloudwatch.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: name }), options),
        );
        return mapMuteRule(name, rule);
      });
    },

    async *describeHistory({ alarmName, type, startEpochMs, endEpochMs }, signal) {
      let token: string | undefined;
      do {
        const input = {
          AlarmName: alarmName,
          AlarmTypes: EVERY_TYPE,
          HistoryItemType: type,
          StartDate: new Date(startEpochMs),
          EndDate: new Date(endEpochMs),
          ScanBy: 'TimestampDescending',
          MaxRecords: PAGE_SIZE,
          NextToken: token,
        } as const;
        const page = await aws.call('cloudwatch:DescribeAlarmHistory', signal, ({ cloudwatch }, options) =>
          cloudwatch.send(new DescribeAlarmHistoryCommand(input), options),
        );
        yield (page.AlarmHistoryItems ?? []).map(mapHistoryItem);
        token = page.NextToken;
      } while (token !== undefined && token !== '');
    },
  };
}

async function listContributors(
  aws: AwsConnection,
  alarmName: string,
  signal: AbortSignal,
): Promise<readonly AlarmContributor[]> {
  const contributors: AlarmContributor[] = [];
  let token: string | undefined;
  do {
    const input = { AlarmName: alarmName, NextToken: token };
    const page = await aws.call(
      'cloudwatch:DescribeAlarmContributors',
      signal,
      ({ cloudwatch }, options) => cloudwatch.send(new DescribeAlarmContributorsCommand(input), options),
      { subject: 'alarm' },
    );
    contributors.push(...(page.AlarmContributors ?? []).map(mapContributor));
    token = page.NextToken;
  } while (token !== undefined && token !== '' && contributors.length < MAX_CONTRIBUTORS);
  return contributors.slice(0, MAX_CONTRIBUTORS);
}

/** The list gives ARNs only: `arn:…:alarm-mute-rule:<name>`. */
async function listMuteRuleNames(
  aws: AwsConnection,
  states: readonly MuteRuleState[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const input = { Statuses: states.map((state) => MUTE_STATUSES[state]), NextToken: token };
    const page = await aws.call('cloudwatch:ListAlarmMuteRules', signal, ({ cloudwatch }, options) =>
      cloudwatch.send(new ListAlarmMuteRulesCommand(input), options),
    );
    for (const { AlarmMuteRuleArn: arn } of page.AlarmMuteRuleSummaries ?? []) {
      const name = arn === undefined ? undefined : /:alarm-mute-rule[:/](.+)$/.exec(arn)?.[1];
      if (name !== undefined) names.push(name);
    }
    token = page.NextToken;
  } while (token !== undefined && token !== '' && names.length < MAX_MUTE_RULES);
  return names.slice(0, MAX_MUTE_RULES);
}
