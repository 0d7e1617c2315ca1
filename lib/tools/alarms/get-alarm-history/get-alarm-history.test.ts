import { afterEach, describe, expect, it } from 'vitest';
import { startAlarmBench } from '../../../../test/support/alarm-bench.ts';
import {
  alarmArn,
  at,
  compositeAlarm,
  flaps,
  INCIDENT,
  INCIDENT_HISTORY,
  metricAlarm,
  stateUpdate,
} from '../../../../test/support/alarm-fixtures.ts';
import type { ToolBench } from '../../../../test/support/tool-bench.ts';
import { getAlarmHistory } from './get-alarm-history.ts';

const SHOP = { 'us-east-1': { ...INCIDENT, history: INCIDENT_HISTORY } };

let bench: ToolBench;
afterEach(() => bench.close());

interface Answer {
  readonly changes: number;
  readonly total: number;
  readonly next_token?: string;
  readonly in_alarm_seconds?: number;
  readonly is_flapping: boolean;
  readonly entries: readonly { readonly time: string; readonly alarm: string; readonly type: string }[];
  readonly windows: readonly { readonly start_time: string; readonly end_time: string; readonly alarms: string[] }[];
  readonly next_calls: readonly { readonly tool: string; readonly arguments: string }[];
}

async function ask(args: Readonly<Record<string, unknown>>): Promise<{ text: string; answer: Answer }> {
  const result = await bench.run('get_alarm_history', args);
  const { structuredContent } = result;
  // What the schema does not know would be stripped, so equality proves that nothing is outside it.
  expect(getAlarmHistory.outputSchema.parse(structuredContent)).toEqual(structuredContent);
  return { text: bench.text(result), answer: structuredContent as Answer };
}

describe('get_alarm_history', () => {
  it('asks for the history of every kind of alarm', async () => {
    bench = await startAlarmBench(SHOP);
    const { answer } = await ask({ alarm_name: 'shop-health' });
    expect(answer.entries).toMatchObject([{ time: '2026-03-01T11:27:00Z', alarm: 'shop-health' }]);
    expect(bench.local.requests.of('DescribeAlarmHistory')[0]?.input).toMatchObject({
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
      HistoryItemType: 'StateUpdate',
    });
  });

  it('adds the alarms below a composite one by the API, at any depth, merged by time', async () => {
    bench = await startAlarmBench({
      'us-east-1': {
        ...INCIDENT,
        compositeAlarms: [
          ...INCIDENT.compositeAlarms,
          compositeAlarm('top', at('11:28'), 'OK(x) OR ALARM(shop-health)'),
        ],
        history: [stateUpdate('top', at('11:28'), ['OK', 'ALARM'], { type: 'CompositeAlarm' }), ...INCIDENT_HISTORY],
      },
    });
    const { answer, text } = await ask({
      alarm_name: 'top',
      include_component_alarms: true,
      start_time: '2026-03-01T11:00',
    });
    expect(answer.entries.map(({ alarm }) => alarm)).toEqual(['top', 'shop-health', 'checkout-latency']);
    expect(answer.windows).toEqual([
      {
        start_time: '2026-03-01T11:02:00Z',
        end_time: '2026-03-01T11:38:00Z',
        changes: 3,
        alarms: ['checkout-latency', 'shop-health', 'top'],
      },
    ]);
    expect(text).toContain('2026-03-01T11:27:00Z  shop-health  OK → ALARM: checkout-latency transitioned to ALARM');
    expect(answer.next_calls[0]?.arguments).toContain('"value":"checkout"');
  });

  it('says that a composite alarm has components, and that another alarm has none', async () => {
    bench = await startAlarmBench(SHOP);
    expect((await ask({ alarm_name: 'shop-health' })).text).toContain(
      'include_component_alarms=true adds the alarms below it',
    );
    const { text } = await ask({ alarm_name: 'checkout-latency', include_component_alarms: true });
    expect(text).toContain('It is not a composite alarm');
  });

  it('names flapping with its rate, and merges its windows', async () => {
    bench = await startAlarmBench({
      'us-east-1': {
        metricAlarms: [metricAlarm('flappy', at('11:10'), { StateValue: 'OK' })],
        history: flaps('flappy', '08:00', '08:20', '09:00', '09:20', '11:00'),
      },
    });
    const { text, answer } = await ask({ alarm_name: 'flappy', start_time: '2026-03-01T07:00:00Z' });
    expect(text.split('\n')[0]).toBe(
      '`flappy` changed state 10 times between 2026-03-01T07:00:00Z and 2026-03-01T12:00:00Z, 5 times into ALARM: it flaps; now it is OK, since 2026-03-01T11:10:00Z (50m ago).',
    );
    expect(text).toContain('Flapping: 10 changes from 2026-03-01T08:00:00Z to 2026-03-01T11:10:00Z, 2.8 an hour.');
    expect(text).toContain('In ALARM for 50m of 5h (17 %).');
    expect(answer.windows.map((window) => [window.start_time.slice(11, 16), window.end_time.slice(11, 16)])).toEqual([
      ['10:45', '11:12'],
      ['08:45', '09:32'],
      ['07:45', '08:32'],
    ]);
  });

  it('gives arguments that the next tools take', async () => {
    bench = await startAlarmBench(SHOP);
    const { answer } = await ask({ alarm_name: 'checkout-latency' });
    const calls = answer.next_calls.map(({ tool, arguments: args }) => ({ tool, args: JSON.parse(args) as unknown }));
    const window = { start_time: '2026-03-01T11:11:00Z', end_time: '2026-03-01T11:28:00Z', region: 'us-east-1' };
    expect(calls).toEqual([
      {
        tool: 'get_metric_data',
        args: {
          namespace: 'AWS/Lambda',
          metric_name: 'Duration',
          dimensions: [{ name: 'FunctionName', value: 'checkout' }],
          statistic: 'p99',
          period: 60,
          ...window,
        },
      },
      {
        tool: 'execute_log_insights_query',
        args: {
          log_group_names: ['/aws/lambda/checkout'],
          query_string: expect.stringContaining('| sort @timestamp desc'),
          ...window,
        },
      },
    ]);
  });

  it('hands on the query of a log alarm', async () => {
    bench = await startAlarmBench({
      'us-east-1': {
        ...INCIDENT,
        history: [stateUpdate('payment-log-errors', at('11:40'), ['OK', 'ALARM'], { type: 'LogAlarm' })],
      },
    });
    const { answer } = await ask({ alarm_name: 'payment-log-errors' });
    expect(answer.next_calls).toEqual([
      {
        tool: 'execute_log_insights_query',
        arguments:
          '{"log_group_names":["/aws/lambda/payment"],"query_string":"filter level = \\"ERROR\\"","start_time":"2026-03-01T10:25:00Z","end_time":"2026-03-01T11:50:00Z","region":"us-east-1"}',
      },
    ]);
  });

  it('takes an ARN, which decides the region', async () => {
    bench = await startAlarmBench({
      'eu-west-1': { metricAlarms: [metricAlarm('eu', at('11:00'))], history: flaps('eu', '11:00') },
    });
    const { text } = await ask({ alarm_name: alarmArn('eu', 'eu-west-1') });
    expect(text).toContain('Account/region: default/eu-west-1');
    expect(text).toContain('`eu` changed state 2 times');
  });

  it('still tells the history of an alarm that was deleted', async () => {
    bench = await startAlarmBench({ 'us-east-1': { history: flaps('gone', '10:00') } });
    const { text } = await ask({ alarm_name: 'gone' });
    expect(text.split('\n')[0]).toContain('it does not exist any more.');
    expect(text).toContain('OK → ALARM (for 10m)');
  });

  it('looks back 30 days at most, and says so', async () => {
    bench = await startAlarmBench(SHOP);
    const { text } = await ask({ alarm_name: 'checkout-latency', start_time: '-90d' });
    expect(text).toContain(
      'CloudWatch keeps alarm history for 30 days: the range begins at 2026-01-30T12:00:00Z, not at 2025-12-01T12:00:00Z.',
    );
  });

  it('says what to try when nothing happened', async () => {
    bench = await startAlarmBench(SHOP);
    const { text, answer } = await ask({ alarm_name: 'pod-restarts', start_time: '-3h' });
    expect(text.split('\n')[0]).toBe(
      '`pod-restarts` did not change state between 2026-03-01T09:00:00Z and 2026-03-01T12:00:00Z; now it is ALARM, since 2026-03-01T08:00:00Z (4h ago).',
    );
    expect(text).toContain('In ALARM for 3h of 3h (100 %).');
    expect(text).toContain(
      'Hint: There is no StateUpdate entry in this range: try an earlier start_time (up to -30d) or history_item_type=All.',
    );
    expect(answer).toMatchObject({ changes: 0, total: 0, windows: [], next_calls: [] });
  });

  it('goes on by next_token', async () => {
    bench = await startAlarmBench({
      'us-east-1': {
        metricAlarms: [metricAlarm('a', at('11:00'))],
        history: flaps('a', '08:00', '09:00', '10:00', '11:00'),
      },
    });
    const times: string[] = [];
    let token: string | undefined;
    do {
      const { answer } = await ask({
        alarm_name: 'a',
        max_items: 3,
        ...(token !== undefined && { next_token: token }),
      });
      expect(answer).toMatchObject({ changes: 8, total: 8 });
      times.push(...answer.entries.map(({ time }) => time));
      token = answer.next_token;
    } while (token !== undefined);
    expect(times).toHaveLength(8);
    expect(times).toEqual([...times].sort().reverse());
  });
});
