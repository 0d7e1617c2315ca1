import { it } from 'vitest';
import { ALL_KINDS, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { findOutliers } from './outliers.ts';

it('measures tails on each side', async () => {
  const kinds = ALL_KINDS.flatMap((kind) =>
    [1, 2, 29, 30, 31, 100, 599, 600, 700].map(
      (length) => [`${kind}, ${length}`, findOutliers(valuesOf(kind, length))] as const,
    ),
  );
  const far = Array.from({ length: 12 }, (_, sigmas) => {
    const values = valuesOf('whole numbers', 300).map((value, at) => (at === 9 ? 2 + 1.4826 * sigmas : value));
    return [`${sigmas} off`, findOutliers(values)] as const;
  });
  await expectTable('series-analysis/outliers', [...kinds, ...far]);
});
