import { afterEach, describe, expect, it } from 'vitest';
import { startAlarmBench } from '../../../../test/support/alarm-bench.ts';
import { at, compositeAlarm, INCIDENT, metricAlarm } from '../../../../test/support/alarm-fixtures.ts';
import type { ToolBench } from '../../../../test/support/tool-bench.ts';
import { getActiveAlarms } from './get-active-alarms.ts';

let bench: ToolBench;
afterEach(() => bench.close());

const ask = (args: unknown = {}) => bench.run('get_active_alarms', args);

interface Answer {
  readonly firing: number;
  readonly hidden_autoscaling: number;
  readonly total: number;
  readonly next_token?: string;
  readonly warnings?: readonly string[];
  readonly alarms: readonly { readonly name: string; readonly region: string; readonly threshold?: number }[];
}

async function answer(args: unknown = {}): Promise<Answer> {
  const { structuredContent } = await ask(args);
  // What the schema does not know would be stripped, so equality proves that nothing is outside it.
  expect(getActiveAlarms.outputSchema.parse(structuredContent)).toEqual(structuredContent);
  return structuredContent as Answer;
}

const names = ({ alarms }: Answer): string[] => alarms.map(({ name }) => name);

describe('get_active_alarms', () => {
  it('takes the arguments of the guide', async () => {
    bench = await startAlarmBench({ 'us-east-1': INCIDENT });
    const found = await answer({ max_items: 5, region: 'us-east-1' });
    expect(names(found)).toHaveLength(5);
    expect(found).toMatchObject({ firing: 6, total: 6, hidden_autoscaling: 1 });
  });

  it('asks for metric, composite and log alarms by name of their types', async () => {
    bench = await startAlarmBench({ 'us-east-1': INCIDENT });
    await ask();
    expect(bench.local.requests.of('DescribeAlarms')[0]?.input).toMatchObject({
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
      StateValue: 'ALARM',
      MaxRecords: 100,
    });
  });

  it('gives no threshold where there is none: a band, PromQL, a rule', async () => {
    bench = await startAlarmBench({ 'us-east-1': INCIDENT });
    const { alarms } = await answer();
    const thresholds = Object.fromEntries(alarms.map(({ name, threshold }) => [name, threshold]));
    expect(thresholds).toEqual({
      'payment-log-errors': 10,
      'shop-health': undefined,
      'checkout-error-rate': 5,
      'checkout-latency': 3000,
      'db-connections-unusual': undefined,
      'pod-restarts': undefined,
    });
    expect(bench.text(await ask())).not.toContain('above 0');
  });

  it('shows auto scaling alarms on request, or when the prefix names them', async () => {
    bench = await startAlarmBench({ 'us-east-1': INCIDENT });
    expect(names(await answer({ include_autoscaling: true }))[0]).toBe('TargetTracking-service/shop-AlarmHigh');
    expect(names(await answer({ name_prefix: 'TargetTracking-' }))).toEqual(['TargetTracking-service/shop-AlarmHigh']);
  });

  it('names children that the prefix leaves out', async () => {
    bench = await startAlarmBench({ 'us-east-1': INCIDENT });
    const text = bench.text(await ask({ name_prefix: 'shop-' }));
    expect(text).toContain('1 alarm beginning with `shop-` is firing (1 composite); the newest: `shop-health`');
    expect(text).toMatch(/firing below it, not in this list: checkout-(latency|error-rate), checkout-/);
  });

  it('nests composites in composites and counts each alarm once', async () => {
    bench = await startAlarmBench({
      'us-east-1': {
        metricAlarms: [metricAlarm('leaf', at('11:00'))],
        compositeAlarms: [
          compositeAlarm('inner', at('11:01'), 'ALARM(leaf)'),
          compositeAlarm('outer', at('11:02'), 'ALARM(inner) OR ALARM(leaf)'),
        ],
      },
    });
    const found = await answer();
    expect(names(found)).toEqual(['outer', 'inner', 'leaf']);
    expect(found.firing).toBe(3);
    expect(found.alarms[2]).toMatchObject({ parents: ['inner', 'outer'] });
  });

  it('goes on by next_token until every alarm was shown once', async () => {
    bench = await startAlarmBench({
      'us-east-1': {
        metricAlarms: Array.from({ length: 250 }, (_, index) => metricAlarm(`alarm-${index}`, new Date(1e12 + index))),
      },
    });
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const page = await answer({ max_items: 100, ...(token !== undefined && { next_token: token }) });
      expect(page.total).toBe(250);
      seen.push(...names(page));
      token = page.next_token;
    } while (token !== undefined);
    expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => `alarm-${249 - index}`));
  });

  it('asks several regions and puts their alarms into one order', async () => {
    bench = await startAlarmBench({
      'us-east-1': INCIDENT,
      'eu-west-1': { metricAlarms: [metricAlarm('eu-newest', at('11:55'))] },
    });
    const text = bench.text(await ask({ regions: ['us-east-1', 'eu-west-1'] }));
    expect(text).toContain('7 alarms are firing (5 metric, 1 composite, 1 log');
    expect(text).toContain('• eu-newest — ALARM for 5m (since 2026-03-01T11:55:00Z), metric alarm, default/eu-west-1');
    const { alarms } = await answer({ regions: ['us-east-1', 'eu-west-1'] });
    expect(alarms.map(({ region }) => region).slice(0, 2)).toEqual(['eu-west-1', 'us-east-1']);
  });
});

describe('get_active_alarms when nothing fires', () => {
  it('says how many alarms there are', async () => {
    bench = await startAlarmBench({
      'us-east-1': { metricAlarms: [metricAlarm('a', at('11:00'), { StateValue: 'OK' })] },
    });
    const text = bench.text(await ask());
    expect(text).toContain('No alarm is firing in us-east-1.');
    expect(text).toContain('us-east-1 has 1 alarm, not in ALARM.');
    expect(text).toContain('regions=["all"]');
  });

  it('says that there are none at all', async () => {
    bench = await startAlarmBench({});
    expect(bench.text(await ask())).toContain('There is no alarm at all in us-east-1');
    expect(await answer()).toMatchObject({ firing: 0, total: 0, alarms: [] });
  });

  it('suggests names near a prefix that matches nothing', async () => {
    bench = await startAlarmBench({ 'us-east-1': INCIDENT });
    const text = bench.text(await ask({ name_prefix: 'Checkout-latensy' }));
    // Others fire.
    expect(text).toMatch(/^No alarm beginning with `Checkout-latensy` is firing in us-east-1\./);
    expect(text).toContain(
      'begins with `Checkout-latensy` (upper and lower case count); near names: `checkout-latency`',
    );
  });

  it('does not ask for mute rules', async () => {
    bench = await startAlarmBench({});
    await ask();
    expect(bench.local.requests.of('ListAlarmMuteRules')).toEqual([]);
  });
});
