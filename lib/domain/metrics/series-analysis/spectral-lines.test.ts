import { it } from 'vitest';
import { ALL_KINDS, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { findLines } from './spectral-lines.ts';

const noise = valuesOf('noise', 512, 8);
const walk = valuesOf('walk', 512, 8);
const wave = (at: number, cycles: number): number => Math.sin((2 * Math.PI * cycles * at) / 512);

it('finds the periods that stand out of the noise', async () => {
  const kinds = ALL_KINDS.flatMap((kind) =>
    [48, 100, 200, 333].map((length) => [`${kind}, ${length}`, findLines(valuesOf(kind, length))] as const),
  );
  const places = [14, 15, 15.4, 15.6, 16, 20, 40, 47.5, 100, 200, 203, 204, 205, 206, 240].flatMap((cycles) =>
    [0.2, 0.35, 0.5, 3].map((size) => {
      const values = noise.map((value, at) => value + size * wave(at, cycles));
      return [`${size} at ${cycles} cycles`, findLines(values)] as const;
    }),
  );
  const red = [20, 60, 150].flatMap((cycles) =>
    [0.2, 0.5, 1, 2].map(
      (size) =>
        [
          `${size} at ${cycles} on a walk`,
          findLines(walk.map((value, at) => value + size * wave(at, cycles))),
        ] as const,
    ),
  );
  const near = [1, 2, 3, 3.5, 4, 4.5, 5, 8].map((apart) => {
    const values = noise.map((value, at) => value + 5 * wave(at, 60) + 3 * wave(at, 60 + apart));
    return [`${apart} apart`, findLines(values)] as const;
  });
  const combs = [3, 5, 9].map((period) => {
    const values = noise.map((value, at) => 0.01 * value + (at % period === 0 ? 8 : 0));
    return [`a pulse each ${period}`, findLines(values)] as const;
  });
  await expectTable('series-analysis/spectral-lines', [...kinds, ...places, ...red, ...near, ...combs]);
});
