import { expect, it } from 'vitest';
import { ALL_KINDS, gridOf, toGridOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { compareLastHour } from './compare-last-hour.ts';

const MINUTE_MS = 60_000;

it('is beside the earlier hours of the same phase', async () => {
  const rows = ALL_KINDS.flatMap((kind) =>
    [1, 12, 23, 24, 25, 300].flatMap((length) =>
      [undefined, 5, 24, 33.4].map((period) => {
        const grid = gridOf(kind, length, 5 * MINUTE_MS);
        const usual = gridOf(kind, length, 5 * MINUTE_MS, 0.5);
        return [`${kind}, ${length}, period ${period}`, compareLastHour(grid, usual, period)] as const;
      }),
    ),
  );
  const steps = [1, 40, 60, 90, 300].map((minutes) => {
    const grid = gridOf('positive noise', 700, minutes * MINUTE_MS);
    return [`of ${minutes} min`, compareLastHour(grid, grid, undefined)] as const;
  });
  await expectTable('series-analysis/compare-last-hour', [...rows, ...steps]);
});

it('has a mean of the largest numbers, and of zeros', () => {
  const largest = toGridOf(new Float64Array(48).fill(Number.MAX_VALUE));
  expect(compareLastHour(largest, largest, undefined)).toMatchObject({ mean: Number.MAX_VALUE, hours: 3 });
  const zeros = toGridOf(new Float64Array(48));
  expect(compareLastHour(zeros, zeros, undefined)).toEqual({ mean: 0, median: 0, p10: 0, p90: 0, hours: 3 });
  const elsewhere = { ...zeros, indices: Int32Array.of(47), values: Float64Array.of(1) };
  expect(compareLastHour(zeros, elsewhere, undefined)).toBeUndefined();
  expect(compareLastHour({ ...elsewhere, indices: Int32Array.of(3) }, zeros, undefined)).toBeUndefined();
});
