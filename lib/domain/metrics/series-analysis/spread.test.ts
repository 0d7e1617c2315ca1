import { it } from 'vitest';
import { ALL_KINDS, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { findSpreadChange } from './spread.ts';

const level = (length: number, valueAt: (index: number) => number = () => 10) =>
  Float64Array.from({ length }, (_, index) => valueAt(index));
/** The deviation grows by a factor from a place on. */
const wider = (factor: number, from: number) =>
  valuesOf('noise', 500, 2).map((value, index) => (index < from ? value : value * factor));

it('finds from when on a series swings farther', async () => {
  const kinds = ALL_KINDS.flatMap((kind) =>
    [95, 96, 97, 503, 504, 600].map(
      (length) => [`${kind}, ${length}`, findSpreadChange(valuesOf(kind, length), level(length), false)] as const,
    ),
  );
  const factors = [0.3, 0.5, 0.6, 1.2, 1.5, 1.6, 1.7, 1.8, 2, 3, 6].flatMap((factor) =>
    [20, 30, 36, 200, 470, 480].map(
      (at) => [`× ${factor} from ${at}`, findSpreadChange(wider(factor, at), level(500), false)] as const,
    ),
  );
  const smallest = valuesOf('noise', 200).map((value) => value * 1e-140);
  await expectTable('series-analysis/spread', [
    ...kinds,
    ...factors,
    ['the smallest numbers', findSpreadChange(smallest, level(200), false)],
  ]);
});

it('takes none that follows its level', async () => {
  const rows = [0.4, 2, 3].flatMap((factor) =>
    [-1, 0, 0.2, 0.5, 1, 1.5, 2, 3, 6].flatMap((jump) =>
      [false, true].map((isRelative) => {
        const expected = level(500, (index) => (index < 250 ? 10 : 10 * jump));
        const found = findSpreadChange(wider(factor, 250), expected, isRelative);
        return [`× ${factor}, level × ${jump}, ${isRelative ? 'relative' : 'absolute'}`, found] as const;
      }),
    ),
  );
  const zeros = level(500, (index) => (index < 300 ? 0 : 5));
  await expectTable('series-analysis/spread.level', [
    ...rows,
    ['from zero', findSpreadChange(wider(4, 250), zeros, false)],
  ]);
});
