import { expect, it } from 'vitest';
import { naturalPeriods } from './natural-periods.ts';

const MINUTES = [5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1_440, 10_080];

it('counts what clocks and people make in samples, shortest first', () => {
  expect(naturalPeriods(60_000)).toEqual(MINUTES);
  expect(naturalPeriods(300_000)).toEqual(MINUTES.map((minutes) => minutes / 5));
});
