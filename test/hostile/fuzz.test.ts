/** A short form of `npm run fuzz`: the same inputs in every run. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../scripts/mutate/shuffle.ts';
import { FUZZ_TARGETS } from '../support/fuzz/fuzz-targets.ts';

const SEED = Number(process.env.FAST_CHECK_SEED ?? 1);
const ROUNDS = 25;

describe('whatever comes from outside', () => {
  it.each(FUZZ_TARGETS.map((start) => [start.name, start] as const))(
    'is answered in words of ours: %s',
    async (_name, start) => {
      const target = await start();
      const random = createRandom(SEED);
      for (let round = 0; round < ROUNDS; round += 1) expect(await target.run(random)).toBeUndefined();
      await target.close();
    },
  );
});
