/** The shop does not contradict itself: histories follow from metrics, logs hold what metrics count. */
import type { MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from './cloudwatch/math/evaluate.ts';
import { decideState } from './data/alarms/alarm-evaluation.ts';
import { type AlarmPoints, readAlarmPoints } from './data/alarms/alarm-points.ts';
import { createBreachTest } from './data/alarms/breach-test.ts';
import { createMetricStore } from './data/metric-reader.ts';
import { ACCOUNTS, LOG_GROUPS, SHOP } from './scenario.ts';
import { createShop } from './shop.ts';
import { createWorld } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const DELAY_MS = 19_000;
/** Of a log that are compared with the metrics at a time. */
const MINUTES = 5;
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
    expect(timeouts).toBeGreaterThan(5);
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

/** A metric of a function, minute by minute. */
function minutesOf(functionName: string, metricName: string, statistic: string, fromEpochMs: number, count: number) {
  const dimensions = [{ name: 'FunctionName', value: functionName }];
  return [...store.readSlots({ namespace: 'AWS/Lambda', metricName, dimensions }, fromEpochMs, count, 60, statistic)];
}

const isFailure = (message: string): boolean =>
  message.includes('Task timed out') || message.includes('"level":"ERROR"') || message.includes('\tERROR\t');

/** Milliseconds of the REPORT lines, ascending. */
function durationsOf(messages: readonly string[]): readonly number[] {
  return messages
    .flatMap((message) => /^REPORT RequestId: .*?\tDuration: ([\d.]+) ms/.exec(message)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

describe.each([
  [SHOP.checkoutFunction, LOG_GROUPS.checkout],
  [SHOP.cartFunction, LOG_GROUPS.cart],
  [SHOP.paymentFunction, LOG_GROUPS.payment],
  [SHOP.searchFunction, LOG_GROUPS.search],
])('the log of %s', (functionName, logGroup) => {
  // In the incident, before it, and at the same hour of yesterday.
  it.each([10, 100, 1_440])('has what the metrics count in the minutes from %d minutes ago on', (minutesAgo) => {
    const from = NOW - minutesAgo * MINUTE_MS;
    const read = (metricName: string, statistic: string) =>
      minutesOf(functionName, metricName, statistic, from, MINUTES);
    const logged = Array.from({ length: MINUTES }, (_, index) => {
      const startEpochMs = from + index * MINUTE_MS;
      return messagesOf(logGroup, startEpochMs, startEpochMs + MINUTE_MS);
    });
    const countOf = (matches: (message: string) => boolean): readonly number[] =>
      logged.map((messages) => messages.filter(matches).length);
    const invocations = read('Invocations', 'Sum');
    for (const word of ['START', 'END', 'REPORT'])
      expect([word, countOf((message) => message.startsWith(`${word} RequestId: `))]).toEqual([word, invocations]);
    expect(countOf(isFailure)).toEqual(read('Errors', 'Sum'));
    for (const [statistic, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      const measured = read('Duration', statistic);
      for (const [index, messages] of logged.entries()) {
        const durations = durationsOf(messages);
        const value = durations[Math.ceil(durations.length * share) - 1] ?? 0;
        // Within the step of a percentile between two of the metric's nine values of a minute.
        expect(value / (measured[index] ?? 0)).toBeGreaterThan(0.7);
        expect(value / (measured[index] ?? 0)).toBeLessThan(1.4);
      }
    }
  });

  it('has every tenth minute whole after more than a day', () => {
    const minutes = Array.from({ length: 20 }, (_, index) => NOW - 3 * DAY_MS + index * MINUTE_MS);
    const reports = minutes.map((minute) => durationsOf(messagesOf(logGroup, minute, minute + MINUTE_MS)).length);
    const invocations = minutesOf(functionName, 'Invocations', 'Sum', NOW - 3 * DAY_MS, 20);
    const expected = invocations.map((count, index) => ((minutes[index] ?? 0) % (10 * MINUTE_MS) === 0 ? count : 0));
    expect(reports).toEqual(expected);
  });
});
