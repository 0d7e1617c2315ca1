import { describe, expect, it } from 'vitest';
import type { AlarmWatch, WatchedQuery } from './alarm.ts';
import { describeDefinition, describeMissingData } from './alarm-definition.ts';

const metric = (metricName: string) => ({ namespace: 'Shop', metricName, dimensions: [], statistic: 'Sum' });
const input = (id: string, periodSeconds?: number): WatchedQuery => ({
  id,
  metric: metric(id),
  periodSeconds,
  isReturned: false,
});
const math = (expression: string, ...queries: WatchedQuery[]): AlarmWatch => ({
  type: 'math',
  expression,
  queries: [{ id: 'e1', expression, isReturned: true }, ...queries],
});
const LONG = `SELECT ${'x'.repeat(2_000)}`;

describe('describeDefinition', () => {
  it.each<[string, AlarmWatch]>([
    ['a metric', { type: 'metric', metric: metric('Orders') }],
    ['a short expression with its inputs', math('a / b', input('a'), input('b'))],
    ['a band', { type: 'anomaly', band: 'ANOMALY_DETECTION_BAND(m1, 2)', queries: [input('m1')] }],
    ['a short rule', { type: 'composite', rule: 'ALARM(a)' }],
  ])('adds nothing to %s', (_what, watch) => {
    expect(describeDefinition({ watch })).toEqual([]);
  });

  it('gives all queries where one expression uses another', () => {
    const watch = math('IF(rate > 1, rate)', { id: 'rate', expression: 'a / b', isReturned: false }, input('a', 300));
    expect(describeDefinition({ watch })).toEqual([
      'e1 = IF(rate > 1, rate)',
      'rate = a / b',
      'a = Sum of Shop a, period 5m',
    ]);
  });

  it('gives the queries of a band over an expression', () => {
    const watch: AlarmWatch = {
      type: 'anomaly',
      band: 'ANOMALY_DETECTION_BAND(e1)',
      queries: [
        { id: 'e1', expression: 'a + b', isReturned: true },
        { id: 'band', expression: 'ANOMALY_DETECTION_BAND(e1)', isReturned: true },
      ],
    };
    expect(describeDefinition({ watch })).toEqual(['e1 = a + b', 'band = ANOMALY_DETECTION_BAND(e1)']);
  });

  it('counts queries beyond twelve', () => {
    const watch = math('a', ...Array.from({ length: 20 }, (_, index) => input(`m${index}`)));
    const lines = describeDefinition({ watch });
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toBe('9 more');
  });

  it.each<[string, AlarmWatch]>([
    ['whole rule: ', { type: 'composite', rule: LONG }],
    ['whole query: ', { type: 'promql', query: LONG }],
    ['whole query: ', { type: 'log', query: LONG, aggregation: 'a', logGroups: [], schedule: '' }],
    ['e1 = ', math(LONG)],
  ])('gives what one line cuts, bounded (%s)', (begin, watch) => {
    const [line = ''] = describeDefinition({ watch });
    expect(line.startsWith(begin)).toBe(true);
    expect(line.length).toBeGreaterThan(300);
    expect(line.length).toBeLessThanOrEqual(1_520);
  });
});

describe('describeMissingData', () => {
  const watch: AlarmWatch = { type: 'metric', metric: metric('Orders') };

  it.each([
    [undefined, /missing/],
    ['missing', /INSUFFICIENT_DATA/],
    ['notBreaching', /good/],
    ['breaching', /bad/],
    ['ignore', /keeps/],
    ['new\u202eone', /^newone$/],
  ])('says what %s means', (treatMissingData, expected) => {
    expect(describeMissingData({ watch, condition: { treatMissingData } })).toMatch(expected);
  });

  it('says nothing of alarms that have no such setting', () => {
    expect(describeMissingData({ watch: { type: 'composite', rule: 'ALARM(a)' }, condition: {} })).toBeUndefined();
    expect(describeMissingData({ watch: { type: 'promql', query: 'up' }, condition: {} })).toBeUndefined();
  });
});
