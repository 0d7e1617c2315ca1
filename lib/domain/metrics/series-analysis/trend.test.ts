import { it } from 'vitest';
import { ALL_KINDS, gridOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { boundSlope, isSure, lagOne } from './trend.ts';

it('bounds the slope by what the noise allows', async () => {
  const rows = ALL_KINDS.flatMap((kind) =>
    [7, 8, 9, 23, 24, 47, 48, 95, 96, 97, 300].map((length) => {
      const grid = gridOf(kind, length, 300_000, 0.1);
      const trend = boundSlope(grid, [], 0);
      return [`${kind}, ${length}`, { ...trend, isSure: trend && isSure(trend), lag: lagOne(grid.values) }] as const;
    }),
  );
  const grid = gridOf('slope', 60);
  const more = [
    ...[0.5, 1, 2, 3, 20].map((cycles) => [`${cycles} cycles`, boundSlope(grid, [], cycles)] as const),
    ...[[30], [1, 2, 3], [59]].map(
      (starts) => [`levels from ${starts.join(',')}`, boundSlope(grid, starts, 0)] as const,
    ),
    ['a level each', boundSlope(gridOf('noise', 8), [1, 2, 3, 4, 5, 6, 7], 0)] as const,
    ['walk with a level', boundSlope(gridOf('walk', 200), [100], 0)] as const,
    ['just sure', isSure({ slopePerStep: -3, lowPerStep: -5, highPerStep: -1, isWandering: false })] as const,
    ['sure', isSure({ slopePerStep: 3.1, lowPerStep: 1.1, highPerStep: 5.1, isWandering: false })] as const,
  ];
  await expectTable('series-analysis/trend', [...rows, ...more]);
});
