import { expect, it } from 'vitest';
import { createRandom } from '../../../../test/analysis/random.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { type Candidate, chooseFundamentals, toCandidate } from './choose-fundamentals.ts';

const LENGTH = 1_000;
const NATURAL = [10, 12, 24, 100];

it('takes a line for the natural period that is within the resolution', async () => {
  const rows = [0, 0.5, 0.7, 0.74, 0.76, 1, 5].flatMap((steps) =>
    NATURAL.flatMap((period) =>
      [-1, 1].map((sign) => {
        const line = { frequency: 1 / period + (sign * steps) / LENGTH, energy: 2 };
        return [`${sign * steps} steps off ${period}`, toCandidate(line, NATURAL, LENGTH)] as const;
      }),
    ),
  );
  await expectTable('series-analysis/choose-fundamentals.natural', rows);
  expect(toCandidate({ frequency: 0.0995, energy: 1 }, [10, 10.1], LENGTH).periodSamples).toBe(10.1);
});

it('chooses what is a season of its own', async () => {
  const random = createRandom(3);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random.uniform() * items.length)] as Item;
  const rows = Array.from({ length: 400 }, (_, index) => {
    const base = pick([4, 5, 10]) / LENGTH;
    const candidates = Array.from({ length: 1 + (index % 6) }, (): Candidate => {
      const off = pick([0, 0, 0, 0.2, 0.74, 0.75, 0.76, 0.9, 1.2, 1.5]);
      const frequency = base * pick([1, 1, 2, 3, 4, 5, 6, 8, 9.5, 12]) + off / LENGTH;
      const energy = pick([1, 1, 0.039, 0.04, 0.041, 0.24, 0.25, 0.26, 3.9, 4, 4.1, 16, 17]);
      return { periodSamples: 1 / frequency, frequency, energy, isNatural: pick([true, true, false]) };
    });
    const name = candidates.map(
      (one) => `${(one.frequency * LENGTH).toFixed(2)}${one.isNatural ? 'n' : ''}: ${one.energy}`,
    );
    const found = chooseFundamentals(candidates, LENGTH);
    return [
      name.join(', '),
      found.map(({ frequency, energy }) => `${(frequency * LENGTH).toFixed(2)}: ${energy}`),
    ] as const;
  });
  await expectTable('series-analysis/choose-fundamentals', rows);
});
