import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import { chooseIncomingPeriod, estimateScan } from './scan-estimate.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const back = (startMs: number, endMs = 0) => ({ startEpochMs: NOW - startMs, endEpochMs: NOW - endMs });

describe('chooseIncomingPeriod', () => {
  it.each([
    [back(5 * MINUTE_MS), 60],
    [back(HOUR_MS), 300],
    [back(DAY_MS), 3_600],
    [back(30 * DAY_MS), 86_400],
    [back(20 * DAY_MS, 20 * DAY_MS - MINUTE_MS), 300],
    [back(100 * DAY_MS, 100 * DAY_MS - HOUR_MS), 3_600],
    // Twelve periods at least, and what is kept so long.
    [back(12 * MINUTE_MS - 1_000), 60],
    [back(HOUR_MS - 1_000), 60],
    [back(12 * HOUR_MS - 1_000), 300],
    [back(12 * HOUR_MS), 3_600],
    [back(12 * DAY_MS - 1_000), 3_600],
    [back(12 * DAY_MS), 86_400],
    [back(15 * DAY_MS - 1_000, 15 * DAY_MS - MINUTE_MS), 60],
    [back(15 * DAY_MS, 15 * DAY_MS - MINUTE_MS), 300],
    [back(63 * DAY_MS - 1_000, 63 * DAY_MS - MINUTE_MS), 300],
    [back(63 * DAY_MS, 63 * DAY_MS - MINUTE_MS), 3_600],
  ])('of %j is %i s', (range, period) => {
    expect(chooseIncomingPeriod(range, NOW)).toBe(period);
  });
});

describe('estimateScan', () => {
  const incoming = {
    periodSeconds: 300,
    timestampsEpochMs: [NOW - 10 * MINUTE_MS, NOW - 5 * MINUTE_MS],
    values: [1_000, 500],
  };

  it('adds what came in, cut periods by their share', () => {
    expect(estimateScan(back(10 * MINUTE_MS), {}, incoming, NOW)).toEqual({ bytes: 1_500, source: 'metric' });
    expect(estimateScan(back(7.5 * MINUTE_MS), {}, incoming, NOW)).toEqual({ bytes: 1_000, source: 'metric' });
    expect(estimateScan(back(HOUR_MS, 10 * MINUTE_MS), {}, incoming, NOW)).toEqual({ bytes: 0, source: 'metric' });
  });

  it('reads nothing that has expired or is older than the group', () => {
    const expired = back(20 * DAY_MS, 10 * DAY_MS);
    expect(estimateScan(expired, { retentionDays: 7, storedBytes: 99 }, undefined, NOW)).toMatchObject({ bytes: 0 });
    expect(estimateScan(expired, { createdEpochMs: NOW - DAY_MS, storedBytes: 9 }, undefined, NOW)).toMatchObject({
      bytes: 0,
    });
  });

  it('takes the share of the range in what is stored where the metric has nothing', () => {
    const facts = { storedBytes: 70_000, retentionDays: 7 };
    expect(estimateScan(back(DAY_MS), facts, undefined, NOW)).toEqual({ bytes: 10_000, source: 'stored' });
    expect(estimateScan(back(DAY_MS), { ...facts, createdEpochMs: NOW - 2 * DAY_MS }, undefined, NOW)).toEqual({
      bytes: 35_000,
      source: 'stored',
    });
    const none = { periodSeconds: 300, timestampsEpochMs: [], values: [] };
    expect(estimateScan(back(30 * DAY_MS), facts, none, NOW)).toEqual({ bytes: 70_000, source: 'stored' });
  });

  it('names the source of nothing too', () => {
    const old = back(20 * DAY_MS, 10 * DAY_MS);
    expect(estimateScan(old, { retentionDays: 7 }, undefined, NOW)).toEqual({ bytes: 0, source: 'stored' });
    expect(estimateScan(old, { retentionDays: 7 }, incoming, NOW)).toEqual({ bytes: 0, source: 'metric' });
    const odd = { ...incoming, values: [1_000, -400] };
    expect(estimateScan(back(10 * MINUTE_MS), {}, odd, NOW)).toEqual({ bytes: 1_000, source: 'metric' });
    expect(estimateScan(back(10 * MINUTE_MS), {}, { ...incoming, values: [7] }, NOW)).toEqual({
      bytes: 7,
      source: 'metric',
    });
  });

  it('does not know where nothing expires, or nothing is told', () => {
    expect(estimateScan(back(HOUR_MS), { storedBytes: 9 }, undefined, NOW)).toEqual({ source: 'not_known' });
    expect(estimateScan(back(HOUR_MS), { retentionDays: 9 }, undefined, NOW)).toEqual({ source: 'not_known' });
  });

  it('is never below nothing nor above all that came in', () => {
    fc.assert(
      fc.property(
        fc.nat(3_600_000),
        fc.nat(3_600_000),
        fc.array(fc.nat(1_000_000), { maxLength: 12 }),
        (a, b, values) => {
          const range = back(Math.max(a, b), Math.min(a, b));
          const timestampsEpochMs = values.map((_, index) => NOW - (index + 1) * 5 * MINUTE_MS);
          const found = estimateScan(range, {}, { periodSeconds: 300, timestampsEpochMs, values }, NOW);
          expect('bytes' in found).toBe(values.length > 0 || range.startEpochMs === range.endEpochMs);
          if (!('bytes' in found)) return;
          expect(found.bytes).toBeGreaterThanOrEqual(0);
          expect(found.bytes).toBeLessThanOrEqual(values.reduce((sum, value) => sum + value, 0) + 1);
        },
      ),
    );
  });
});
