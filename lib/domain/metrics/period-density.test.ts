import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import { countExpected, detectPublishingSeconds } from './period-density.ts';

describe('detectPublishingSeconds', () => {
  it('tells regular datapoints, even with a gap', () => {
    const times = Array.from({ length: 20 }, (_, index) => index * 5 * MINUTE_MS).filter((_, index) => index !== 7);
    expect(detectPublishingSeconds(times)).toBe(300);
    expect(detectPublishingSeconds([0, DAY_MS, 2 * DAY_MS, 3 * DAY_MS])).toBe(86_400);
  });

  it('says nothing of irregular or too few datapoints', () => {
    expect(detectPublishingSeconds([0, 1, 5, 30, 31, 90].map((minutes) => minutes * MINUTE_MS))).toBeUndefined();
    expect(detectPublishingSeconds([0, MINUTE_MS, 2 * MINUTE_MS])).toBeUndefined();
    expect(detectPublishingSeconds([])).toBeUndefined();
  });
});

describe('countExpected', () => {
  it('counts periods of the range that have begun', () => {
    expect(countExpected(0, HOUR_MS, 10 * HOUR_MS, 60)).toBe(60);
    expect(countExpected(0, HOUR_MS, 30 * MINUTE_MS, 60)).toBe(30);
    expect(countExpected(30_000, HOUR_MS, 10 * HOUR_MS, 300)).toBe(12);
    expect(countExpected(HOUR_MS, 0, 0, 60)).toBe(0);
  });
});
