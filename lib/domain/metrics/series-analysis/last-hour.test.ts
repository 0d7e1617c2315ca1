import { it } from 'vitest';
import { ALL_KINDS, gridOf, toGridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { judgeLastHour } from './last-hour.ts';

const MINUTE_MS = 60_000;

it('judges the newest hour by how far others were off', async () => {
  const kinds = ALL_KINDS.flatMap((kind) =>
    [1, 47, 48, 59, 60, 61, 588, 600, 1_200].flatMap((length) =>
      [5, 15].map((minutes) => {
        const grid = gridOf(kind, length, minutes * MINUTE_MS, 0.1);
        const question = { residual: grid.values, periodSamples: length > 500 ? 30.5 : undefined, floor: 0 };
        return [`${kind}, ${length} of ${minutes} min`, judgeLastHour(grid, question)] as const;
      }),
    ),
  );
  const steps = [1, 20, 45, 60, 90, 240].flatMap((minutes) =>
    [0, 0.3, 5].map((floor) => {
      const grid = toGridOf(valuesOf('positive noise', 900), minutes * MINUTE_MS);
      return [
        `of ${minutes} min, floor ${floor}`,
        judgeLastHour(grid, { residual: grid.values, periodSamples: 90, floor }),
      ] as const;
    }),
  );
  const periods = [3, 12, 24, 96, 100, 111, 112, 113, 125, 400].map((periodSamples) => {
    const grid = toGridOf(valuesOf('noise', 900).map((value, at) => (at % 100 < 12 ? value * 9 : value)));
    return [
      `period ${periodSamples}`,
      judgeLastHour(grid, { residual: grid.values, periodSamples, floor: 0 }),
    ] as const;
  });
  const offs = [-9, -2, -1, 0, 1, 2, 9].flatMap((off) =>
    [60, 588, 600].map((length) => {
      const grid = toGridOf(valuesOf('noise', length, 5).map((value, at) => (at >= length - 12 ? value + off : value)));
      return [
        `${off} off in ${length}`,
        judgeLastHour(grid, { residual: grid.values, periodSamples: undefined, floor: 0 }),
      ] as const;
    }),
  );
  const long = toGridOf(valuesOf('walk', 9_000));
  await expectTable('series-analysis/last-hour', [
    ...kinds,
    ...steps,
    ...periods,
    ...offs,
    ['more hours than are asked', judgeLastHour(long, { residual: long.values, periodSamples: 24, floor: 0 })],
  ]);
});
