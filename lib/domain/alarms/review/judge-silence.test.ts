import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import type { Alarm } from '../alarm.ts';
import { judgeSilence, maySilent } from './judge-silence.ts';

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
    const finding = judgeSilence(alarm(own), () => published.map(dims));
    expect(finding?.why.replace(/^no data in two weeks for AWS\/Lambda Errors( \{[^}]*\})?/, '')).toBe(reason);
  });

  it('corrects the case of a metric of AWS', () => {
    const watch = {
      type: 'metric' as const,
      metric: { namespace: 'AWS/Lambda', metricName: 'errors', dimensions: [], statistic: 'Sum' },
    };
    expect(judgeSilence(alarm({}, { watch }), () => [])?.why).toContain(': AWS writes it Errors');
  });

  it('says nothing where its metric has data, in whatever order its dimensions stand, or where that is not known', () => {
    const set = fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{1,5}$/), fc.string({ minLength: 1, maxLength: 5 }), {
      maxKeys: 4,
    });
    fc.assert(
      fc.property(set, fc.array(set, { maxLength: 5 }), (own, others) => {
        expect(judgeSilence(alarm(own), () => [...others.map(dims), dims(own).reverse()])).toBeUndefined();
        expect(judgeSilence(alarm(own), () => undefined)).toBeUndefined();
      }),
    );
  });

  it('does not call a rare fault silent that counts missing data as good', () => {
    const rare = alarm({ FunctionName: 'orders' }, { state: 'OK', condition: { treatMissingData: 'notBreaching' } });
    expect(maySilent(rare, NOW)).toBe(true);
    expect(judgeSilence(rare, () => [dims({ FunctionName: 'billing-export' })])).toBeUndefined();
    expect(judgeSilence(rare, () => [dims({ FunctionName: 'order' })])?.kind).toBe('never_any_data');
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
});
