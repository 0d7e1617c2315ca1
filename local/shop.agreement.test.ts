/** The shop does not contradict itself: histories follow from metrics, alarms on logs count what the logs hold. */
import type { MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from './cloudwatch/math/evaluate.ts';
import { decideState } from './data/alarms/alarm-evaluation.ts';
import { type AlarmPoints, readAlarmPoints } from './data/alarms/alarm-points.ts';
import { createBreachTest } from './data/alarms/breach-test.ts';
import { createMetricStore } from './data/metric-reader.ts';
import { ACCOUNTS, LOG_GROUPS } from './scenario.ts';
import { createShop } from './shop.ts';
import { createWorld } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const DELAY_MS = 19_000;
const NOW = Date.UTC(2026, 3, 11, 20, 40);
const PROD = { account: ACCOUNTS.prod.id, region: 'us-east-1' };
const shop = createShop(createWorld(11, NOW));
const region = shop.region(PROD);
const alarms = region.alarmsAt(NOW);
const store = createMetricStore(region.metrics, NOW);

type Change = readonly [epochMs: number, from: StateValue, to: StateValue];

/** Looks at every window by itself. */
function evaluate(alarm: MetricAlarm, { values, lower, upper, startEpochMs, periodMs }: AlarmPoints): Change[] {
  const isBreaching = createBreachTest(alarm);
  const count = alarm.EvaluationPeriods ?? 1;
  const marks = Array.from(values, (value, index) =>
    Number.isNaN(value) ? undefined : isBreaching(value, lower?.[index], upper?.[index]),
  );
  const changes: Change[] = [];
  let state: StateValue = 'INSUFFICIENT_DATA';
  for (let end = count; end <= marks.length; end += 1) {
    const window: (boolean | undefined)[] = [];
    for (let index = end - 1; index >= Math.max(0, end - count - 2); index -= 1) window.push(marks[index]);
    const to = decideState(alarm, window, state);
    if (to !== state) changes.push([startEpochMs + end * periodMs + DELAY_MS, state, to]);
    state = to;
  }
  return changes;
}

describe('the alarms of the shop', () => {
  it('have the history that their metrics give over fourteen days', () => {
    const sinceEpochMs = NOW - 14 * DAY_MS;
    const watched = alarms.metricAlarms.filter(({ EvaluationCriteria }) => EvaluationCriteria === undefined);
    expect(watched.length).toBeGreaterThan(130);
    let changeCount = 0;
    for (const alarm of watched) {
      const createdEpochMs = alarm.AlarmConfigurationUpdatedTimestamp?.getTime() ?? 0;
      const isOlder = createdEpochMs < sinceEpochMs;
      const range = { startEpochMs: Math.max(createdEpochMs, sinceEpochMs), endEpochMs: NOW - DELAY_MS };
      const points = readAlarmPoints(alarm, store, range, evaluateMetricDataQueries);
      const [first, ...rest] = evaluate(alarm, points);
      // What is OK from the first look on has been so since it was created.
      const expected = first === undefined || (isOlder && first[2] === 'OK') ? rest : [first, ...rest];
      const told = alarms.history
        .filter(({ AlarmName, HistoryItemType, Timestamp }) => {
          const epochMs = Timestamp?.getTime() ?? 0;
          return AlarmName === alarm.AlarmName && HistoryItemType === 'StateUpdate' && epochMs > range.startEpochMs;
        })
        .map(({ Timestamp, HistorySummary = '' }) => [Timestamp?.getTime(), HistorySummary] as const)
        .toReversed();
      const summaries = expected.map(([epochMs, from, to]) => [epochMs, `Alarm updated from ${from} to ${to}`]);
      expect({ alarm: alarm.AlarmName, changes: told }).toEqual({ alarm: alarm.AlarmName, changes: summaries });
      expect([alarm.AlarmName, alarm.StateValue]).toEqual([
        alarm.AlarmName,
        (rest.at(-1) ?? first)?.[2] ?? 'INSUFFICIENT_DATA',
      ]);
      changeCount += summaries.length;
    }
    expect(changeCount).toBeGreaterThan(100);
  });

  it('count in a log what the log holds', () => {
    const [item] = alarms.history.filter(
      ({ AlarmName, HistoryItemType }) => AlarmName === 'shop-checkout-timeouts' && HistoryItemType === 'StateUpdate',
    );
    const data = JSON.parse(item?.HistoryData ?? '{}') as { readonly newState?: { readonly stateReason?: string } };
    const reason = /query results \[([\d.]+)\]/.exec(data.newState?.stateReason ?? '');
    const endEpochMs = (item?.Timestamp?.getTime() ?? 0) - DELAY_MS;
    expect(item?.HistorySummary).toBe('Alarm updated from OK to ALARM');
    const lines = messagesOf(LOG_GROUPS.checkout, endEpochMs - 5 * MINUTE_MS, endEpochMs);
    const timeouts = lines.filter((message) => message.includes('Task timed out')).length;
    expect(Number(reason?.[1])).toBe(timeouts);
    expect(timeouts).toBeGreaterThan(0);
  });
});

function messagesOf(logGroup: string, fromEpochMs: number, toEpochMs: number): readonly string[] {
  const group = shop.logs.groups.find(({ name, account }) => name === logGroup && account === PROD.account);
  const minutes = Array.from(
    { length: (toEpochMs - fromEpochMs) / MINUTE_MS },
    (_, index) => fromEpochMs + index * MINUTE_MS,
  );
  return minutes.flatMap((minute) => group?.eventsOfMinute(minute).map(({ message }) => message) ?? []);
}
