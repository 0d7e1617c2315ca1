import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import { alignDown, choosePeriod, finestStoredSeconds, knownPublishingSeconds, widenStart } from './period.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

function choose(windowMs: number, more: Partial<Parameters<typeof choosePeriod>[0]> = {}) {
  return choosePeriod({
    startEpochMs: NOW - windowMs,
    endEpochMs: NOW,
    nowEpochMs: NOW,
    targetDatapoints: 60,
    maxDatapoints: 100_800,
    ...more,
  });
}

describe('choosePeriod', () => {
  it.each([
    ['30 s', 30_000, 60],
    ['1 h', HOUR_MS, 60],
    ['3 h', 3 * HOUR_MS, 180],
    ['24 h', DAY_MS, 1_800],
    ['14 d', 14 * DAY_MS, 21_600],
    ['455 d', 455 * DAY_MS, 8 * 86_400],
  ])('%s with 60 datapoints wanted', (_name, windowMs, periodSeconds) => {
    expect(choose(windowMs)).toEqual({ periodSeconds });
  });

  it('never asks finer than the age of the start allows, however short the range', () => {
    const old = (ageMs: number) =>
      choose(0, { startEpochMs: NOW - ageMs, endEpochMs: NOW - ageMs + 10 * MINUTE_MS }).periodSeconds;
    expect(old(20 * DAY_MS)).toBe(300);
    expect(old(100 * DAY_MS)).toBe(3_600);
    expect(old(14 * DAY_MS)).toBe(60);
  });

  it('asks daily metrics daily', () => {
    expect(choose(7 * DAY_MS, { publishingPeriodSeconds: 86_400 })).toEqual({ periodSeconds: 86_400 });
  });

  it('keeps a period that is possible', () => {
    for (const requestedSeconds of [1, 5, 10, 20, 30, 60, 120, 300, 420]) {
      expect(choose(HOUR_MS, { requestedSeconds })).toEqual({ periodSeconds: requestedSeconds });
    }
  });

  it.each([
    [45, HOUR_MS, 60, 'multiple of 60'],
    [90, HOUR_MS, 120, 'multiple of 60'],
    [10, 4 * HOUR_MS, 60, 'only kept in periods of 60 s'],
    [60, 20 * DAY_MS, 300, 'only kept in periods of 300 s'],
    [700, 100 * DAY_MS, 3_600, 'multiple of 60'],
    [1_200, 100 * DAY_MS, 3_600, 'only kept in periods of 3600 s'],
  ])('corrects %i s over %i ms to %i s and says why', (requestedSeconds, windowMs, periodSeconds, reason) => {
    const choice = choose(windowMs, { requestedSeconds });
    expect(choice.periodSeconds).toBe(periodSeconds);
    expect(choice.note).toContain(reason);
    expect(choice.note).toContain(`period ${requestedSeconds} s became ${periodSeconds} s`);
  });

  it('lengthens a period that would give too many datapoints, or is shorter than the metric publishes', () => {
    expect(choose(10 * DAY_MS, { requestedSeconds: 60, maxDatapoints: 201 }).periodSeconds).toBe(7_200);
    expect(choose(DAY_MS, { requestedSeconds: 60, publishingPeriodSeconds: 86_400 })).toEqual({
      periodSeconds: 86_400,
      note: 'period 60 s became 86400 s: the metric is published every 1d',
    });
  });

  const questions = fc.record({
    ageMs: fc.integer({ min: 1_000, max: 455 * DAY_MS }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    targetDatapoints: fc.integer({ min: 1, max: 1_440 }),
    maxDatapoints: fc.integer({ min: 201, max: 100_800 }),
    publishingPeriodSeconds: fc.constantFrom(undefined, 60, 300, 3_600, 86_400),
    requestedSeconds: fc.option(fc.integer({ min: 1, max: 2_592_000 }), { nil: undefined }),
  });

  it('always gives a period that CloudWatch takes and has data for, and not too many datapoints', () => {
    fc.assert(
      fc.property(questions, ({ ageMs, share, ...rest }) => {
        const startEpochMs = NOW - ageMs;
        const endEpochMs = Math.min(NOW, startEpochMs + Math.max(1_000, ageMs * share));
        const { periodSeconds, note } = choosePeriod({ startEpochMs, endEpochMs, nowEpochMs: NOW, ...rest });
        expect(periodSeconds % 60 === 0 || [1, 5, 10, 20, 30].includes(periodSeconds)).toBe(true);
        expect(periodSeconds % finestStoredSeconds(startEpochMs, NOW)).toBe(0);
        const datapoints = (endEpochMs - startEpochMs) / 1_000 / periodSeconds;
        expect(datapoints).toBeLessThanOrEqual(rest.maxDatapoints);
        if (rest.requestedSeconds === undefined) {
          expect(datapoints).toBeLessThanOrEqual(rest.targetDatapoints);
          expect(periodSeconds).toBeGreaterThanOrEqual(rest.publishingPeriodSeconds ?? 60);
        } else {
          expect(periodSeconds).toBeGreaterThanOrEqual(rest.requestedSeconds);
          expect(note === undefined).toBe(periodSeconds === rest.requestedSeconds);
        }
      }),
    );
  });

  it('does not get finer as the range grows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 455 * DAY_MS }),
        fc.integer({ min: 0, max: 100 * DAY_MS }),
        (ms, more) => {
          const longer = Math.min(455 * DAY_MS, ms + more);
          expect(choose(longer).periodSeconds).toBeGreaterThanOrEqual(choose(ms).periodSeconds);
        },
      ),
    );
  });
});

describe('rare metrics', () => {
  it('knows the daily metrics of S3, and not its request metrics', () => {
    expect(knownPublishingSeconds('AWS/S3', 'BucketSizeBytes')).toBe(86_400);
    expect(knownPublishingSeconds('AWS/S3', 'NumberOfObjects')).toBe(86_400);
    expect(knownPublishingSeconds('AWS/S3', 'AllRequests')).toBeUndefined();
    expect(knownPublishingSeconds('constructor', 'name')).toBeUndefined();
  });

  it('widens a range that could miss every datapoint, and leaves others alone', () => {
    expect(widenStart(NOW - 3 * HOUR_MS, NOW, 86_400)).toBe(Date.parse('2026-02-25T00:00:00Z'));
    expect(widenStart(NOW - 30 * DAY_MS, NOW, 86_400)).toBe(NOW - 30 * DAY_MS);
    expect(widenStart(NOW - MINUTE_MS, NOW, 300)).toBe(NOW - MINUTE_MS);
  });

  it('aligns to the begin of a period', () => {
    expect(alignDown(NOW + 1, 3_600)).toBe(NOW);
    expect(alignDown(NOW - 1, 3_600)).toBe(NOW - HOUR_MS);
  });
});
