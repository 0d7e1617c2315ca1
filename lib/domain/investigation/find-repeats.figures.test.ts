import { it } from 'vitest';
import { expectTable } from '../../../test/support/golden-table.ts';
import { DAY_MS, MINUTE_MS } from '../time.ts';
import { findRepeats } from './find-repeats.ts';

const AT = Date.UTC(2026, 4, 20, 3, 0);

interface Burst {
  /** Minutes before {@link AT}. */
  readonly start: number;
  readonly length: number;
  readonly height: number;
}

function points(bursts: readonly Burst[], days = 14, stepMinutes = 5) {
  const count = (days * 1_440) / stepMinutes + 6;
  const timestampsEpochMs = Array.from(
    { length: count },
    (_, index) => AT - days * DAY_MS + index * stepMinutes * MINUTE_MS,
  );
  const values = timestampsEpochMs.map((time) => {
    const ago = (AT - time) / MINUTE_MS;
    return bursts.find(({ start, length }) => ago <= start && ago > start - length)?.height ?? 10;
  });
  return { timestampsEpochMs, values };
}

/** Kind, bounds and rhythm in few words: minutes before the change. */
function told(bursts: readonly Burst[], side: 'above' | 'below' = 'above', days = 14, stepMinutes = 5): unknown {
  const found = findRepeats(points(bursts, days, stepMinutes), AT, side);
  if (found === undefined) return 'none';
  const { kind, current, others, rhythm } = found;
  const ago = (epochMs: number): number => (AT - epochMs) / MINUTE_MS;
  return [
    kind,
    [ago(current.startEpochMs), ago(current.endEpochMs), current.excess].join(),
    others.map(({ startEpochMs, endEpochMs }) => `${ago(startEpochMs)}-${ago(endEpochMs)}`).join(),
    rhythm === undefined
      ? ''
      : [rhythm.periodMs / MINUTE_MS, ago(rhythm.startEpochMs), rhythm.durationMs, rhythm.hits, rhythm.expected].join(),
  ];
}

const each = (starts: readonly number[], length = 10, height = 80): Burst[] =>
  starts.map((start) => ({ start, length, height }));
const ODD = [2_345, 7_010, 9_125, 15_505];

it('compares the size and length of episodes', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const height of [40, 44, 45, 46, 60, 135, 136, 137, 150, 200])
    rows.push([`earlier ones of ${height}`, told([...each([5]), ...each(ODD, 10, height)])]);
  for (const height of [48, 49, 50, 51, 90, 150])
    rows.push([`this one of ${height}`, told([...each([5], 10, height), ...each(ODD)])]);
  for (const length of [5, 10, 15, 20, 25, 30, 40])
    for (const own of [5, 20, 25, 30])
      rows.push([`${length} min before, ${own} now`, told([...each([5], own), ...each(ODD, length)])]);
  for (const count of [0, 1, 2, 3, 4])
    rows.push([`${count} earlier`, told([...each([5]), ...each(ODD.slice(0, count))])]);
  for (const start of [60, 40, 35, 30, 25, 20, 5, 0, -5, -20, -25])
    rows.push([`begins ${start} min before`, told([...each([start]), ...each(ODD)])]);
  for (const gap of [5, 10, 15, 20])
    rows.push([
      `pauses of ${gap} min`,
      told([...each([5]), ...ODD.flatMap((start) => each([start, start - 5 - gap], 5))]),
    ]);
  for (const side of ['above', 'below'] as const)
    for (const height of [-60, 0, 9, 10, 11])
      rows.push([`${height}, ${side} is bad`, told(each([5, ...ODD], 10, height), side)]);
  await expectTable('investigation/repeats-size', rows);
});

it('finds the hours of earlier days', async () => {
  const rows: (readonly [string, unknown])[] = [];
  const daily = (days: readonly number[], shift: (day: number) => number = () => 0) =>
    days.map((day) => 5 + day * 1_440 + shift(day));
  const week = [1, 2, 3, 4, 5, 6, 7];
  for (const off of [-40, -35, -30, -25, 0, 20, 25, 30, 35, 40])
    rows.push([`${off} min off`, told(each([5, ...daily(week, () => off)], 25))]);
  for (const known of [3, 4, 5, 6, 7, 8, 14])
    for (const list of [
      [1, 2],
      [1, 2, 3],
      [2, 3, 4],
      [1, 2, 3, 4],
      [1, 3, 5, 7],
    ])
      rows.push([`days ${list.join(' ')} of ${known}`, told(each([5, ...daily(list)], 25), 'above', known)]);
  for (const others of [0, 2, 3, 4, 5, 8])
    rows.push([
      `${others} at other hours`,
      told(
        each([5, ...daily([1, 2, 3, 4]), ...Array.from({ length: others }, (_, index) => 700 + index * 1_117)], 25),
        'above',
        8,
      ),
    ]);
  for (const period of [60, 120, 180, 240, 360, 480, 720])
    rows.push([
      `every ${period} min`,
      told(
        each(
          Array.from({ length: Math.floor(20_000 / period) }, (_, index) => 5 + index * period),
          20,
        ),
      ),
    ]);
  for (const step of [1, 2, 5, 10, 15])
    rows.push([`steps of ${step} min`, told(each([5, ...daily(week)], 25), 'above', 8, step)]);
  await expectTable('investigation/repeats-hours', rows);
});
