/** One alarm of describe_alarms as structured output: its whole configuration, ARNs included. */
import { z } from 'zod';
import {
  ALARM_KINDS,
  ALARM_STATES,
  type AlarmWatch,
  stateSinceEpochMs,
  type WatchedQuery,
} from '../../../domain/alarms/alarm.ts';
import { describeWatch } from '../../../domain/alarms/alarm-watch.ts';
import { formatTime } from '../../../domain/time.ts';
import { unlessEmpty } from '../shared/alarm-notes.ts';
import { contributorsOutput, toContributorOutput } from '../shared/contributors.ts';
import type { AlarmAt, AlarmDetails } from './read-details.ts';

const names = z.array(z.string()).optional();

export const describedAlarmOutput = z.object({
  name: z.string(),
  arn: z.string().optional(),
  kind: z.enum(ALARM_KINDS),
  state: z.enum(ALARM_STATES),
  since: z.string().optional(),
  account: z.string(),
  region: z.string(),
  watches: z.string().describe('in words'),
  definition: z.string().optional().describe('rule, PromQL or logs query'),
  queries: z
    .array(
      z.object({
        id: z.string(),
        expression: z.string().optional(),
        namespace: z.string().optional(),
        metric_name: z.string().optional(),
        dimensions: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
        statistic: z.string().optional(),
        unit: z.string().optional(),
        period: z.int().optional(),
        label: z.string().optional(),
        account_id: z.string().optional().describe('where it is another'),
        return_data: z.boolean(),
      }),
    )
    .optional()
    .describe('metrics and expressions'),
  operator: z.string().optional(),
  threshold: z.number().optional(),
  period: z.int().optional(),
  evaluation_periods: z.int().optional(),
  datapoints_to_alarm: z.int().optional(),
  treat_missing_data: z.string().optional(),
  actions_enabled: z.boolean(),
  alarm_actions: names.describe('ARNs'),
  ok_actions: names,
  insufficient_data_actions: names,
  suppressor: z.string().optional(),
  parents: names.describe('composite alarms above; absent: not asked'),
  children: z.array(z.object({ name: z.string(), state: z.string().optional() })).optional(),
  contributors: contributorsOutput,
  mute_rules: z.array(z.object({ name: z.string(), state: z.string(), schedule: z.string().optional() })).optional(),
  settings: names.describe('further ones, in words'),
  description: z.string().optional(),
  configured: z.string().optional(),
});

export function toDescribedAlarmOutput(
  { alarm, target }: AlarmAt,
  details: AlarmDetails,
): z.input<typeof describedAlarmOutput> {
  const { condition, watch } = alarm;
  const sinceEpochMs = stateSinceEpochMs(alarm);
  return {
    name: alarm.name,
    arn: alarm.arn,
    kind: alarm.kind,
    state: alarm.state,
    since: sinceEpochMs === 0 ? undefined : formatTime(sinceEpochMs),
    account: target.account,
    region: target.region,
    watches: describeWatch(alarm),
    definition: definitionOf(watch),
    queries: unlessEmpty(queriesOf(watch).map(toQueryOutput)),
    operator: condition.operator,
    threshold: condition.threshold,
    period: condition.periodSeconds,
    evaluation_periods: condition.evaluationPeriods,
    datapoints_to_alarm: condition.datapointsToAlarm,
    treat_missing_data: condition.treatMissingData,
    actions_enabled: alarm.actionsEnabled,
    alarm_actions: unlessEmpty(alarm.alarmActions),
    ok_actions: unlessEmpty(alarm.okActions),
    insufficient_data_actions: unlessEmpty(alarm.insufficientDataActions),
    suppressor: alarm.suppression?.suppressor,
    parents: details.parents?.map(({ name }) => name),
    children: details.children?.map(({ name, state }) => ({ name, state })),
    contributors: details.contributors?.map(toContributorOutput),
    mute_rules: details.muteRules?.map(({ name, state, schedule }) => ({ name, state, schedule })),
    settings: unlessEmpty([...(alarm.settings ?? []), ...(details.detector === undefined ? [] : [details.detector])]),
    description: alarm.description,
    configured: alarm.configuredEpochMs === undefined ? undefined : formatTime(alarm.configuredEpochMs),
  };
}

function definitionOf(watch: AlarmWatch): string | undefined {
  if (watch.type === 'composite') return watch.rule;
  return watch.type === 'promql' || watch.type === 'log' ? watch.query : undefined;
}

function queriesOf(watch: AlarmWatch): readonly WatchedQuery[] {
  if (watch.type === 'metric') {
    const { id = 'm1', label, metric } = watch;
    return [{ id, label, metric, isReturned: true }];
  }
  return watch.type === 'math' || watch.type === 'anomaly' ? watch.queries : [];
}

function toQueryOutput({ id, metric, expression, periodSeconds, label, accountId, isReturned }: WatchedQuery) {
  return {
    id,
    expression,
    namespace: metric?.namespace,
    metric_name: metric?.metricName,
    dimensions: metric === undefined ? undefined : [...metric.dimensions],
    statistic: metric?.statistic,
    unit: metric?.unit,
    period: periodSeconds ?? metric?.periodSeconds,
    label,
    account_id: accountId ?? metric?.accountId,
    return_data: isReturned,
  };
}
