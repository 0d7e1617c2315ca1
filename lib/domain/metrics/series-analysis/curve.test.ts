import { it } from 'vitest';
import { ALL_KINDS, gridOf, toGridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { findCurve } from './curve.ts';

const noise = valuesOf('noise', 400, 4);
const LENGTHS = [13, 14, 15, 55, 56, 111, 112, 200];

/** Shapes over 0 … 1. */
const SHAPES: Readonly<Record<string, (x: number) => number>> = {
  'bends a little': (x) => Math.exp(0.9 * x),
  'bends much': (x) => Math.exp(9 * x) / 200,
  'levels off soon': (x) => 1 - Math.exp(-9 * x),
  'levels off late': (x) => -Math.exp(-x),
  'falls ever faster': (x) => -Math.exp(5 * x) / 20,
  'a ramp that ends': (x) => Math.min(x, 0.45),
  'a ramp that begins': (x) => Math.max(0, x - 0.7),
  'a parabola': (x) => (x - 0.5) ** 2,
};

it('tells what bends from lines and walks', async () => {
  const kinds = ALL_KINDS.flatMap((kind) =>
    LENGTHS.flatMap((length) =>
      [0, 0.3].map(
        (missing) =>
          [`${kind}, ${length}, ${missing} missing`, findCurve(gridOf(kind, length, 60_000, missing))] as const,
      ),
    ),
  );
  const shapes = Object.entries(SHAPES).flatMap(([name, at]) =>
    [0, 0.01, 0.03, 0.06, 0.1, 0.2].flatMap((sigma) =>
      [60, 130].map((length) => {
        const values = Float64Array.from(
          { length },
          (_, index) => 10 * (at(index / length) + sigma * (noise[index] ?? 0)),
        );
        return [`${name}, ${sigma}, ${length}`, findCurve(toGridOf(values))] as const;
      }),
    ),
  );
  await expectTable('series-analysis/curve', [...kinds, ...shapes]);
});
