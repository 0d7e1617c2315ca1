import { it } from 'vitest';
import { ALL_KINDS, gridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { fitSeasons, levelOfCycles, strengthOf } from './season-profile.ts';

it('is the mean of each phase', async () => {
  const rows = ALL_KINDS.flatMap((kind) =>
    [
      [15, 3],
      [16, 3],
      [100, 12],
      [100, 13.7],
      [97, 33],
      [240, 24],
    ].map(([length = 0, period = 0]) => {
      const grid = gridOf(kind, length, 300_000, 0.15);
      const level = levelOfCycles(grid, period);
      const [part = new Float64Array(0)] = fitSeasons(grid, level, [period]);
      return [
        `${kind}, ${length}, period ${period}`,
        { part, strength: strengthOf(part, grid.values), level },
      ] as const;
    }),
  );
  const two = fitSeasons(gridOf('wave', 300), valuesOf('constant', 300), [50, 12, 4]);
  const long = gridOf('walk', 3_000);
  const sparse = { ...gridOf('noise', 90), indices: Int32Array.from({ length: 90 }, (_, at) => at * 12 + (at % 3)) };
  await expectTable('series-analysis/season-profile', [
    ...rows,
    ['three periods', two],
    ['more phases than are told', fitSeasons(long, new Float64Array(3_000), [350])],
    ['phases without a datapoint', fitSeasons({ ...sparse, length: 1_080 }, new Float64Array(90), [12, 400])],
    ['a level with cycles without a datapoint', levelOfCycles({ ...sparse, length: 1_080 }, 7)],
    ['whole cycles', [99, 100, 101].map((length) => levelOfCycles(gridOf('line', length), 25))],
    [
      'no strength',
      [
        strengthOf(new Float64Array(9), new Float64Array(9)),
        strengthOf(valuesOf('two values', 8), valuesOf('line', 8)),
      ],
    ],
  ]);
});
