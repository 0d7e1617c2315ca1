import {
  type AlarmMuteRuleStatus,
  type AlarmType,
  DescribeAlarmContributorsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  type DescribeAlarmsInput,
  type DescribeAlarmsOutput,
  DescribeAnomalyDetectorsCommand,
  GetAlarmMuteRuleCommand,
  ListAlarmMuteRulesCommand,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmKind } from '../../domain/alarms/alarm.ts';
import { inParallel } from '../../domain/async/in-parallel.ts';
import type { AwsConnection } from '../connection.ts';
import { type FetchPage, pages, readAll } from '../pages.ts';
import type { AlarmContributor, AlarmsPort, MuteRuleState, RelatedAlarm } from '../ports/alarms.ts';
import type { MetricIdentity } from '../ports/metrics.ts';
import { mapAlarms, mapContributor, mapHistoryItem, mapMuteRule, mapRelated } from './map-alarms.ts';
import { mapDetector } from './map-detector.ts';

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
/** A page of DescribeAnomalyDetectors (API reference). */
const MAX_DETECTORS = 100;
/** Calls of GetAlarmMuteRule at once. */
const MUTE_RULE_CONCURRENCY = 5;

export function createAlarmsPort(aws: AwsConnection): AlarmsPort {
  const describe =
    <Item>(
      input: DescribeAlarmsInput,
      map: (page: DescribeAlarmsOutput) => readonly Item[],
      signal: AbortSignal,
    ): FetchPage<Item> =>
    async (NextToken) => {
      const asked = { MaxRecords: PAGE_SIZE, ...input, NextToken };
      const page = await aws.call('cloudwatch:DescribeAlarms', signal, ({ cloudwatch }, options) =>
        cloudwatch.send(new DescribeAlarmsCommand(asked), options),
      );
      return { items: map(page), nextToken: page.NextToken };
    };
  const listRelated = (input: DescribeAlarmsInput, signal: AbortSignal): Promise<readonly RelatedAlarm[]> =>
    readAll(describe(input, mapRelated, signal), MAX_RELATED);

  return {
    describeAlarms({ state, namePrefix, names, kinds, pageSize = PAGE_SIZE }, signal) {
      const input = {
        MaxRecords: pageSize,
        AlarmTypes: kinds === undefined ? EVERY_TYPE : kinds.map((kind) => TYPES[kind]),
        StateValue: state,
        AlarmNamePrefix: namePrefix,
        AlarmNames: names === undefined ? undefined : [...names],
      };
      return pages(describe(input, mapAlarms, signal));
    },

    async describeAlarmsForMetric(metric, signal) {
      const input = toMetricInput(metric);
      const output = await aws.call('cloudwatch:DescribeAlarmsForMetric', signal, ({ cloudwatch }, options) =>
        cloudwatch.send(new DescribeAlarmsForMetricCommand(input), options),
      );
      return mapAlarms(output);
    },

    listChildren: (alarmName, signal) => listRelated({ ChildrenOfAlarmName: alarmName }, signal),
    listParents: (alarmName, signal) => listRelated({ ParentsOfAlarmName: alarmName }, signal),

    listContributors: (alarmName, signal) => listContributors(aws, alarmName, signal),

    async listMuteRules(states, signal) {
      const names = await listMuteRuleNames(aws, { states }, signal);
      return inParallel(names, MUTE_RULE_CONCURRENCY, async (name) => {
        const rule = await aws.call('cloudwatch:GetAlarmMuteRule', signal, ({ cloudwatch }, options) =>
          cloudwatch.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: name }), options),
        );
        return mapMuteRule(name, rule);
      });
    },

    async listAnomalyDetectors(metric, signal) {
      const input =
        metric === undefined
          ? { AnomalyDetectorTypes: ['METRIC_MATH' as const], MaxResults: MAX_DETECTORS }
          : { ...toMetricInput(metric), AnomalyDetectorTypes: ['SINGLE_METRIC' as const], MaxResults: MAX_DETECTORS };
      const output = await aws.call('cloudwatch:DescribeAnomalyDetectors', signal, ({ cloudwatch }, options) =>
        cloudwatch.send(new DescribeAnomalyDetectorsCommand(input), options),
      );
      return {
        detectors: (output.AnomalyDetectors ?? []).slice(0, MAX_DETECTORS).map(mapDetector),
        isComplete: output.NextToken === undefined || output.NextToken === '',
      };
    },
    listMutingRules: (alarmName, signal) => listMuteRuleNames(aws, { states: ['active'], alarmName }, signal),

    describeHistory({ alarmName, type, startEpochMs, endEpochMs }, signal) {
      return pages(async (NextToken) => {
        const input = {
          AlarmName: alarmName,
          AlarmTypes: EVERY_TYPE,
          HistoryItemType: type,
          StartDate: new Date(startEpochMs),
          EndDate: new Date(endEpochMs),
          ScanBy: 'TimestampDescending',
          MaxRecords: PAGE_SIZE,
          NextToken,
        } as const;
        const page = await aws.call('cloudwatch:DescribeAlarmHistory', signal, ({ cloudwatch }, options) =>
          cloudwatch.send(new DescribeAlarmHistoryCommand(input), options),
        );
        return { items: (page.AlarmHistoryItems ?? []).map(mapHistoryItem), nextToken: page.NextToken };
      });
    },
  };
}

function toMetricInput({ namespace, metricName, dimensions }: MetricIdentity) {
  return {
    Namespace: namespace,
    MetricName: metricName,
    Dimensions: dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
  };
}

function listContributors(aws: AwsConnection, alarmName: string, signal: AbortSignal): Promise<AlarmContributor[]> {
  return readAll(async (NextToken) => {
    const page = await aws.call(
      'cloudwatch:DescribeAlarmContributors',
      signal,
      ({ cloudwatch }, options) =>
        cloudwatch.send(new DescribeAlarmContributorsCommand({ AlarmName: alarmName, NextToken }), options),
      { subject: 'alarm' },
    );
    return { items: (page.AlarmContributors ?? []).map(mapContributor), nextToken: page.NextToken };
  }, MAX_CONTRIBUTORS);
}

/** The list gives ARNs only: `arn:…:alarm-mute-rule:<name>`. */
async function listMuteRuleNames(
  aws: AwsConnection,
  { states, alarmName }: { readonly states: readonly MuteRuleState[]; readonly alarmName?: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rules = await readAll(async (NextToken) => {
    const input = {
      AlarmName: alarmName,
      Statuses: states.map((state) => MUTE_STATUSES[state]),
      MaxRecords: PAGE_SIZE,
      NextToken,
    };
    const page = await aws.call('cloudwatch:ListAlarmMuteRules', signal, ({ cloudwatch }, options) =>
      cloudwatch.send(new ListAlarmMuteRulesCommand(input), options),
    );
    return { items: page.AlarmMuteRuleSummaries ?? [], nextToken: page.NextToken };
  }, MAX_MUTE_RULES);
  return rules.flatMap(({ AlarmMuteRuleArn: arn = '' }) => /:alarm-mute-rule[:/](.+)$/.exec(arn)?.[1] ?? []);
}
