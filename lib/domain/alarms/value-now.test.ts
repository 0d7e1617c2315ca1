import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { SETTLING_MS } from '../metrics/period-state.ts';
import { findValueNow } from './value-now.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const MIRRORED = {
  GreaterThanThreshold: 'LessThanThreshold',
  GreaterThanOrEqualToThreshold: 'LessThanOrEqualToThreshold',
} as const;

const observed = fc.record({
  periodSeconds: fc.constantFrom(10, 60, 300, 3_600, 86_400),
  values: fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 }),
  /** Periods between the newest datapoint and now. */
  lag: fc.double({ min: 0, max: 5, noNaN: true }),
  threshold: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  operator: fc.constantFrom('GreaterThanThreshold', 'GreaterThanOrEqualToThreshold'),
  statistic: fc.constantFrom('Sum', 'Average', 'p99', undefined),
});
type Observed = typeof observed extends fc.Arbitrary<infer Value> ? Value : never;

const timesOf = ({ periodSeconds, values, lag }: Observed): number[] => {
  const newest = Math.floor(NOW / (periodSeconds * 1_000) - lag) * periodSeconds * 1_000;
  return values.map((_, index) => newest - (values.length - 1 - index) * periodSeconds * 1_000);
};

function look(one: Observed, change: (value: number) => number = (value) => value, operator: string = one.operator) {
  const series = { label: 'm1', timestampsEpochMs: timesOf(one), values: one.values.map(change) };
  const condition = { operator, threshold: change(one.threshold), periodSeconds: one.periodSeconds };
  return findValueNow([series], undefined, { condition, statistic: one.statistic, startEpochMs: 0, nowEpochMs: NOW });
}

describe('findValueNow', () => {
  it('tells the newest final datapoint, and never one of a period that runs or has just ended', () => {
    fc.assert(
      fc.property(observed, (one) => {
        const times = timesOf(one);
        const isFinal = (time: number): boolean => time + one.periodSeconds * 1_000 <= NOW - SETTLING_MS;
        const index = times.findLastIndex(isFinal);
        const now = look(one);
        expect(now === undefined).toBe(index < 0);
        if (now === undefined) return;
        expect([now.epochMs, now.value]).toEqual([times[index], one.values[index]]);
        const value = one.values[index] ?? 0;
        expect(now.isBreaching).toBe(
          one.operator === 'GreaterThanThreshold' ? value > one.threshold : value >= one.threshold,
        );
        if (now.factor !== undefined) expect(now.factor * one.threshold).toBeCloseTo(value, 3);
        if (now.open !== undefined) {
          expect(one.statistic).toBe('Sum');
          expect(now.open.value).toBeGreaterThan(value);
        }
      }),
    );
  });

  it('says of an alarm on low values what it says of the mirrored one on high values', () => {
    fc.assert(
      fc.property(observed, (one) => {
        const high = look(one);
        const low = look(one, (value) => -value, MIRRORED[one.operator]);
        expect([low?.tendency, low?.isBreaching]).toEqual([high?.tendency, high?.isBreaching]);
      }),
    );
  });

  it.each([
    [[1, 1, 1, 1, 1, 1, 9, 9, 9], 'worse', true],
    [[9, 9, 9, 9, 9, 9, 1, 1, 1], 'better', false],
    [[5, 6, 5, 4, 5, 6, 5, 4, 5], 'steady', undefined],
    // One spike is no direction.
    [[5, 5, 5, 5, 5, 5, 5, 50, 5], 'steady', undefined],
    [[5], undefined, undefined],
  ])('%j: %s', (values, tendency, isRising) => {
    const one = { periodSeconds: 60, values, lag: 6, threshold: 3, statistic: undefined } as const;
    const now = look({ ...one, operator: 'GreaterThanThreshold' });
    expect([now?.tendency, now?.isRising]).toEqual([tendency, isRising]);
  });

  it('holds a value against the band of its own time, whichever edge comes first', () => {
    fc.assert(
      fc.property(observed, fc.boolean(), (one, isUpperFirst) => {
        const times = timesOf(one);
        const edge = (offset: number) => ({
          label: 'band',
          timestampsEpochMs: times,
          values: times.map((time) => (time % 7) + offset),
        });
        const band = isUpperFirst ? [edge(50), edge(-50)] : [edge(-50), edge(50)];
        const condition = { operator: 'LessThanLowerOrGreaterThanUpperThreshold', periodSeconds: one.periodSeconds };
        const series = { label: 'm1', timestampsEpochMs: times, values: one.values };
        const now = findValueNow([series], band, { condition, statistic: undefined, startEpochMs: 0, nowEpochMs: NOW });
        if (now === undefined) return;
        const middle = now.epochMs % 7;
        expect(now.band).toEqual({ lower: middle - 50, upper: middle + 50 });
        expect(now.isBreaching).toBe(Math.abs(now.value - middle) > 50);
      }),
    );
  });

  it('shows the worst of several series', () => {
    const at = [NOW - 600_000];
    const series = ['a', 'b', 'c'].map((label, index) => ({
      label,
      timestampsEpochMs: at,
      values: [index === 1 ? 90 : 10],
    }));
    const condition = { operator: 'GreaterThanThreshold', threshold: 50, periodSeconds: 60 };
    const now = findValueNow(series, undefined, { condition, statistic: undefined, startEpochMs: 0, nowEpochMs: NOW });
    expect(now).toMatchObject({ label: 'b', value: 90, seriesCount: 3, factor: 1.8 });
  });
});
