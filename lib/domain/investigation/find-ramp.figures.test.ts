import { it } from 'vitest';
import { expectTable } from '../../../test/support/golden-table.ts';
import { findRamp } from './find-ramp.ts';

const jitterAt = (index: number): number => ((index * 7_919 + 104_729) % 1_009) / 504.5 - 1;

it('fits knees', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const length of [10, 11, 12, 13, 40, 200])
    for (const part of [0, 0.1, 0.5, 0.8, 0.95])
      for (const [slope, jitter] of [
        [1, 0],
        [-0.4, 0],
        [0.1, 0.5],
        [0.1, 1],
        [-0.1, 2],
        [1, 6],
        [0, 1],
      ] as const)
        rows.push([
          `${length} points, knee at ${part}, ${slope} ± ${jitter}`,
          findRamp(
            Float64Array.from(
              { length },
              (_, index) => 60 + slope * Math.max(0, index - Math.round(part * length)) + jitter * jitterAt(index),
            ),
          ),
        ]);
  await expectTable('investigation/ramp-knees', rows);
});

it('tells knees from other shapes, with gaps too', async () => {
  const shapes: Readonly<Record<string, (index: number) => number>> = {
    step: (index) => (index < 50 ? 10 : 60),
    'late step': (index) => (index < 98 ? 10 : 60),
    'two steps': (index) => (index < 40 ? 10 : index < 70 ? 30 : 60),
    stairs: (index) => 10 + 5 * Math.floor(Math.max(0, index - 40) / 6),
    'a curve': (index) => 10 + 0.01 * Math.max(0, index - 40) ** 2,
    'up and down': (index) => 10 + Math.min(Math.abs(index - 20), Math.abs(index - 80)),
    'a sprint and a rest': (index) => 10 + 3 * Math.min(20, Math.max(0, index - 40)),
    line: (index) => 10 + index,
    zigzag: (index) => (index % 2 === 0 ? 10 : 20) + Math.max(0, index - 50) / 4,
    equal: () => 3,
    'level below zero': (index) => -50 - Math.max(0, index - 60),
  };
  const rows = Object.entries(shapes).flatMap(([name, valueAt]) =>
    [0, 1, 2, 3, 9].map((gap) => {
      const values = Float64Array.from({ length: 100 }, (_, index) =>
        gap > 0 && (index % 5 < gap || (gap === 9 && index > 60)) ? Number.NaN : valueAt(index) + 0.2 * jitterAt(index),
      );
      return [`${name}, gaps of ${gap}`, findRamp(values)] as const;
    }),
  );
  await expectTable('investigation/ramp-shapes', rows);
});
