import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from './cloudwatch/math/evaluate.ts';
import { createRegionData } from './cloudwatch/region-data.ts';
import { readAlarmPoints, readPeriodSeconds } from './data/alarms/alarm-points.ts';
import { SHOP_ALARMS } from './data/alarms/alarm-settings.ts';
import { createBreachTest } from './data/alarms/breach-test.ts';
import type { Place } from './data/content.ts';
import { ACCOUNTS, FIRING_ALARMS, TIMELINE } from './scenario.ts';
import { createShop } from './shop.ts';
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
  const alarms = createShop(createWorld(seed, nowEpochMs)).region(PROD).alarmsAt(nowEpochMs);
  const found = alarms.metricAlarms.find((alarm) => alarm.AlarmName === name);
  if (found === undefined) throw new Error(`no alarm ${name}`);
  return found;
}

describe.each(STARTS)('the incident told at %d', (nowEpochMs) => {
  const data = createRegionData(createShop(createWorld(7, nowEpochMs)))(PROD);
  const alarmSet = data.alarmsAt(nowEpochMs);
  const agoMs = (name: string): number => {
    const alarms = [...alarmSet.metricAlarms, ...alarmSet.compositeAlarms];
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
    for (const alarm of alarmSet.metricAlarms) {
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
      const isBreaching = createBreachTest(alarm);
      const breachingCount = [...points.values].filter((value, index) =>
        isBreaching(value, points.lower?.[index], points.upper?.[index]),
      ).length;
      const isFiring = breachingCount >= (alarm.DatapointsToAlarm ?? count);
      expect([alarm.AlarmName, isFiring]).toEqual([alarm.AlarmName, alarm.StateValue === 'ALARM']);
    }
  });

  it('keeps the background quiet', () => {
    const firing = alarmSet.metricAlarms
      .filter((alarm) => alarm.StateValue === 'ALARM')
      .map((alarm) => alarm.AlarmName ?? '');
    expect(firing.filter((name) => !/^(shop-|TargetTracking-|partner-)/.test(name))).toEqual([]);
    expect(alarmSet.metricAlarms.filter((alarm) => alarm.StateValue === 'OK').length).toBeGreaterThanOrEqual(120);
  });

  it('has the flapping alarm change a dozen times a day', () => {
    const changes = alarmSet.history.filter(
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
    const build = (seed: number) =>
      createShop(createWorld(seed, STARTS[0] ?? 0))
        .region(PROD)
        .alarmsAt(STARTS[0] ?? 0);
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
    const shop = createShop(createWorld(7, STARTS[1] ?? 0));
    const alarmsOf = (place: Place) => shop.region(place).alarmsAt(STARTS[1] ?? 0);
    const firing = (account: string, region: string) =>
      alarmsOf({ account, region })
        .metricAlarms.filter((alarm) => alarm.StateValue === 'ALARM')
        .map((alarm) => alarm.AlarmName);
    expect(firing(ACCOUNTS.dev.id, 'us-east-1')).toEqual(['dev-checkout-errors']);
    expect(firing(ACCOUNTS.prod.id, 'eu-west-1')).toEqual([]);
    expect(firing(ACCOUNTS.data.id, 'eu-west-1')).toEqual([]);
    expect(alarmsOf({ account: '999999999999', region: 'us-east-1' }).metricAlarms).toEqual([]);
  });
});
