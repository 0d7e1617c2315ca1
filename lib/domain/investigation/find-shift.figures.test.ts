import { it } from 'vitest';
import { expectTable } from '../../../test/support/golden-table.ts';
import { findShift, type ShiftQuestion } from './find-shift.ts';

const USUAL = 60;
const LENGTH = 120;
const NONE = Number.NaN;

/** -1 to 1, the same in every run. */
const jitterAt = (index: number): number => ((index * 7_919 + 104_729) % 1_009) / 504.5 - 1;
const make = (valueAt: (index: number) => number, length = LENGTH): Float64Array =>
  Float64Array.from({ length }, (_, index) => valueAt(index));
const step = (at: number, to: number, from = 30, jitter = 0): Float64Array =>
  make((index) => (index >= at ? to : from) + jitter * jitterAt(index));
const ask = (values: Float64Array, more: Partial<ShiftQuestion> = {}) =>
  findShift({ values, earlier: [], usualEnd: USUAL, isCount: false, bar: 4, ...more });

it('weighs steps of every height', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const to of [0, 15, 25, 26, 26.4, 26.5, 29, 30.2, 31, 33, 33.5, 33.6, 33.7, 35, 40, 60, 300, 40_000]) {
    for (const jitter of [0, 0.5, 3, 12]) rows.push([`30 → ${to} ± ${jitter}`, ask(step(80, to, 30, jitter))]);
    rows.push([`30 → ${to}, counts`, ask(step(80, to), { isCount: true })]);
    rows.push([`-30 → ${-to}`, ask(step(80, -to, -30, 1))]);
  }
  for (const from of [0, 0.5, 1, 2, 4, 9, 100])
    for (const add of [2, 3, 4, 5, 8, 12, 39, 40, 41])
      rows.push([`counts ${from} + ${add}`, ask(step(70, from + add, from), { isCount: true })]);
  await expectTable('investigation/shift-steps', rows);
});

it('needs two in a row, and knows edges and ends', async () => {
  const base = (index: number): number => 30 + jitterAt(index);
  const spike = (from: number, values: readonly number[]): Float64Array =>
    make((index) => values[index - from] ?? base(index));
  const rows: (readonly [string, unknown])[] = [];
  for (const from of [USUAL - 1, USUAL, USUAL + 1, 90, LENGTH - 3, LENGTH - 2, LENGTH - 1]) {
    for (const [name, values] of Object.entries({
      one: [90],
      two: [90, 90],
      gap: [90, NONE, 90],
      opposite: [90, -90, 90],
      down: [1, 1, 1],
      'half before': [32.4, 33, 33.4, 34, 36, 90, 90],
      'usual between': [90, 30, 90],
    }))
      rows.push([`${name} at ${from}`, ask(spike(from, values))]);
  }
  for (const calm of [3, 4, 5, 6, 7])
    for (const level of [30, 31.9, 32.2, 33, 33.5, 34])
      rows.push([
        `${calm} of ${level} in between`,
        ask(make((index) => (index < 80 ? base(index) : index >= 90 && index < 90 + calm ? level : 90))),
      ]);
  for (const length of [27, 28, 29, 30, 31, 59, 60, 61])
    rows.push([
      `${length} high, then higher`,
      ask(make((index) => (index < 62 ? base(index) : index < 62 + length ? 90 : 500), 150)),
    ]);
  for (const bar of [0.5, 1, 1.2, 2, 3, 3.5, 5, 10, 30]) rows.push([`bar ${bar}`, ask(step(75, 36, 30, 2), { bar })]);
  await expectTable('investigation/shift-edges', rows);
});

it('asks for enough of the usual', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const usualEnd of [0, 1, 3, 6, 7, 8, 9, 10, LENGTH - 1, LENGTH, LENGTH + 5])
    for (const isCount of [false, true]) {
      rows.push([`usual ${usualEnd} ${isCount}`, ask(step(20, 90, 30, 1), { usualEnd, isCount })]);
      rows.push([
        `none, usual ${usualEnd} ${isCount}`,
        ask(
          make(() => NONE),
          { usualEnd, isCount },
        ),
      ]);
    }
  for (const missing of [10, 17, 18, 19, 30, 40, 51, 52, 53, 54, 59, 60])
    for (const isCount of [false, true])
      for (const to of [30, 90])
        rows.push([
          `${missing} of ${USUAL} missing, ${to} ${isCount}`,
          ask(
            make((index) => (index < missing ? NONE : index < 80 ? 30 : to)),
            { isCount },
          ),
        ]);
  for (const stop of [USUAL - 1, USUAL, USUAL + 1, 100, LENGTH - 5, LENGTH - 4, LENGTH - 3, LENGTH - 2, LENGTH - 1])
    for (const every of [1, 1.25, 1.4, 1.5])
      rows.push([
        `a datapoint each ${every}, none from ${stop}`,
        ask(
          make((index) => (index < stop && Math.floor(index / every) !== Math.floor((index - 1) / every) ? 7 : NONE)),
        ),
      ]);
  for (const begin of [USUAL - 1, USUAL, USUAL + 1, LENGTH - 9, LENGTH - 8, LENGTH - 7])
    rows.push([`begins at ${begin}`, ask(make((index) => (index < begin ? NONE : index)))]);
  await expectTable('investigation/shift-usual', rows);
});

it('moves what is usual as earlier days moved', async () => {
  const day = (factor: number, base = 10): Float64Array => step(80, base * factor, base);
  const rows: (readonly [string, unknown])[] = [];
  for (const factor of [0.1, 0.24, 0.25, 0.3, 0.8, 1, 1.5, 2, 3.9, 4, 4.1, 9]) {
    for (const to of [3, 10, 30, 60, 120, 200])
      rows.push([`${to}, a day ×${factor}`, ask(step(80, to, 30, 0.5), { earlier: [day(factor)] })]);
    rows.push([`two days ×${factor}, ×2`, ask(step(80, 60, 30, 0.5), { earlier: [day(factor), day(2)] })]);
    rows.push([`two days ×0.5, ×${factor}`, ask(step(80, 15, 30, 0.5), { earlier: [day(0.5), day(factor)] })]);
  }
  for (const known of [6, 7, 8, 9])
    rows.push([`${known} known of a day`, ask(step(80, 60), { earlier: [day(2).fill(NONE, known, USUAL)] })]);
  for (const base of [-1, 0, 0.001]) rows.push([`a day of ${base}`, ask(step(80, 60), { earlier: [day(2, base)] })]);
  rows.push(['a day without an end', ask(step(80, 60), { earlier: [day(2).subarray(0, 70)] })]);
  const sparse = make((index) => (index % 3 === 0 ? (index < 80 ? 6 : 24) : NONE));
  rows.push(['counts now and then', ask(sparse, { isCount: true, earlier: [sparse] })]);
  rows.push(['the same without a day', ask(sparse, { isCount: true })]);
  rows.push(['values now and then', ask(sparse)]);
  await expectTable('investigation/shift-days', rows);
});
