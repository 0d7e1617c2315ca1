import { it } from 'vitest';
import { ALL_KINDS, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { medianOf, quantileOf, robustSigma, varianceOf } from './robust.ts';

it('is what it was', async () => {
  const kinds = ALL_KINDS.flatMap((kind) =>
    [1, 2, 3, 10, 2_999, 3_000, 3_001, 6_000, 9_001].map((length) => {
      const values = valuesOf(kind, length);
      return [
        `${kind}, ${length}`,
        [medianOf(values), robustSigma(values), robustSigma(values, 1), varianceOf(values)],
      ] as const;
    }),
  );
  const quantiles = [0, 0.1, 0.33, 0.5, 0.9, 0.99, 1].map(
    (share) =>
      [`quantile ${share}`, [1, 2, 5, 11].map((length) => quantileOf(valuesOf('line', length), share))] as const,
  );
  await expectTable('series-analysis/robust', [...kinds, ...quantiles]);
});
