import { it } from 'vitest';
import { gridOf, toGridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import type { Switching } from './switching.ts';
import { describeSwitching, undoFresh } from './unusual-states.ts';

const HOUR_MS = 3_600_000;

it('does not yet expect what has just come', async () => {
  const grid = gridOf('line', 500);
  const late = [0, 100, 451, 452, 453, 499].flatMap((at) =>
    [[], [24], [24, 99, 100, 101]].map(
      (periods) =>
        [`from ${at}, ${periods.join(',')}`, undoFresh(grid, [{ at, before: 2, after: 9 }], periods)] as const,
    ),
  );
  const two = [
    { at: 460, before: 1, after: 4 },
    { at: 480, before: 4, after: 2 },
  ];
  const hourly = gridOf('line', 60, HOUR_MS, 0.2);
  await expectTable('series-analysis/unusual-states.fresh', [
    ...late,
    ['two', undoFresh(grid, two, [])],
    ...[40, 45, 46, 47].map(
      (at) => [`hourly, from ${at}`, undoFresh(hourly, [{ at, before: 2, after: 9 }], [])] as const,
    ),
    [
      'rarer than hours',
      undoFresh(
        gridOf('line', 60, 6 * HOUR_MS),
        [
          { at: 56, before: 2, after: 9 },
          { at: 57, before: 0, after: 1 },
        ],
        [],
      ),
    ],
  ]);
});

it('expects each sample in its state', async () => {
  const values = valuesOf('states', 800);
  const isOn = Uint8Array.from(values, (value) => (value > 20 ? 1 : 0));
  const plain: Switching = { low: 2, high: 40, switches: 33, onSamples: 5, offSamples: 6, isOn };
  const up = (value: number) => value * 10;
  const changes = (['stopped', 'stuck', 'bursts'] as const).flatMap((kind) =>
    [
      [100, 40, 80],
      [123, 40, 20],
      [124, 40, 40],
      [125, 40, 41],
    ].map(([at = 0, before = 0, after = 0]) => ({ kind, at, before, after })),
  );
  await expectTable('series-analysis/unusual-states', [
    ['unchanged', describeSwitching(toGridOf(values), plain, up)],
    ['calm', describeSwitching(toGridOf(values.map((value) => (value > 20 ? 40 : 2))), plain, up)],
    ...changes.map(
      (change) => [JSON.stringify(change), describeSwitching(toGridOf(values), { ...plain, change }, up)] as const,
    ),
  ]);
});
