import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from './cloudwatch/math/evaluate.ts';
import { createRegionData } from './cloudwatch/region-data.ts';
import { isBreaching } from './data/alarms/alarm-evaluation.ts';
import { readAlarmPoints, readPeriodSeconds } from './data/alarms/alarm-points.ts';
import { SHOP_ALARMS } from './data/alarms/alarm-settings.ts';
import { ACCOUNTS, FIRING_ALARMS, TIMELINE } from './scenario.ts';
import { createWorld } from './world.ts';

const MINUTE_MS = 60_000;
const PROD = { account: ACCOUNTS.prod.id, region: 'us-east-1' };
// Hours of low and high traffic, working day and weekend: the story must hold whenever somebody starts the server.
const STARTS = [
  Date.UTC(2026, 0, 7, 3, 12),
  Date.UTC(2026, 3, 11, 20, 40),
  Date.UTC(2026, 7, 9, 0, 5),
  Date.UTC(2026, 10, 23, 12, 0),
];

function findAlarm(nowEpochMs: number, name: string, seed = 7): MetricAlarm {
  const { alarms } = createRegionData(createWorld(seed, nowEpochMs))(PROD);
  const found = alarms.metricAlarms.find((alarm) => alarm.AlarmName === name);
  if (found === undefined) throw new Error(`no alarm ${name}`);
  return found;
}

describe.each(STARTS)('the incident told at %d', (nowEpochMs) => {
  const data = createRegionData(createWorld(7, nowEpochMs))(PROD);
  const agoMs = (name: string): number => {
    const alarms = [...data.alarms.metricAlarms, ...data.alarms.compositeAlarms];
    const alarm = alarms.find((candidate) => candidate.AlarmName === name);
    expect(alarm?.StateValue).toBe('ALARM');
    return nowEpochMs - (alarm?.StateTransitionedTimestamp?.getTime() ?? 0);
  };

  it.each([
    [FIRING_ALARMS.checkoutLatency, TIMELINE.latencyAlarmAgoMs],
    [FIRING_ALARMS.checkoutErrors, TIMELINE.errorsAlarmAgoMs],
    [FIRING_ALARMS.queueAge, TIMELINE.queueAlarmAgoMs],
  ])('fires %s when the timeline says so', (name, expectedAgoMs) => {
    expect(Math.abs(agoMs(name) - expectedAgoMs)).toBeLessThanOrEqual(2 * MINUTE_MS);
  });

  it('keeps the order of cause and effect', () => {
    const order = [FIRING_ALARMS.checkoutLatency, FIRING_ALARMS.checkoutErrors, FIRING_ALARMS.queueAge].map(agoMs);
    expect(order).toEqual(order.toSorted((left, right) => right - left));
    expect(agoMs(FIRING_ALARMS.databaseConnections)).toBeLessThan(TIMELINE.connectionsFillingAgoMs);
    expect(agoMs(FIRING_ALARMS.shopHealth)).toBeLessThan(agoMs(FIRING_ALARMS.checkoutLatency));
    expect(agoMs(SHOP_ALARMS.ordersAnomaly)).toBeLessThan(agoMs(FIRING_ALARMS.checkoutErrors));
  });

  it('shows in each metric alarm the state that its data give', () => {
    const store = data.storeAt(nowEpochMs);
    for (const alarm of data.alarms.metricAlarms) {
      if (alarm.EvaluationCriteria !== undefined || alarm.StateValue === 'INSUFFICIENT_DATA') continue;
      const periodMs = readPeriodSeconds(alarm) * 1000;
      const count = alarm.EvaluationPeriods ?? 1;
      const end = Math.floor((nowEpochMs - 19_000) / periodMs) * periodMs;
      const points = readAlarmPoints(
        alarm,
        store,
        { startEpochMs: end - count * periodMs, endEpochMs: end },
        evaluateMetricDataQueries,
      );
      const recent = [...points.values()].filter((point) => point.epochMs >= end - count * periodMs);
      const breachingCount = recent.filter((point) => isBreaching(alarm, point)).length;
      const isFiring = breachingCount >= (alarm.DatapointsToAlarm ?? count);
      expect([alarm.AlarmName, isFiring]).toEqual([alarm.AlarmName, alarm.StateValue === 'ALARM']);
    }
  });

  it('keeps the background quiet', () => {
    const firing = data.alarms.metricAlarms
      .filter((alarm) => alarm.StateValue === 'ALARM')
      .map((alarm) => alarm.AlarmName ?? '');
    expect(firing.filter((name) => !/^(shop-|TargetTracking-|partner-)/.test(name))).toEqual([]);
    expect(data.alarms.metricAlarms.filter((alarm) => alarm.StateValue === 'OK').length).toBeGreaterThanOrEqual(120);
  });

  it('has the flapping alarm change a dozen times a day', () => {
    const changes = data.alarms.history.filter(
      (item) =>
        item.AlarmName === SHOP_ALARMS.searchLatency &&
        item.HistoryItemType === 'StateUpdate' &&
        (item.Timestamp?.getTime() ?? 0) > nowEpochMs - 1440 * MINUTE_MS,
    );
    expect(changes.length).toBeGreaterThanOrEqual(11);
    expect(changes.length).toBeLessThanOrEqual(13);
  });
});

describe('determinism', () => {
  it('tells the same story for the same seed and time', () => {
    const build = (seed: number) => createRegionData(createWorld(seed, STARTS[0] ?? 0))(PROD).alarms;
    expect(build(7)).toEqual(build(7));
    expect(build(8)).not.toEqual(build(7));
  });

  it('does not move when time passes', () => {
    const start = STARTS[0] ?? 0;
    const first = findAlarm(start, FIRING_ALARMS.queueAge);
    const second = findAlarm(start + 20_000, FIRING_ALARMS.queueAge);
    expect(second.StateTransitionedTimestamp).toEqual(first.StateTransitionedTimestamp);
  });

  it('has one failing alarm in account dev and quiet ones elsewhere', () => {
    const dataOf = createRegionData(createWorld(7, STARTS[1] ?? 0));
    const firing = (account: string, region: string) =>
      dataOf({ account, region })
        .alarms.metricAlarms.filter((alarm) => alarm.StateValue === 'ALARM')
        .map((alarm) => alarm.AlarmName);
    expect(firing(ACCOUNTS.dev.id, 'us-east-1')).toEqual(['dev-checkout-errors']);
    expect(firing(ACCOUNTS.prod.id, 'eu-west-1')).toEqual([]);
    expect(firing(ACCOUNTS.data.id, 'eu-west-1')).toEqual([]);
    expect(dataOf({ account: '999999999999', region: 'us-east-1' }).alarms.metricAlarms).toEqual([]);
  });
});
