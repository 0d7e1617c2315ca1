import type { AlarmHistoryItem } from '@aws-sdk/client-cloudwatch';
import { afterEach, describe, expect, it } from 'vitest';
import { startAlarmBench } from '../../../../test/support/alarm-bench.ts';
import { INCIDENT_HISTORY, metricAlarm, stateUpdate } from '../../../../test/support/alarm-fixtures.ts';
import { BENCH_NOW_EPOCH_MS, type ToolBench, type ToolBenchOptions } from '../../../../test/support/tool-bench.ts';
import { getAlarmHistory } from './get-alarm-history.ts';

const MINUTE_MS = 60_000;

let bench: ToolBench;
afterEach(() => bench.close());

/** Into ALARM at each time, and back after so many minutes; times in minutes before now. */
function firings(name: string, minutesAgo: readonly number[], minutes: number): AlarmHistoryItem[] {
  return minutesAgo.flatMap((ago) => [
    stateUpdate(name, new Date(BENCH_NOW_EPOCH_MS - ago * MINUTE_MS), ['OK', 'ALARM']),
    stateUpdate(name, new Date(BENCH_NOW_EPOCH_MS - (ago - minutes) * MINUTE_MS), ['ALARM', 'OK']),
  ]);
}

const every = (minutes: number, count: number, offset: number): number[] =>
  Array.from({ length: count }, (_, index) => offset + minutes * index);
const sorted = (items: readonly AlarmHistoryItem[]): AlarmHistoryItem[] =>
  items.toSorted((a, b) => (b.Timestamp?.getTime() ?? 0) - (a.Timestamp?.getTime() ?? 0));

interface Answer {
  readonly changes: number;
  readonly next_token?: string;
  readonly total?: number;
  readonly alarms: readonly { name: string; firings: number; is_flapping: boolean; rhythm?: object }[];
  readonly entries?: readonly object[];
}

async function ask(args: object = {}) {
  const result = await bench.run('get_alarm_history', args);
  const { structuredContent } = result;
  expect(getAlarmHistory.outputSchema.parse(structuredContent)).toEqual(structuredContent);
  return { text: bench.text(result), answer: structuredContent as Answer };
}

const start = async (history: readonly AlarmHistoryItem[], options: ToolBenchOptions = {}): Promise<void> => {
  bench = await startAlarmBench(
    { 'us-east-1': { history: sorted(history), metricAlarms: [metricAlarm('a', new Date(0))] } },
    options,
  );
};

describe('get_alarm_history without alarm_name', () => {
  it('tells which flap, which fire by the clock, and which fire most', async () => {
    await start([
      ...firings('backup', every(240, 40, 42), 24),
      ...firings('flappy', [200, 193, 181, 170, 166, 151, 149], 1),
      ...firings('once', [600], 30),
      ...firings('TargetTracking-x', every(61, 50, 10), 7),
      ...INCIDENT_HISTORY.filter(({ HistoryItemType: type }) => type !== 'StateUpdate'),
    ]);
    const { text, answer } = await ask({ start_time: '-7d' });
    expect(answer.alarms.map(({ name }) => name)).toEqual(['backup', 'flappy', 'once', 'TargetTracking-x']);
    expect(answer.alarms[0]).toMatchObject({
      firings: 40,
      rhythm: { period_seconds: 14_400, for_seconds: 1_440, hits: 40, of: 40 },
    });
    expect(answer.alarms[1]).toMatchObject({ firings: 7, is_flapping: true });
    expect(text).toMatch(
      /^4 alarms changed state 196 times between .*, 98 times into ALARM: 1 flaps, 2 fire by the clock\./,
    );
    expect(text).toContain(
      'backup — 40 × into ALARM (80 changes); by the clock: every 4h at :18 for 24m, 40 of 40 times;',
    );
    expect(text).toContain('1 alarm of auto scaling (TargetTracking-*) at the end');
    expect(bench.local.requests.of('DescribeAlarmHistory')).toHaveLength(2);
    expect(bench.local.requests.of('DescribeAlarms')).toHaveLength(0);
    const input = bench.local.requests.of('DescribeAlarmHistory')[0]?.input;
    expect(input).toMatchObject({ HistoryItemType: 'StateUpdate', MaxRecords: 100 });
    expect(input).not.toHaveProperty('AlarmName');
  });

  it('reads ten pages at most, and says what they cover', async () => {
    await start(
      Array.from({ length: 20 }, (_, index) => firings(`alarm-${index}`, every(20, 40, 5 + index), 3)).flat(),
    );
    const { text, answer } = await ask();
    expect(bench.local.requests.of('DescribeAlarmHistory')).toHaveLength(10);
    expect(answer.changes).toBe(1_000);
    expect(text).toContain('changed state at least 1,000 times');
    expect(text).toMatch(/Read: the newest 1,000 changes at most, back to 2026-03-01T03:\d\d:\d\dZ\. What was before/);
  });

  it('goes on by next_token until every alarm was shown once', async () => {
    await start(Array.from({ length: 23 }, (_, index) => firings(`alarm-${index}`, [30 + index], 3)).flat());
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const { answer } = await ask({ max_items: 10, ...(token !== undefined && { next_token: token }) });
      expect(answer.total).toBe(23);
      seen.push(...answer.alarms.map(({ name }) => name));
      token = answer.next_token;
    } while (token !== undefined);
    expect(new Set(seen).size).toBe(23);
  });

  it('says that nothing changed, and leaves aside what means one alarm only', async () => {
    await start([]);
    const { text, answer } = await ask({ include_component_alarms: true, history_item_type: 'All' });
    expect(answer).toMatchObject({ alarms: [], changes: 0 });
    expect(text).toContain('No alarm changed state between');
    expect(text).toContain('history_item_type and include_component_alarms left aside');
  });

  it('says who is denied', async () => {
    await start([], { faults: [{ operation: 'DescribeAlarmHistory', fault: { kind: 'accessDenied' } }] });
    const result = await bench.run('get_alarm_history', {});
    expect(result.isError).toBe(true);
    expect(bench.text(result)).toContain('AWS denies cloudwatch:DescribeAlarmHistory');
  });
});

describe('get_alarm_history of an alarm that repeats itself', () => {
  it('shows a short page, or as many as are asked for', async () => {
    await start(firings('a', every(240, 40, 42), 24));
    const { text, answer } = await ask({ alarm_name: 'a', start_time: '-7d' });
    expect(text).toContain('40 times into ALARM: by the clock, every 4h at :18 for 24m, 40 of 40 times;');
    expect(answer.entries).toHaveLength(10);
    expect(answer.next_token).toBeDefined();
    expect((await ask({ alarm_name: 'a', start_time: '-7d', max_items: 60 })).answer.entries).toHaveLength(60);
  });
});
