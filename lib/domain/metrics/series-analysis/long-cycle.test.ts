import { it } from 'vitest';
import { ALL_KINDS, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { judgeLongCycle } from './long-cycle.ts';

const noise = valuesOf('noise', 1_200, 9);
const walk = valuesOf('walk', 1_200, 2);

it('tells a cycle of which there are few', async () => {
  const kinds = ALL_KINDS.flatMap((kind) =>
    [12, 24, 50.5].map((period) => [`${kind}, period ${period}`, judgeLongCycle(valuesOf(kind, 200), period)] as const),
  );
  const lengths = [17, 18, 19, 59, 60, 294, 295, 296, 342, 343, 344].map(
    (length) => [`${length} values`, judgeLongCycle(valuesOf('noise', length), length > 100 ? 100 : 6)] as const,
  );
  const periods = [5, 5.9, 6, 7, 47, 48, 49, 200].map(
    (period) => [`period ${period}`, judgeLongCycle(noise.subarray(0, 1_000), period)] as const,
  );
  const strengths = Array.from({ length: 24 }, (_, index) => {
    const size = index / 12;
    const sine = noise.map((value, at) => value + size * Math.sin((2 * Math.PI * at) / 300));
    const pulse = noise.map((value, at) => value + 6 * size * (at % 300 < 20 ? 1 : 0));
    const second = walk.map((value, at) => value + 9 * size * Math.sin((4 * Math.PI * at) / 300));
    return [`strength ${index}`, [sine, pulse, second].map((values) => judgeLongCycle(values, 300))] as const;
  });
  await expectTable('series-analysis/long-cycle', [...kinds, ...lengths, ...periods, ...strengths]);
});
