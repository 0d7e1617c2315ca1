import { describe, expect, it } from 'vitest';
import { betweenMs, drawLine, orderPoints, roundValue, usualDistanceMs } from './chart-line.ts';

const MINUTE_MS = 60_000;

function minutes(...at: number[]): { epochMs: number; value: number }[] {
  return at.map((minute) => ({ epochMs: minute * MINUTE_MS, value: minute }));
}

describe('orderPoints', () => {
  it('sorts by time, keeps the last of one time, and drops what is no number', () => {
    const times = [3, 1, 2, 1, 4, 5, Number.NaN];
    const values = [30, 10, 20, 11, Number.NaN, Number.POSITIVE_INFINITY, 1];
    expect(orderPoints(times, values)).toEqual([
      { epochMs: 1, value: 11 },
      { epochMs: 2, value: 20 },
      { epochMs: 3, value: 30 },
    ]);
  });

  it('stands more times than values', () => {
    expect(orderPoints([1, 2, 3], [5])).toEqual([{ epochMs: 1, value: 5 }]);
  });
});

describe('drawLine', () => {
  it('breaks the line at a single missing period', () => {
    expect(drawLine(minutes(0, 1, 3, 4), MINUTE_MS)).toEqual({
      times: [0, 1, 2, 3, 4].map((minute) => minute * MINUTE_MS),
      values: [0, 1, null, 3, 4],
    });
  });

  it('does not break it for datapoints that are a little off', () => {
    const points = [0, 61_000, 119_000, 180_500].map((epochMs) => ({ epochMs, value: 1 }));
    expect(drawLine(points, MINUTE_MS).values).toEqual([1, 1, 1, 1]);
  });

  it('takes the usual distance where the period is unknown', () => {
    expect(usualDistanceMs(minutes(0, 5, 10, 15))).toBe(5 * MINUTE_MS);
    expect(drawLine(minutes(0, 5, 10, 30, 35), undefined).values).toEqual([0, 5, 10, null, 30, 35]);
    expect(drawLine(minutes(0, 5, 10, 20, 25), undefined).values).toEqual([0, 5, 10, 20, 25]);
  });

  it('keeps no datapoint, one and two as they are', () => {
    expect(drawLine([], MINUTE_MS)).toEqual({ times: [], values: [] });
    expect(drawLine(minutes(7), undefined).values).toEqual([7]);
    expect(drawLine(minutes(7, 9), undefined).values).toEqual([7, 9]);
  });
});

describe('roundValue', () => {
  it('keeps six digits and stays inside what the page can calculate with', () => {
    expect(roundValue(123.456789)).toBe(123.457);
    expect(roundValue(1.7976931348623157e308)).toBe(1e300);
    expect(roundValue(-1.7976931348623157e308)).toBe(-1e300);
    expect([roundValue(0), roundValue(5e-324)]).toEqual([0, 0]);
  });
});

describe('betweenMs', () => {
  it.each([
    [0, 10, 0, 5],
    [0, 10, 1, 1],
    [0, 10, 9, 9],
    [0, 10, 10, 5],
    [0, 10, 11, 5],
    [0, 10, -3, 5],
    [100, 106, 2, 102],
    [100, 106, 8, 103],
  ])('stands between %d and %d, usually %d apart, at %d', (before, after, usualMs, expected) => {
    expect(betweenMs(before, after, usualMs)).toBe(expected);
  });
});

it('takes the median of the distances for the usual one', () => {
  const of = (...times: readonly number[]) => usualDistanceMs(times.map((epochMs) => ({ epochMs, value: 0 })));
  expect([of(), of(5), of(5, 8), of(5, 8, 18), of(0, 1, 3, 6), of(0, 9, 10, 15, 17)]).toEqual([0, 0, 3, 10, 2, 5]);
});

it('rounds on its limits', () => {
  expect([1e300, -1e300, 1.1e300, 1e-300, -1e-300, 9.9e-301].map(roundValue)).toEqual([
    1e300, -1e300, 1e300, 1e-300, -1e-300, 0,
  ]);
});
