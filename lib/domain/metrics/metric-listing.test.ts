import { describe, expect, it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { fc } from '../../../test/support/property.ts';
import { countMetrics, countNamespaces, countSets, countValues, sortSeries } from './metric-listing.ts';

function metric(namespace: string, metricName: string, values: Readonly<Record<string, string>> = {}) {
  return { namespace, metricName, dimensions: Object.entries(values).map(([name, value]) => ({ name, value })) };
}

const METRICS = [
  metric('shop', 'Orders'),
  metric('AWS/Lambda', 'Errors', { FunctionName: 'b' }),
  metric('AWS/Lambda', 'Errors', { FunctionName: 'a' }),
  metric('AWS/Lambda', 'Errors', { Resource: 'a:live', FunctionName: 'a' }),
  metric('AWS/Lambda', 'Duration', { FunctionName: 'a' }),
];

const anyMetrics = fc.array(
  fc.record({
    namespace: fc.constantFrom('a', 'A', 'b', '__proto__', ''),
    metricName: fc.constantFrom('x', 'X', 'constructor'),
    dimensions: fc.uniqueArray(
      fc.record({ name: fc.constantFrom('d', 'D', '__proto__'), value: fc.string({ maxLength: 2 }) }),
      { selector: ({ name }) => name, maxLength: 3 },
    ),
  }),
);

describe('lists of metrics', () => {
  it('count namespaces', () => {
    expect(finish(countNamespaces(METRICS))).toEqual([
      { namespace: 'AWS/Lambda', metrics: 2, series: 4 },
      { namespace: 'shop', metrics: 1, series: 1 },
    ]);
  });

  it('count metrics with their dimension sets, whatever the order of the dimensions', () => {
    expect(finish(countMetrics(METRICS))).toEqual([
      { namespace: 'AWS/Lambda', metricName: 'Duration', series: 1, sets: [{ names: ['FunctionName'], series: 1 }] },
      {
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        series: 3,
        sets: [
          { names: ['FunctionName'], series: 2 },
          { names: ['FunctionName', 'Resource'], series: 1 },
        ],
      },
      { namespace: 'shop', metricName: 'Orders', series: 1, sets: [{ names: [], series: 1 }] },
    ]);
  });

  it('count the values of each dimension', () => {
    expect(finish(countValues(METRICS))).toEqual([
      { name: 'FunctionName', values: 2 },
      { name: 'Resource', values: 1 },
    ]);
  });

  it('sort series by their number of dimensions, then by name and value', () => {
    expect(
      finish(sortSeries(METRICS.slice(1, 4))).map(({ dimensions }) => dimensions.map(({ value }) => value)),
    ).toEqual([['a'], ['b'], ['a:live', 'a']]);
  });

  it('lose no series and do not depend on the order in which they come', () => {
    fc.assert(
      fc.property(anyMetrics, (metrics) => {
        const turned = metrics.toReversed();
        const total = (counts: readonly { series: number }[]): number =>
          counts.reduce((sum, { series }) => sum + series, 0);
        expect(total(finish(countNamespaces(metrics)))).toBe(metrics.length);
        expect(total(finish(countMetrics(metrics)))).toBe(metrics.length);
        expect(total(finish(countSets(metrics)))).toBe(metrics.length);
        expect(finish(countMetrics(turned))).toEqual(finish(countMetrics(metrics)));
        expect(finish(countNamespaces(turned))).toEqual(finish(countNamespaces(metrics)));
        expect(finish(countValues(turned))).toEqual(finish(countValues(metrics)));
        expect(finish(sortSeries(metrics))).toHaveLength(metrics.length);
      }),
    );
  });

  it('say nothing of nothing', () => {
    expect([
      finish(countNamespaces([])),
      finish(countMetrics([])),
      finish(countSets([])),
      finish(countValues([])),
      finish(sortSeries([])),
    ]).toEqual([[], [], [], [], []]);
  });
});
