import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../time.ts';
import { findRepeats } from './find-repeats.ts';

const AT = Date.UTC(2026, 4, 20, 3, 0);
const STEP = 5 * MINUTE_MS;
const COUNT = (14 * DAY_MS) / STEP;

/** Two weeks in steps of five minutes up to some minutes after {@link AT}. */
function points(valueAt: (minutesBefore: number) => number) {
  const timestampsEpochMs = Array.from({ length: COUNT }, (_, index) => AT + 6 * STEP - (COUNT - index) * STEP);
  return { timestampsEpochMs, values: timestampsEpochMs.map((time) => valueAt((AT - time) / MINUTE_MS)) };
}

const isWithin = (minutes: number, start: number, length: number): boolean =>
  minutes <= start && minutes > start - length;
const bursts = (starts: readonly number[], length: number, height = 80) =>
  points((minutes) => (starts.some((start) => isWithin(minutes, start, length)) ? height : 10));

describe('findRepeats', () => {
  it('knows what happens at the same hour of each day', () => {
    const isNight = (minutes: number): boolean => (minutes + 20 + 1_440) % 1_440 < 30;
    const found = findRepeats(
      points((minutes) => (isNight(minutes) ? 80 : 10)),
      AT,
      'above',
    );
    expect(found).toMatchObject({ kind: 'recurring', rhythm: { periodMs: DAY_MS } });
  });

  it('knows what happens every four hours', () => {
    const starts = Array.from({ length: 80 }, (_, index) => 10 + index * 240);
    expect(findRepeats(bursts(starts, 20), AT, 'above')).toMatchObject({
      kind: 'recurring',
      rhythm: { periodMs: 240 * MINUTE_MS },
    });
  });

  it('knows what comes and goes by itself now and then', () => {
    const found = findRepeats(bursts([5, 2_345, 7_010, 9_125, 15_505], 5), AT, 'above');
    expect(found).toMatchObject({ kind: 'common' });
    expect(found?.others).toHaveLength(4);
  });

  it.each([0, 1, 2, 3, 4])('knows it wherever a period cuts the minutes of a burst in two (%d)', (phase) => {
    // Minutes before, and events in each of three minutes.
    const bad: readonly (readonly [number, number])[] = [
      [6 + phase, 19],
      [2_664 + 2 * phase, 24],
      [3_216 + 3 * phase, 10],
      [5_037 + phase, 13],
      [9_236 + 4 * phase, 11],
    ];
    const countOf = (minutes: number): number =>
      bad.reduce((sum, [start, each]) => sum + (minutes <= start && minutes > start - 3 ? each : 0), 0);
    const series = points((minutes) => [0, 1, 2, 3, 4].reduce((sum, minute) => sum + countOf(minutes - minute), 1));
    expect(findRepeats(series, AT, 'above')).toMatchObject({ kind: 'common' });
  });

  it.each([
    ['it never happened', bursts([10], 15)],
    ['it happened twice', bursts([10, 5_000, 9_000], 5)],
    [
      'it was smaller before',
      points((minutes) =>
        isWithin(minutes, 10, 10) ? 200 : [5_000, 7_000, 9_105].some((start) => isWithin(minutes, start, 5)) ? 60 : 10,
      ),
    ],
    ['those before were real ones, of an hour each', bursts([20, 3_000, 7_500, 12_345], 60)],
  ])('is silent where %s', (_, series) => {
    expect(findRepeats(series, AT, 'above')).toBeUndefined();
  });

  it('looks at low values where these are bad', () => {
    const dips = bursts([5, 2_345, 7_010, 9_125], 5, -60);
    expect(findRepeats(dips, AT, 'below')).toMatchObject({ kind: 'common' });
    expect(findRepeats(dips, AT, 'above')).toBeUndefined();
    expect(findRepeats({ timestampsEpochMs: [], values: [] }, AT, 'above')).toBeUndefined();
  });
});
