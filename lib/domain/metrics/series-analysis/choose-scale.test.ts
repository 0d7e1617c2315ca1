import { expect, it } from 'vitest';
import { ALL_KINDS, gridOf, toGridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { isMultiplicative, toLogScale } from './choose-scale.ts';
import { fitSeries } from './fit-series.ts';
import type { Grid } from './grid.ts';

function fitOf(grid: Grid, periods: readonly number[] = []) {
  const steps = fitSeries(grid, periods);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

it('has logarithms of what is never below zero and seldom zero', () => {
  const withZeros = (zeros: number) => toGridOf(Float64Array.from({ length: 100 }, (_, at) => (at < zeros ? 0 : 4)));
  expect([0, 1, 2].map((zeros) => toLogScale(withZeros(zeros))?.offset)).toEqual([0, 2, 2]);
  expect(toLogScale(withZeros(3))).toBeUndefined();
  expect(toLogScale(toGridOf(Float64Array.of(1, 2, -1e-9)))).toBeUndefined();
  expect(toLogScale(toGridOf(Float64Array.of(1, Math.E)))).toMatchObject({ logSum: 1, offset: 0 });
});

it('chooses by likelihood', async () => {
  const chosen = ALL_KINDS.flatMap((kind) =>
    [30, 31, 200].map((length) => {
      const grid = gridOf(kind, length);
      const log = toLogScale(grid);
      return [
        `${kind}, ${length}`,
        log && [isMultiplicative(fitOf(grid), fitOf(log.grid), log), log.logSum, log.grid.values],
      ] as const;
    }),
  );
  // From values that add up to values that multiply, by the share of the noise that multiplies.
  const shares = Array.from({ length: 21 }, (_, share) => {
    const grid = toGridOf(
      valuesOf('noise', 240, 2).map((value, at) => {
        const wave = 10 + 6 * Math.sin((2 * Math.PI * at) / 24);
        return Math.max(0.1, wave + value * (share / 40) * wave + value * (1 - share / 20));
      }),
    );
    const log = toLogScale(grid);
    return [`${share} of 20`, log && isMultiplicative(fitOf(grid, [24]), fitOf(log.grid, [24]), log)] as const;
  });
  const shifts = [0, 1, 2, 3].map((more) => {
    const fit = fitOf(gridOf('noise', 50));
    const shifted = { ...fit, segmentation: { starts: Array.from({ length: more }, (_, at) => at + 1), slope: 0 } };
    const limit = -2 * more * Math.log(50);
    const log = { grid: gridOf('noise', 50), offset: 0 };
    return [
      `${more} shifts more`,
      [-0.01, 0, 0.01].map((off) => isMultiplicative(fit, shifted, { ...log, logSum: limit + off })),
    ] as const;
  });
  await expectTable('series-analysis/choose-scale', [...chosen, ...shares, ...shifts]);
});
