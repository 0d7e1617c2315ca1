/** SDK shapes of alarms → ours. Field by field; a member that the service left out stays out. */
import {
  type CompositeAlarm,
  type DescribeAlarmsOutput,
  type GetAlarmMuteRuleOutput,
  type LogAlarm,
  type MetricAlarm,
  type MetricDataQuery,
  type AlarmContributor as SdkContributor,
  type AlarmHistoryItem as SdkHistoryItem,
  StateValue,
} from '@aws-sdk/client-cloudwatch';
import type { Alarm, AlarmCondition, AlarmWatch, WatchedMetric, WatchedQuery } from '../../domain/alarms/alarm.ts';
import type { AlarmHistoryItem } from '../../domain/alarms/alarm-history.ts';
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../../domain/time.ts';
import type { AlarmContributor, MuteRule, RelatedAlarm } from '../ports/alarms.ts';
import { describeSettings } from './alarm-settings.ts';

type AnyAlarm = MetricAlarm | CompositeAlarm | LogAlarm;

export function mapAlarms(page: DescribeAlarmsOutput): readonly Alarm[] {
  return [
    ...(page.MetricAlarms ?? []).map(mapMetricAlarm),
    ...(page.CompositeAlarms ?? []).map(mapCompositeAlarm),
    ...(page.LogAlarms ?? []).map(mapLogAlarm),
  ];
}

export function mapRelated(page: DescribeAlarmsOutput): readonly RelatedAlarm[] {
  const alarms: AnyAlarm[] = [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? []), ...(page.LogAlarms ?? [])];
  return alarms.map((alarm) => ({
    name: alarm.AlarmName ?? '',
    state: toState(alarm.StateValue),
    updatedEpochMs: alarm.StateUpdatedTimestamp?.getTime(),
  }));
}

export function mapMuteRule(name: string, rule: GetAlarmMuteRuleOutput): MuteRule {
  return {
    name: rule.Name ?? name,
    state: rule.Status === 'ACTIVE' ? 'active' : 'scheduled',
    alarmNames: rule.MuteTargets?.AlarmNames ?? [],
    schedule: rule.Rule?.Schedule?.Expression,
    duration: rule.Rule?.Schedule?.Duration,
    expiresEpochMs: rule.ExpireDate?.getTime(),
    startsEpochMs: rule.StartDate?.getTime(),
    timeZone: rule.Rule?.Schedule?.Timezone,
    description: rule.Description,
  };
}

export function mapContributor(contributor: SdkContributor): AlarmContributor {
  return {
    attributes: mapAttributes(contributor.ContributorAttributes),
    reason: contributor.StateReason,
    sinceEpochMs: contributor.StateTransitionedTimestamp?.getTime(),
  };
}

function mapAttributes(attributes: Record<string, string> | undefined): { name: string; value: string }[] {
  return Object.entries(attributes ?? {}).map(([name, value]) => ({ name, value }));
}

export function mapHistoryItem(item: SdkHistoryItem): AlarmHistoryItem {
  const attributes = mapAttributes(item.AlarmContributorAttributes);
  return {
    alarmName: item.AlarmName ?? '',
    epochMs: item.Timestamp?.getTime() ?? 0,
    type: item.HistoryItemType ?? '',
    summary: item.HistorySummary ?? '',
    data: item.HistoryData,
    contributor: attributes.length === 0 ? undefined : attributes,
  };
}

/** A state that is none of the three is not known here. */
function toState(state: string | undefined): StateValue | undefined {
  return Object.values(StateValue).find((known) => known === state);
}

function mapCommon(alarm: AnyAlarm) {
  return {
    name: alarm.AlarmName ?? '',
    arn: alarm.AlarmArn,
    description: alarm.AlarmDescription,
    state: toState(alarm.StateValue) ?? 'INSUFFICIENT_DATA',
    reason: alarm.StateReason,
    reasonData: alarm.StateReasonData,
    transitionedEpochMs: alarm.StateTransitionedTimestamp?.getTime(),
    updatedEpochMs: alarm.StateUpdatedTimestamp?.getTime(),
    configuredEpochMs: alarm.AlarmConfigurationUpdatedTimestamp?.getTime(),
    actionsEnabled: alarm.ActionsEnabled ?? true,
    alarmActions: alarm.AlarmActions ?? [],
    okActions: alarm.OKActions ?? [],
    insufficientDataActions: alarm.InsufficientDataActions ?? [],
    settings: describeSettings(alarm),
  };
}

function mapCompositeAlarm(alarm: CompositeAlarm): Alarm {
  return {
    ...mapCommon(alarm),
    kind: 'composite',
    watch: { type: 'composite', rule: alarm.AlarmRule ?? '' },
    condition: {},
    suppression:
      alarm.ActionsSuppressor === undefined && alarm.ActionsSuppressedBy === undefined
        ? undefined
        : {
            suppressor: alarm.ActionsSuppressor,
            suppressedBy: alarm.ActionsSuppressedBy,
            reason: alarm.ActionsSuppressedReason,
            waitSeconds: alarm.ActionsSuppressorWaitPeriod,
            extensionSeconds: alarm.ActionsSuppressorExtensionPeriod,
          },
  };
}

function mapLogAlarm(alarm: LogAlarm): Alarm {
  const query = alarm.ScheduledQueryConfiguration;
  return {
    ...mapCommon(alarm),
    kind: 'log',
    evaluationState: alarm.EvaluationState,
    watch: {
      type: 'log',
      query: query?.QueryString ?? '',
      aggregation: query?.AggregationExpression ?? '',
      logGroups: query?.LogGroupIdentifiers ?? [],
      schedule: query?.ScheduleConfiguration?.ScheduleExpression ?? '',
    },
    condition: {
      operator: alarm.ComparisonOperator,
      threshold: alarm.Threshold,
      periodSeconds: rateSeconds(query?.ScheduleConfiguration?.ScheduleExpression),
      evaluationPeriods: alarm.QueryResultsToEvaluate,
      datapointsToAlarm: alarm.QueryResultsToAlarm,
      treatMissingData: alarm.TreatMissingData,
    },
  };
}

function mapMetricAlarm(alarm: MetricAlarm): Alarm {
  const watch = mapWatch(alarm);
  return {
    ...mapCommon(alarm),
    kind: 'metric',
    evaluationState: alarm.EvaluationState,
    watch,
    condition: mapCondition(alarm, watch),
  };
}

function mapCondition(alarm: MetricAlarm, watch: AlarmWatch): AlarmCondition {
  const periods = (alarm.Metrics ?? []).flatMap(({ Period, MetricStat }) => Period ?? MetricStat?.Period ?? []);
  // An alarm on a band or a PromQL query carries a threshold of 0 on the wire that means nothing.
  const hasThreshold = alarm.ThresholdMetricId === undefined && (watch.type === 'metric' || watch.type === 'math');
  return {
    operator: alarm.ComparisonOperator,
    threshold: hasThreshold ? alarm.Threshold : undefined,
    periodSeconds: alarm.Period ?? (periods.length === 0 ? alarm.EvaluationInterval : Math.max(...periods)),
    evaluationPeriods: alarm.EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm,
    treatMissingData: alarm.TreatMissingData,
  };
}

function mapWatch(alarm: MetricAlarm): AlarmWatch {
  const promql = alarm.EvaluationCriteria?.PromQLCriteria;
  if (promql !== undefined) return { type: 'promql', query: promql.Query ?? '', pendingSeconds: promql.PendingPeriod };
  const ownAccount = alarm.AlarmArn?.split(':')[4];
  const queries = (alarm.Metrics ?? []).map((query) => mapQuery(query, ownAccount));
  const band = queries.find(({ id }) => id === alarm.ThresholdMetricId)?.expression;
  if (band !== undefined && /ANOMALY_DETECTION_BAND/i.test(band)) return { type: 'anomaly', band, queries };
  const returned = queries.find(({ isReturned, id }) => isReturned && id !== alarm.ThresholdMetricId) ?? queries[0];
  if (returned?.expression !== undefined)
    return { type: 'math', expression: returned.expression, label: returned.label, queries };
  if (returned?.metric === undefined) return { type: 'metric', metric: mapOwnMetric(alarm) };
  return { type: 'metric', metric: returned.metric, id: returned.id, label: returned.label };
}

function mapOwnMetric(alarm: MetricAlarm): WatchedMetric {
  return {
    namespace: alarm.Namespace ?? '',
    metricName: alarm.MetricName ?? '',
    dimensions: (alarm.Dimensions ?? []).map(({ Name, Value }) => ({ name: Name ?? '', value: Value ?? '' })),
    statistic: alarm.ExtendedStatistic ?? alarm.Statistic ?? 'Average',
    unit: alarm.Unit,
    periodSeconds: alarm.Period,
  };
}

/** @param ownAccount the alarm's: a metric of it needs no account */
export function mapQuery(query: MetricDataQuery, ownAccount: string | undefined): WatchedQuery {
  const stat = query.MetricStat;
  return {
    id: query.Id ?? '',
    expression: query.Expression,
    label: query.Label,
    periodSeconds: query.Period ?? stat?.Period,
    isReturned: query.ReturnData ?? true,
    ...(query.AccountId !== undefined && query.AccountId !== ownAccount && { accountId: query.AccountId }),
    metric:
      stat === undefined
        ? undefined
        : {
            namespace: stat.Metric?.Namespace ?? '',
            metricName: stat.Metric?.MetricName ?? '',
            dimensions: (stat.Metric?.Dimensions ?? []).map(({ Name, Value }) => ({
              name: Name ?? '',
              value: Value ?? '',
            })),
            statistic: stat.Stat ?? 'Average',
            unit: stat.Unit,
            periodSeconds: stat.Period,
            ...(query.AccountId !== undefined && query.AccountId !== ownAccount && { accountId: query.AccountId }),
          },
  };
}

const RATE_SECONDS: Readonly<Record<string, number>> = { minute: MINUTE_SECONDS, hour: HOUR_SECONDS, day: DAY_SECONDS };

/** Seconds of `rate(5 minutes)`. */
function rateSeconds(expression: string | undefined): number | undefined {
  const [, amount, unit = ''] = /rate\(\s*(\d+)\s+(minute|hour|day)s?\s*\)/i.exec(expression ?? '') ?? [];
  const seconds = RATE_SECONDS[unit.toLowerCase()];
  return amount === undefined || seconds === undefined ? undefined : Number(amount) * seconds;
}
