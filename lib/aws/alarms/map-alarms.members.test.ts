/** No member of an alarm is lost without a reason: those of the SDK's own schemas are walked, so that new ones are noticed. */
import {
  AlarmContributor$,
  AlarmHistoryItem$,
  CompositeAlarm$,
  GetAlarmMuteRuleOutput$,
  LogAlarm$,
  MetricAlarm$,
  ScheduledQueryConfiguration$,
  WarmUpConfiguration$,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { mapAlarms, mapContributor, mapHistoryItem, mapMuteRule } from './map-alarms.ts';

/** What is not read, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'AlarmContributor.ContributorId': 'a hash of the attributes, which are shown',
  'AlarmHistoryItem.AlarmContributorId': 'a hash of the attributes, which are shown',
  'AlarmHistoryItem.AlarmType': 'known of the alarm',
  'GetAlarmMuteRuleOutput.AlarmMuteRuleArn': 'its name is shown',
  'GetAlarmMuteRuleOutput.LastUpdatedTimestamp': 'mutes nothing',
  'GetAlarmMuteRuleOutput.MuteType': 'cron or at of the schedule says the same',
  'LogAlarm.ActionLogLineRoleArn': 'a role of CloudWatch; who may read lines, not what fires',
  'ScheduledQueryConfiguration.QueryARN': 'made by CloudWatch for the alarm',
  'ScheduledQueryConfiguration.ScheduledQueryRoleARN': 'a role of CloudWatch',
  'ScheduledQueryConfiguration.Tags': 'of the query that CloudWatch made for the alarm',
};

type Schema = readonly unknown[] & { readonly 2: string; readonly 4: readonly string[] };

/** The members that are looked at; every one seems to be there. */
function readsOf(use: (record: never) => unknown, values: Readonly<Record<string, unknown>> = {}): ReadonlySet<string> {
  const read = new Set<string>();
  const record = new Proxy(values, {
    has: () => true,
    get(target, key) {
      if (typeof key === 'string') read.add(key);
      return Reflect.get(target, key);
    },
  });
  use(record as never);
  return read;
}

const metric = (record: never) => mapAlarms({ MetricAlarms: [record] });
const log = (record: never) => mapAlarms({ LogAlarms: [record] });

describe('the members of alarms', () => {
  it.each([
    [MetricAlarm$, readsOf(metric)],
    [CompositeAlarm$, readsOf((record) => mapAlarms({ CompositeAlarms: [record] }), { ActionsSuppressor: 'a' })],
    [LogAlarm$, readsOf(log)],
    [AlarmContributor$, readsOf(mapContributor)],
    [AlarmHistoryItem$, readsOf(mapHistoryItem)],
    [GetAlarmMuteRuleOutput$, readsOf((record) => mapMuteRule('a', record))],
    [
      ScheduledQueryConfiguration$,
      readsOf((record) => mapAlarms({ LogAlarms: [{ ScheduledQueryConfiguration: record }] })),
    ],
    [
      WarmUpConfiguration$,
      readsOf((record) => mapAlarms({ LogAlarms: [{ WarmUpConfiguration: record }] }), {
        WarmUpPeriodDurationInMinutes: 5,
      }),
    ],
  ] as const)('%#: each is read, or stands in the list with its reason', (schema, read) => {
    const [, , name, , members] = schema as unknown as Schema as readonly [
      unknown,
      unknown,
      string,
      unknown,
      readonly string[],
    ];
    expect(members.length).toBeGreaterThan(1);
    expect(members.filter((member) => !read.has(member) && !(`${name}.${member}` in LEFT_OUT))).toEqual([]);
    // A reason for what is read, or does not exist, would be stale.
    const own = Object.keys(LEFT_OUT).filter((key) => key.startsWith(`${name}.`));
    expect(
      own.filter((key) => read.has(key.slice(name.length + 1)) || !members.includes(key.slice(name.length + 1))),
    ).toEqual([]);
  });

  it('tells the settings that decide when an alarm is evaluated', () => {
    const [alarm] = mapAlarms({
      MetricAlarms: [
        {
          EvaluationWindow: { WallClockWindow: { Timezone: 'Europe/Berlin' } },
          WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 30, OnlyStartEvaluatingAfterWarmUpPeriodEnds: true },
          EvaluateLowSampleCountPercentile: 'ignore',
          EvaluationInterval: 60,
          EvaluationCriteria: { PromQLCriteria: { Query: 'up', RecoveryPeriod: 600 } },
        },
      ],
    });
    expect(alarm?.settings).toEqual([
      'evaluated by the wall clock in Europe/Berlin: its periods begin with the minute, hour, day or week there',
      'warm-up: INSUFFICIENT_DATA and no actions for 30m after a change',
      'percentile of too few samples: keeps the state (ignore)',
      'evaluated every 1m',
      'recovers after 10m without breaching',
    ]);
  });
});
