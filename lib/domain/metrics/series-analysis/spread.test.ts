import { it } from 'vitest';
import { ALL_KINDS, expectTable, valuesOf } from '../../../../test/analysis/small-series.ts';
import { findSpreadChange } from './spread.ts';

it('finds from when on a series swings farther', async () => {
  const kinds = ALL_KINDS.flatMap((kind) =>
    [95, 96, 97, 503, 504, 600].map(
      (length) => [`${kind}, ${length}`, findSpreadChange(valuesOf(kind, length))] as const,
    ),
  );
  const factors = [0.3, 0.5, 0.6, 1.2, 1.5, 1.6, 1.7, 1.8, 2, 3, 6].flatMap((factor) =>
    [20, 30, 36, 200, 470, 480].map((at) => {
      const values = valuesOf('noise', 500, 2).map((value, index) => (index < at ? value : value * factor));
      return [`× ${factor} from ${at}`, findSpreadChange(values)] as const;
    }),
  );
  const smallest = valuesOf('noise', 200).map((value) => value * 1e-140);
  await expectTable('spread', [...kinds, ...factors, ['the smallest numbers', findSpreadChange(smallest)]]);
});
