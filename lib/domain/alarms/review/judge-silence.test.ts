import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { HOUR_MS } from '../../time.ts';
import type { Alarm, AlarmWatch } from '../alarm.ts';
import { judgeSilence, maySilent, watchedMetrics } from './judge-silence.ts';
import { PublishedSeries } from './published-series.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const dims = (set: Readonly<Record<string, string>>) => Object.entries(set).map(([name, value]) => ({ name, value }));
const alarm = (set: Readonly<Record<string, string>>, more: Partial<Alarm> = {}): Alarm => ({
  kind: 'metric',
  name: 'a',
  state: 'INSUFFICIENT_DATA',
  transitionedEpochMs: NOW - 86_400_000,
  actionsEnabled: true,
  alarmActions: [],
  okActions: [],
  insufficientDataActions: [],
  watch: {
    type: 'metric',
    metric: { namespace: 'AWS/Lambda', metricName: 'Errors', dimensions: dims(set), statistic: 'Sum' },
  },
  condition: {},
  ...more,
});

describe('judgeSilence', () => {
  it.each([
    [
      'a value that is nearly right',
      { FunctionName: 'shop-crat' },
      [{ FunctionName: 'shop-cart' }, { FunctionName: 'x' }],
      ': FunctionName=shop-crat does not exist, FunctionName=shop-cart does',
    ],
    [
      'another set of dimensions',
      { FunctionName: 'a' },
      [{ FunctionName: 'a', Resource: 'a:live' }],
      ': it is published with FunctionName + Resource, not with FunctionName',
    ],
    ['no dimensions', {}, [{ FunctionName: 'a' }], ': it is published with FunctionName, not with no dimensions'],
    ['nothing that is near', { FunctionName: 'orders' }, [{ FunctionName: 'billing-export' }], ''],
  ])('tells %s', (_what, own, published, reason) => {
    const finding = judgeSilence(alarm(own), () => new PublishedSeries(published.map(dims)));
    expect(finding?.why.replace(/^no data in two weeks for AWS\/Lambda Errors( \{[^}]*\})?/, '')).toBe(reason);
  });

  it('corrects the case of a metric of AWS', () => {
    const watch = {
      type: 'metric' as const,
      metric: { namespace: 'AWS/Lambda', metricName: 'errors', dimensions: [], statistic: 'Sum' },
    };
    expect(judgeSilence(alarm({}, { watch }), () => new PublishedSeries([]))?.why).toContain(': AWS writes it Errors');
  });

  it('says nothing where its metric has data, in whatever order its dimensions stand, or where that is not known', () => {
    const set = fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{1,5}$/), fc.string({ minLength: 1, maxLength: 5 }), {
      maxKeys: 4,
    });
    fc.assert(
      fc.property(set, fc.array(set, { maxLength: 5 }), (own, others) => {
        expect(
          judgeSilence(alarm(own), () => new PublishedSeries([...others.map(dims), dims(own).reverse()])),
        ).toBeUndefined();
        expect(judgeSilence(alarm(own), () => undefined)).toBeUndefined();
      }),
    );
  });

  it('does not call a rare fault silent that counts missing data as good', () => {
    const rare = alarm({ FunctionName: 'orders' }, { state: 'OK', condition: { treatMissingData: 'notBreaching' } });
    expect(maySilent(rare, NOW)).toBe(true);
    expect(judgeSilence(rare, () => new PublishedSeries([dims({ FunctionName: 'billing-export' })]))).toBeUndefined();
    expect(judgeSilence(rare, () => new PublishedSeries([dims({ FunctionName: 'order' })]))?.kind).toBe(
      'never_any_data',
    );
  });

  it('leaves an alarm of a linked account, and one of a minute ago, alone', () => {
    expect(maySilent(alarm({ FunctionName: 'a' }, { transitionedEpochMs: NOW - 60_000 }), NOW)).toBe(false);
    const metric = {
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: [],
      statistic: 'Sum',
      accountId: '333344445555',
    };
    expect(maySilent(alarm({}, { watch: { type: 'metric', metric } }), NOW)).toBe(false);
  });

  it.each([
    ['three sets', ['A', 'B', 'C'], 'A, or B, or C'],
    ['the first three of four', ['A', 'B', 'C', 'D'], 'A, or B, or C'],
    ['a set once', ['A', 'A', 'B'], 'A, or B'],
    ['the metric without dimensions', [], 'no dimensions'],
  ])('names %s that it is published with', (_what, names, told) => {
    const published = names.length === 0 ? [[]] : names.map((name, at) => dims({ [name]: `v${at}` }));
    expect(judgeSilence(alarm({ FunctionName: 'a' }), () => new PublishedSeries(published))).toEqual({
      kind: 'never_any_data',
      names: ['a'],
      why: `no data in two weeks for AWS/Lambda Errors {FunctionName=a}: it is published with ${told}, not with FunctionName`,
    });
  });

  it('corrects one value only where the others are as published', () => {
    const own = { FunctionName: 'shop-crat', Resource: 'x' };
    const why = (...published: readonly Readonly<Record<string, string>>[]) =>
      judgeSilence(alarm(own), () => new PublishedSeries(published.map(dims)))?.why.replace(/^.*?\}/, '');
    expect(why({ FunctionName: 'shop-cart', Resource: 'x' })).toBe(
      ': FunctionName=shop-crat does not exist, FunctionName=shop-cart does',
    );
    expect(why({ FunctionName: 'shop-cart', Resource: 'other' })).toBe('');
    // The value of one dimension as another's is no value of its own.
    expect(why({ FunctionName: 'shop-cart', Resource: 'shop-crat' })).toBe('');
  });

  it('has no name to tell where AWS has none that is near, or the same', () => {
    const named = (metricName: string) =>
      judgeSilence(
        alarm(
          {},
          {
            watch: {
              type: 'metric',
              metric: { namespace: 'AWS/Lambda', metricName, dimensions: [], statistic: 'Sum' },
            },
          },
        ),
        () => new PublishedSeries([]),
      )?.why;
    expect(named('Errors')).toBe('no data in two weeks for AWS/Lambda Errors');
    expect(named('TurnoverOfTheShop')).toBe('no data in two weeks for AWS/Lambda TurnoverOfTheShop');
  });
});

describe('maySilent', () => {
  it.each([
    ['INSUFFICIENT_DATA', undefined, true],
    ['INSUFFICIENT_DATA', 'breaching', true],
    ['OK', undefined, false],
    ['OK', 'missing', false],
    ['OK', 'breaching', false],
    ['OK', 'ignore', true],
    ['OK', 'notBreaching', true],
    ['ALARM', 'ignore', false],
    ['ALARM', 'notBreaching', false],
    ['ALARM', 'breaching', false],
  ] as const)('takes %s with missing data as %s for %s', (state, treatMissingData, expected) => {
    expect(maySilent(alarm({ A: 'a' }, { state, condition: { treatMissingData } }), NOW)).toBe(expected);
  });

  it('asks for three hours', () => {
    const since = (ago: number) => maySilent(alarm({ A: 'a' }, { transitionedEpochMs: NOW - ago }), NOW);
    expect([since(3 * HOUR_MS - 1), since(3 * HOUR_MS), since(3 * HOUR_MS + 1)]).toEqual([false, true, true]);
  });
});

describe('watchedMetrics', () => {
  it('finds all metrics of the own account, whatever the kind of the alarm', () => {
    const one = { namespace: 'A', metricName: 'm', dimensions: [], statistic: 'Sum' };
    const two = { ...one, metricName: 'n' };
    const queries = [
      { id: 'e', expression: 'm1 / m2', isReturned: true },
      { id: 'm1', metric: one, isReturned: false },
      { id: 'm2', metric: two, isReturned: false },
      { id: 'm3', metric: { ...two, accountId: '333344445555' }, isReturned: false },
    ];
    const watches: readonly (readonly [AlarmWatch, readonly unknown[]])[] = [
      [{ type: 'metric', metric: one }, [one]],
      [{ type: 'math', expression: 'm1 / m2', queries }, [one, two]],
      [{ type: 'anomaly', band: 'b', queries }, [one, two]],
      [{ type: 'promql', query: 'm' }, []],
      [{ type: 'log', query: 'q', aggregation: 'count', logGroups: ['g'], schedule: 's' }, []],
      [{ type: 'composite', rule: 'ALARM(a)' }, []],
    ];
    expect(watches.map(([watch]) => watchedMetrics({ watch }))).toEqual(watches.map(([, metrics]) => metrics));
  });
});
