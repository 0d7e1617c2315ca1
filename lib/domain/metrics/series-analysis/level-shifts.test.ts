import { it } from 'vitest';
import { ALL_KINDS, gridOf, toGridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { findLevelShifts, fitSlope, levelOf, toSegments } from './level-shifts.ts';

const LENGTHS = [0, 1, 7, 8, 9, 24, 60, 61, 150, 180, 400, 1_300];

/** Levels of 30 samples each, more of them than are told. */
const stairs = (steps: number) =>
  valuesOf('noise', steps * 30).map((value, at) => value + 20 * ((Math.floor(at / 30) * 7) % 5));

it('finds where the level jumps', async () => {
  const found = ALL_KINDS.flatMap((kind) =>
    LENGTHS.flatMap((length) =>
      [0, 0.2].map(
        (missing) =>
          [`${kind}, ${length}, ${missing} missing`, findLevelShifts(gridOf(kind, length, 300_000, missing))] as const,
      ),
    ),
  );
  const many = [2, 3, 5, 8, 9, 10, 12].map(
    (steps) => [`${steps} levels`, findLevelShifts(toGridOf(stairs(steps)))] as const,
  );
  const near = [2, 3, 4, 5, 11, 12, 13, 50, 143, 144, 145].map((last) => {
    const values = valuesOf('noise', 300).map((value, at) => value + (at >= 300 - last ? 30 : 0));
    return [`the last ${last} of 300`, findLevelShifts(toGridOf(values))] as const;
  });
  const heights = Array.from({ length: 14 }, (_, height) => {
    const values = valuesOf('wider', 200, 3).map((value, at) => value + (at >= 100 ? height / 2 : 0));
    return [`${height / 2} higher`, findLevelShifts(toGridOf(values))] as const;
  });
  await expectTable('series-analysis/level-shifts', [...found, ...many, ...near, ...heights]);
});

it('fits one slope to all levels', async () => {
  const grid = gridOf('slope', 40, 300_000, 0.3);
  const rows = [[], [10], [1, 2, 20]].map(
    (starts) =>
      [starts.join(), [toSegments(starts, 40), fitSlope(grid, starts), levelOf(grid, { starts, slope: 0.5 })]] as const,
  );
  await expectTable('series-analysis/level-shifts.slope', rows);
});
