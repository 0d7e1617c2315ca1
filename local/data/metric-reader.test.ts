import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { createWorld } from '../world.ts';
import { createMetricStore, readRetentionMs } from './metric-reader.ts';
import { buildMetricCatalog } from './metrics/catalog.ts';

const MINUTE_MS = 60_000;
const NOW = Date.UTC(2026, 4, 20, 14, 30);
const WORLD = createWorld(11, NOW);
const CATALOG = buildMetricCatalog(WORLD, 'prod', 'us-east-1');
const STORE = createMetricStore(CATALOG, NOW);
const metric = fc.constantFrom(...CATALOG.models.filter((model) => model.publishingPeriodSeconds === 60));
const minutesAgo = fc.integer({ min: 5, max: 14 * 1440 });

describe('the metrics of the shop', () => {
  it('are many, of many services, and unique', () => {
    expect(CATALOG.models.length).toBeGreaterThan(500);
    expect(CATALOG.byKey.size).toBe(CATALOG.models.length);
  });

  it('give consistent statistics at any time', () => {
    fc.assert(
      fc.property(metric, minutesAgo, fc.constantFrom(60, 300, 3600), (model, ago, period) => {
        const range = { startEpochMs: NOW - ago * MINUTE_MS, endEpochMs: NOW - ago * MINUTE_MS + 2 * period * 1000 };
        const read = (statistic: string) => STORE.read(model, range, period, statistic).values;
        const [minimum, average, p99, maximum, sum, count] = [
          'Minimum',
          'Average',
          'p99',
          'Maximum',
          'Sum',
          'SampleCount',
        ].map(read);
        for (const [index, mean] of (average ?? []).entries()) {
          expect(minimum?.[index]).toBeLessThanOrEqual(mean + 1e-6);
          expect(maximum?.[index]).toBeGreaterThanOrEqual(mean - 1e-6);
          expect(p99?.[index]).toBeLessThanOrEqual(maximum?.[index] ?? 0);
          expect((sum?.[index] ?? 0) / (count?.[index] ?? 1)).toBeCloseTo(mean, 4);
          expect(minimum?.[index]).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('add up: five minutes are the sum of their minutes', () => {
    fc.assert(
      fc.property(metric, minutesAgo, (model, ago) => {
        const startEpochMs = Math.floor((NOW - ago * MINUTE_MS) / 300_000) * 300_000;
        const range = { startEpochMs, endEpochMs: Math.min(startEpochMs + 300_000, NOW) };
        const minutes = STORE.read(model, range, 60, 'Sum').values.reduce((total, value) => total + value, 0);
        expect(STORE.read(model, range, 300, 'Sum').values[0] ?? 0).toBeCloseTo(minutes, 4);
      }),
    );
  });

  it('count failures as a part of the requests', () => {
    const range = { startEpochMs: NOW - 60 * MINUTE_MS, endEpochMs: NOW };
    const of = (metricName: string, statistic: string) => {
      const model = CATALOG.models.find(
        (candidate) => candidate.metricName === metricName && candidate.dimensions[0]?.value === 'shop-checkout',
      );
      return model === undefined ? [] : STORE.read(model, range, 60, statistic).values;
    };
    expect(of('Errors', 'SampleCount')).toEqual(of('Invocations', 'Sum'));
    expect(of('Duration', 'SampleCount')).toEqual(of('Invocations', 'Sum'));
  });

  it('have a day and a weekend in them', () => {
    const dayMs = 1440 * MINUTE_MS;
    const invocations = CATALOG.models.find(
      (model) => model.metricName === 'Invocations' && model.dimensions.length === 0,
    );
    if (invocations === undefined) throw new Error('no account-wide Invocations');
    const range = { startEpochMs: NOW - 14 * dayMs, endEpochMs: NOW - dayMs };
    const { timestampsEpochMs, values } = STORE.read(invocations, range, 3600, 'Sum');
    const meanOf = (isIn: (date: Date) => boolean): number => {
      const chosen = values.filter((_value, index) => isIn(new Date(timestampsEpochMs[index] ?? 0)));
      return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
    };
    expect(meanOf((date) => date.getUTCHours() === 19)).toBeGreaterThan(2 * meanOf((date) => date.getUTCHours() === 6));
    expect(meanOf((date) => date.getUTCDay() === 6)).toBeGreaterThan(1.1 * meanOf((date) => date.getUTCDay() === 2));
  });

  it('keep periods as long as the service does', () => {
    expect([30, 60, 120, 300, 900, 3600, 86_400].map((period) => readRetentionMs(period) / (1440 * MINUTE_MS))).toEqual(
      [0, 15, 15, 63, 63, 455, 455],
    );
  });

  it('are equal for equal seeds and differ for others', () => {
    const range = { startEpochMs: NOW - 30 * MINUTE_MS, endEpochMs: NOW };
    const readAll = (seed: number) => {
      const world = createWorld(seed, NOW);
      const catalog = buildMetricCatalog(world, 'prod', 'us-east-1');
      const store = createMetricStore(catalog, NOW);
      return catalog.models.slice(0, 40).map((model) => store.read(model, range, 60, 'Average').values);
    };
    expect(readAll(11)).toEqual(readAll(11));
    expect(readAll(12)).not.toEqual(readAll(11));
  });

  it('refuse a statistic that is none', () => {
    const range = { startEpochMs: NOW - 30 * MINUTE_MS, endEpochMs: NOW };
    const [first] = CATALOG.models;
    if (first === undefined) throw new Error('no metrics');
    expect(() => STORE.read(first, range, 60, 'Median')).toThrow(/Median/);
    expect(STORE.read({ namespace: 'x', metricName: 'y', dimensions: [] }, range, 60, 'Sum').values).toEqual([]);
  });
});
