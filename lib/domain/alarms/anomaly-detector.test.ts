import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import type { AlarmWatch, WatchedMetric, WatchedQuery } from './alarm.ts';
import { type AnomalyDetector, bandedOf, describeDetector, findDetector } from './anomaly-detector.ts';

const dimension = fc.record({ name: fc.constantFrom('A', 'B'), value: fc.constantFrom('1', '2') });
const anyMetric: fc.Arbitrary<WatchedMetric> = fc.record({
  namespace: fc.constantFrom('Shop', 'shop'),
  metricName: fc.constantFrom('Wait', 'Load'),
  dimensions: fc.uniqueArray(dimension, { maxLength: 2, selector: ({ name }) => name }),
  statistic: fc.constantFrom('Sum', 'p99'),
  accountId: fc.constantFrom(undefined, '444455556666'),
});
const keyOf = ({ dimensions, ...metric }: WatchedMetric): string =>
  JSON.stringify({ ...metric, dimensions: dimensions.map(({ name, value }) => `${name}=${value}`).sort() });

const banded = (watch: AlarmWatch) => bandedOf({ watch, condition: {} });
const on = (metric: WatchedMetric): AlarmWatch => ({
  type: 'anomaly',
  band: 'ANOMALY_DETECTION_BAND(m1, 2)',
  queries: [
    { id: 'm1', metric, isReturned: true },
    { id: 'ad1', expression: 'ANOMALY_DETECTION_BAND(m1, 2)', isReturned: true },
  ],
});

describe('the detector behind a band', () => {
  it('is the one on just that metric and statistic, whatever the order of its dimensions', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyMetric, { minLength: 1, selector: keyOf }), (metrics) => {
        const detectors: AnomalyDetector[] = metrics.map((metric) => ({
          metric: { ...metric, dimensions: metric.dimensions.toReversed() },
          excluded: [],
        }));
        for (const [index, metric] of metrics.entries()) {
          const what = banded(on(metric));
          const found = what === undefined ? undefined : findDetector(detectors, what);
          // Where an account is not told, the same metric of one's own and of a linked account are alike.
          expect(keyOf({ ...found?.metric, accountId: undefined } as WatchedMetric)).toBe(
            keyOf({ ...metric, accountId: undefined }),
          );
          const others = detectors.filter(
            (_, other) => other !== index && metrics[other]?.metricName !== metric.metricName,
          );
          expect(what === undefined ? undefined : findDetector(others, what)).toBeUndefined();
        }
      }),
    );
  });

  it('is on metric math where the expression and its metrics are the same', () => {
    const metric = (metricName: string): WatchedMetric => ({
      namespace: 'Shop',
      metricName,
      dimensions: [],
      statistic: 'Sum',
    });
    const queries: WatchedQuery[] = [
      { id: 'rate', expression: '100 * errors / calls', isReturned: true },
      { id: 'errors', metric: metric('Errors'), isReturned: false },
      { id: 'calls', metric: metric('Calls'), isReturned: false },
    ];
    const detector: AnomalyDetector = { queries, excluded: [] };
    const band = 'ANOMALY_DETECTION_BAND(rate, 2)';
    const alarm = (operands: readonly WatchedQuery[]): AlarmWatch => ({
      type: 'anomaly',
      band,
      queries: [...operands, { id: 'ad1', expression: band, isReturned: true }],
    });
    const find = (watch: AlarmWatch) => {
      const what = banded(watch);
      return what === undefined ? undefined : findDetector([detector], what);
    };
    expect(find(alarm(queries.map((query) => ({ ...query, expression: query.expression?.replaceAll(' ', '') }))))).toBe(
      detector,
    );
    expect(
      find(alarm(queries.map((query) => (query.id === 'calls' ? { ...query, metric: metric('Hits') } : query)))),
    ).toBeUndefined();
    expect(find(on(metric('Errors')))).toBeUndefined();
    expect(banded({ type: 'metric', metric: metric('Errors') })).toBeUndefined();
  });

  it('tells what is not so by default, and what keeps the band from being good', () => {
    expect(
      describeDetector({ state: 'TRAINED', excluded: [], adaptationSpeed: 'NORMAL', outlierFiltering: 'MODERATE' }),
    ).toBe('anomaly detector: TRAINED');
    const excluded = Array.from({ length: 7 }, (_, day) => ({
      startEpochMs: Date.UTC(2026, 0, day + 1),
      endEpochMs: Date.UTC(2026, 0, day + 1, 1),
    }));
    expect(
      describeDetector({
        state: 'TRAINED_INSUFFICIENT_DATA',
        excluded,
        timeZone: 'Europe/Berlin',
        adaptationSpeed: 'FAST',
        hasPeriodicSpikes: true,
      }),
    ).toMatchInlineSnapshot(
      `"anomaly detector: TRAINED_INSUFFICIENT_DATA: it has had too little data (warm-up), so its band may be missing or poor; learns by the wall clock in Europe/Berlin; leaves out 2026-01-01T00:00:00Z to 2026-01-01T01:00:00Z, 2026-01-02T00:00:00Z to 2026-01-02T01:00:00Z, 2026-01-03T00:00:00Z to 2026-01-03T01:00:00Z, 2026-01-04T00:00:00Z to 2026-01-04T01:00:00Z, 2026-01-05T00:00:00Z to 2026-01-05T01:00:00Z and 2 more; adapts to a new level FAST; expects spikes that recur (PeriodicSpikes)"`,
    );
    expect(describeDetector({ excluded: [] })).toBe('anomaly detector: its state is not told');
    expect(describeDetector({ state: 'LATER\nthan this', excluded: [] })).toBe('anomaly detector: LATER than this');
  });
});
