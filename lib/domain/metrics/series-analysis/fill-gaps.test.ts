import { it } from 'vitest';
import { ALL_KINDS, gridOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { fillGaps, joinKnots } from './fill-gaps.ts';

it('fills gaps with the local level, and cuts what is far from it', async () => {
  const lengths = [1, 2, 23, 24, 25, 60, 240];
  const filled = ALL_KINDS.flatMap((kind) =>
    lengths.flatMap((length) =>
      [0, 0.4].map(
        (missing) =>
          [`${kind}, ${length}, ${missing} missing`, fillGaps(gridOf(kind, length, 300_000, missing))] as const,
      ),
    ),
  );
  const knots = [
    [],
    [{ x: 3, y: 5 }],
    [
      { x: 0, y: 1 },
      { x: 4, y: 9 },
    ],
    [
      { x: 2, y: 1 },
      { x: 2, y: 9 },
      { x: 6, y: 0 },
    ],
    [
      { x: 1.5, y: -4 },
      { x: 9, y: 9 },
    ],
  ];
  const joined = knots.map((list) => [JSON.stringify(list), Array.from(joinKnots(list, 8)).join(' ')] as const);
  await expectTable('series-analysis/fill-gaps', [...filled, ...joined]);
});
