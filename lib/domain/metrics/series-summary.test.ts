import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { type Point, summarize, toPoints } from './series-summary.ts';
import { thinPoints } from './series-thin.ts';
import { drawSparkline } from './sparkline.ts';

const series = (values: readonly number[]): Point[] =>
  values.map((value, index) => ({ epochMs: index * MINUTE_MS, value }));
const anySeries = fc
  .array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 400 })
  .map(series);

describe('toPoints', () => {
  it('leaves out what JSON cannot carry', () => {
    expect(toPoints([0, 1, 2, 3, 4], [1, Number.NaN, Number.POSITIVE_INFINITY, 2])).toEqual([
      { epochMs: 0, value: 1 },
      { epochMs: 3, value: 2 },
    ]);
  });
});

describe('summarize', () => {
  it('has nothing to say of no datapoints', () => {
    expect(summarize([])).toBeUndefined();
  });

  it('tells extremes with their times, percentiles and the trend', () => {
    const points = series([10, 20, 30, 40, 1_000]);
    expect(summarize(points)).toEqual({
      count: 5,
      min: points[0],
      max: points[4],
      mean: 220,
      p50: 30,
      p90: expect.closeTo(616, 6),
      p99: expect.closeTo(961.6, 6),
      total: 1_100,
      first: points[0],
      last: points[4],
      slopePerHour: 600,
    });
  });

  it('is not tilted by single spikes', () => {
    const straight = series(Array.from({ length: 100 }, (_, minute) => minute * 2));
    const spiked = straight.map((point, index) => (index === 90 ? { ...point, value: 1e9 } : point));
    expect(summarize(spiked)?.slopePerHour).toBeCloseTo(120, 6);
    expect(summarize(straight)?.slopePerHour).toBeCloseTo(120, 6);
  });

  it('has no trend of two datapoints', () => {
    expect(summarize(series([1, 2]))?.slopePerHour).toBeUndefined();
  });

  it('gives finite numbers in the right order, whatever the values', () => {
    fc.assert(
      fc.property(anySeries, (points) => {
        const summary = summarize(points);
        expect(JSON.stringify(summary)).not.toContain('null');
        if (summary === undefined) return;
        const { min, p50, p90, p99, max, mean } = summary;
        expect(min.value <= p50 && p50 <= p90 && p90 <= p99 && p99 <= max.value).toBe(true);
        expect(mean >= min.value && mean <= max.value).toBe(true);
      }),
    );
  });
});

describe('thinPoints', () => {
  it('keeps first, last, lowest and highest, in order, and as many as asked for', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 4, max: 100 }), (points, count) => {
        const thinned = thinPoints(points, count);
        const summary = summarize(points);
        expect(thinned.length).toBe(Math.min(count, points.length));
        expect(thinned).toEqual([...thinned].sort((a, b) => a.epochMs - b.epochMs));
        for (const kept of [summary?.first, summary?.last, summary?.min, summary?.max]) expect(thinned).toContain(kept);
      }),
    );
  });

  it('never keeps more than asked for, down to none', () => {
    expect([0, 1, 2, 3].map((count) => thinPoints(series([1, 5, 0, 2]), count).length)).toEqual([0, 1, 2, 3]);
  });

  it('spreads evenly', () => {
    const times = thinPoints(series(Array.from({ length: 1_000 }, () => 7)), 11).map(({ epochMs }) => epochMs);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * 100 * MINUTE_MS);
  });
});

describe('drawSparkline', () => {
  const range = { startEpochMs: 0, endEpochMs: 8 * MINUTE_MS, width: 60, stepMs: MINUTE_MS };

  it('has eight heights', () => {
    expect(drawSparkline(series([0, 1, 2, 3, 4, 5, 6, 7]), range)).toBe('▁▂▃▄▅▆▇█');
  });

  it('shows gaps, and a flat line in the middle', () => {
    expect(drawSparkline(series([5, 5, 5]), range)).toBe('▄▄▄·····');
    expect(drawSparkline([], range)).toBe('');
  });

  it('does not lose a spike or a drop to averaging', () => {
    const values = Array.from({ length: 600 }, () => 50);
    values[301] = 100;
    values[100] = 0;
    const line = drawSparkline(series(values), {
      startEpochMs: 0,
      endEpochMs: 10 * HOUR_MS,
      width: 20,
      stepMs: MINUTE_MS,
    });
    expect(line).toHaveLength(20);
    expect(line.match(/█/g)).toHaveLength(1);
    expect(line.match(/▁/g)).toHaveLength(1);
  });

  it('is never wider than asked for and holds nothing but its nine characters', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 1, max: 60 }), (points, width) => {
        const line = drawSparkline(points, {
          startEpochMs: 0,
          endEpochMs: points.length * MINUTE_MS,
          width,
          stepMs: MINUTE_MS,
        });
        expect(line).toMatch(/^[▁▂▃▄▅▆▇█·]+$/);
        expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});
