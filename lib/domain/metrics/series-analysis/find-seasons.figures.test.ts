import { it } from 'vitest';
import { ALL_KINDS, gridOf, toGridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { fillGaps } from './fill-gaps.ts';
import { findSeasons } from './find-seasons.ts';

const HOUR_MS = 3_600_000;
const noise = valuesOf('noise', 1_000, 6);

it('finds seasons of clocks and others', async () => {
  const seasonsOf = (values: Float64Array, stepMs: number, missing = 0) =>
    findSeasons(fillGaps(toGridOf(values, stepMs, missing)), stepMs);
  const kinds = ALL_KINDS.flatMap((kind) =>
    [47, 48, 49, 200].map(
      (length) => [`${kind}, ${length}`, findSeasons(fillGaps(gridOf(kind, length)), 300_000)] as const,
    ),
  );
  const periods = [
    2.6, 3, 3.01, 3.05, 4, 4.5, 5.9, 5.97, 6, 6.1, 9.3, 24, 25, 168, 240, 300, 333, 345, 351, 360,
  ].flatMap((period) =>
    [0.4, 1, 4].map((size) => {
      const values = noise.map((value, at) => value + size * Math.sin((2 * Math.PI * at) / period));
      return [`${size} with period ${period}`, seasonsOf(values, HOUR_MS)] as const;
    }),
  );
  const pulses = [12, 24, 48, 168].flatMap((period) =>
    [1, 2, 4, 20].map((size) => {
      const values = noise.map((value, at) => value + (at % period < 2 ? size : 0));
      return [
        `pulses of ${size} each ${period}`,
        [0, 0.3].map((missing) => seasonsOf(values, HOUR_MS, missing)),
      ] as const;
    }),
  );
  const spiky = [5, 20, 100].map((size) => {
    const values = noise.map(
      (value, at) => value + 2 * Math.sin((2 * Math.PI * at) / 24) + (at % 211 === 9 ? size : 0),
    );
    return [`spikes of ${size}`, seasonsOf(values, HOUR_MS)] as const;
  });
  await expectTable('series-analysis/find-seasons', [...kinds, ...periods, ...pulses, ...spiky]);
});
