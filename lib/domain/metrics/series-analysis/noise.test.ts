import { it } from 'vitest';
import { ALL_KINDS, gridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { blockMeans, cutSpikes, differences, longRunVariance } from './noise.ts';

const LENGTHS = [0, 1, 2, 6, 7, 8, 40, 41, 90, 255, 256, 400];

it('cuts spikes, and tells the noise over long stretches', async () => {
  const rows = ALL_KINDS.flatMap((kind) =>
    LENGTHS.map((length) => {
      const grid = gridOf(kind, length, 300_000, 0.2);
      const cut = cutSpikes(grid);
      const places = [...cut.values.keys()].filter((at) => cut.values[at] !== grid.values[at]);
      return [`${kind}, ${length}`, { variance: longRunVariance(grid), places, values: cut.values }] as const;
    }),
  );
  const parts = [1, 2, 3].map(
    (block) =>
      [`blocks of ${block}`, [blockMeans(valuesOf('line', 7), block), differences(valuesOf('walk', block))]] as const,
  );
  await expectTable('series-analysis/noise', [...rows, ...parts]);
});
