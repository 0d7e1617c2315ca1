import { it } from 'vitest';
import { ALL_KINDS, gridOf, toGridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { fitSeries } from './fit-series.ts';
import type { Grid } from './grid.ts';

function fitOf(grid: Grid, periods: readonly number[]) {
  const steps = fitSeries(grid, periods);
  let [count, step] = [0, steps.next()];
  for (; step.done !== true; step = steps.next()) count += 1;
  return { steps: count, ...step.value };
}

it('fits level and season in turn', async () => {
  const kinds = ALL_KINDS.flatMap((kind) =>
    [[], [12], [12, 40]].map(
      (periods) => [`${kind}, ${periods.join(',')}`, fitOf(gridOf(kind, 200, 300_000, 0.1), periods)] as const,
    ),
  );
  const sizes = [0.5, 1, 1.5, 2, 2.5, 3, 4].flatMap((size) =>
    [0.3, 0.5, 0.7, 1].map((strength) => {
      const values = valuesOf('noise', 360).map(
        (value, at) => 100 + value / 4 + strength * 9 * Math.sin((2 * Math.PI * at) / 12) + (at < 200 ? 0 : size),
      );
      const { segmentation, strengths, steps } = fitOf(toGridOf(values), [12]);
      return [`a jump of ${size} in a season of ${strength}`, { segmentation, strengths, steps }] as const;
    }),
  );
  const weak = Array.from({ length: 12 }, (_, index) => {
    const values = valuesOf('noise', 360).map((value, at) => value + (index / 16) * Math.sin((2 * Math.PI * at) / 12));
    const { periods, strengths } = fitOf(toGridOf(values), [12]);
    return [`a season of ${index}`, { periods, strengths }] as const;
  });
  await expectTable('series-analysis/fit-series', [...kinds, ...sizes, ...weak]);
});
