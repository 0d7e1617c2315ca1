/** The merged answer is that of one query over all data, or says in which respect it is not; more cases: `npm run bench:batches`. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchCases } from '../../../../test/support/batch-cases.ts';
import { type BatchJudge, startBatchJudge } from '../../../../test/support/batch-verdict.ts';
import { fc } from '../../../../test/support/property.ts';

const RUNS = { numRuns: 40 };
const MIN_MERGED = 0.95;

let judge: BatchJudge;
beforeAll(async () => {
  judge = await startBatchJudge();
});
afterAll(() => judge.close());

describe('a batch over 51–120 log groups', () => {
  it('answers as one query would, or says what is per chunk', async () => {
    let mergeable = 0;
    let merged = 0;
    await fc.assert(
      fc.asyncProperty(batchCases, async (batch) => {
        const verdict = await judge.judge(batch);
        expect(verdict.fault).toBeUndefined();
        mergeable += verdict.mergeable;
        merged += verdict.merged;
      }),
      RUNS,
    );
    expect(merged / mergeable).toBeGreaterThanOrEqual(MIN_MERGED);
  });
});
