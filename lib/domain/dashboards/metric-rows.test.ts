import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { readMetricRows, resolveShorthand } from './metric-rows.ts';

const WHOLE = ['AWS/Lambda', 'Errors', 'FunctionName', 'a'];

describe('the shorthand of metric rows', () => {
  it.each([
    [
      ['.', 'Duration', '.', '.'],
      ['AWS/Lambda', 'Duration', 'FunctionName', 'a'],
    ],
    [
      ['...', 'b'],
      ['AWS/Lambda', 'Errors', 'FunctionName', 'b'],
    ],
    [['...'], WHOLE],
    [
      ['.', '...', 'b'],
      ['AWS/Lambda', 'Errors', 'FunctionName', 'b'],
    ],
    [
      ['AWS/Lambda', 'Invocations', '...', 'c'],
      ['AWS/Lambda', 'Invocations', 'FunctionName', 'c'],
    ],
    [
      ['.', 'Throttles'],
      ['AWS/Lambda', 'Throttles'],
    ],
    [
      ['.', '.', '.', '.', 'Resource', 'a:live'],
      ['AWS/Lambda', 'Errors', 'FunctionName', 'a', 'Resource', 'a:live'],
    ],
  ])('reads %j', (row, expected) => {
    expect(resolveShorthand(row, WHOLE)).toEqual(expected);
  });

  it.each([
    [['...', 'a', 'b', 'c', 'd', 'e'], WHOLE],
    [['.', '.', '.', '.', '.', 'x'], WHOLE],
    [['...', '...'], WHOLE],
    [['.', 'Errors'], undefined],
    [['...'], undefined],
  ])('refuses %j after %j', (row, before) => {
    expect(resolveShorthand(row, before)).toBeUndefined();
  });

  it('gives back every row, however much of it is left to the row before', () => {
    const part = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/^\.+$/.test(text));
    const rows = fc.integer({ min: 1, max: 4 }).chain((pairs) => {
      const length = 2 + 2 * pairs;
      const row = fc.array(part, { minLength: length, maxLength: length });
      return fc.tuple(row, row, fc.nat(length), fc.array(fc.boolean(), { minLength: length, maxLength: length }));
    });
    fc.assert(
      fc.property(rows, ([before, fresh, kept, marks]) => {
        const prefixed = [...before.slice(0, kept), ...fresh.slice(kept)];
        expect(resolveShorthand(['...', ...prefixed.slice(kept)], before)).toEqual(prefixed);
        const dotted = fresh.map((text, index) => (marks[index] === true ? '.' : text));
        const meant = fresh.map((text, index) => (marks[index] === true ? before[index] : text));
        expect(resolveShorthand(dotted, before)).toEqual(meant);
      }),
    );
  });
});

describe('metric rows', () => {
  it('keep every option', () => {
    const options = {
      id: 'm1',
      stat: 'P99.90',
      period: '60',
      region: 'eu-west-1',
      accountId: '222233334444',
      visible: false,
      label: 'slow',
      yAxis: 'right',
      color: '#fff',
    };
    expect(readMetricRows([[...WHOLE, options]])).toEqual({
      problems: [],
      metrics: [
        {
          id: 'm1',
          label: 'slow',
          isVisible: false,
          isRightAxis: true,
          region: 'eu-west-1',
          accountId: '222233334444',
          periodSeconds: 60,
          statistic: 'p99.9',
          metric: { namespace: 'AWS/Lambda', metricName: 'Errors', dimensions: [{ name: 'FunctionName', value: 'a' }] },
        },
      ],
    });
  });

  it('take shorthand from the last metric, over expressions and rows that cannot be read', () => {
    const { metrics, problems } = readMetricRows([WHOLE, [{ expression: 'm1 * 2' }], 7, ['.', 'Duration', '.', '.']]);
    expect(metrics.map(({ metric, expression }) => expression ?? metric?.metricName)).toEqual([
      'Errors',
      'm1 * 2',
      'Duration',
    ]);
    expect(problems).toEqual(['metric 3 is not a list']);
  });

  it.each<[unknown, string]>([
    ['AWS/Lambda', 'metrics is not a list'],
    [[[]], 'metric 1 has neither a name nor an expression'],
    [[[{}]], 'metric 1 has neither a name nor an expression'],
    [[['AWS/Lambda']], 'metric 1 lacks a namespace or a name'],
    [[['AWS/Lambda', 'Errors', 'FunctionName']], 'metric 1 has a dimension without a value'],
    [[['AWS/Lambda', 'Errors', 'FunctionName', '\u200b']], 'metric 1 has a dimension value that is empty or too long'],
    [[['AWS/Lambda', 'Errors', 'A', '1', 'A', '2']], 'metric 1 has a dimension twice'],
    [[['AWS/Lambda', 'Errors', 7, '1']], 'metric 1 holds something else than text'],
    [[['...', 'b']], 'metric 1 refers to a row before it that does not fit'],
    [[['n'.repeat(256), 'Errors']], 'metric 1 has a name that is empty or too long'],
    [[Array.from({ length: 100_000 }, () => 'x')], 'metric 1 has 100000 parts'],
    [[[{ expression: 'x'.repeat(2_049) }]], 'metric 1 has an expression of 2049 characters'],
    [Array.from({ length: 501 }, () => WHOLE), '1 of 501 metrics were not read'],
    [[[...WHOLE, { stat: 'p101' }]], 'metric 1 has a statistic that is not one'],
    [[[...WHOLE, { period: -1 }]], 'metric 1 has a period that is not one'],
  ])('say what is wrong in %#', (rows, problem) => {
    expect(readMetricRows(rows).problems).toEqual([problem]);
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readMetricRows(value);
        readMetricRows([value, WHOLE, value, ['...', value]]);
      }),
    );
  });
});
