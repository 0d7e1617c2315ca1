/** Holds merged batches against one query over the same log groups. `npm run bench:batches -- [cases] [seed]` */
import { batchCases } from '../../test/support/batch-cases.ts';
import { startBatchJudge, type Verdict } from '../../test/support/batch-verdict.ts';
import { fc } from '../../test/support/property.ts';

const [count = 1_000, seed = 1] = process.argv.slice(2).map(Number);
const MAX_WRONG_SHOWN = 5;
/** Of the aggregates that can be told from those of the parts. */
const MIN_MERGED = 0.95;
const PERCENT = 100;

console.log(`${count} batches over 51–120 log groups, seed ${seed}`);
const judge = await startBatchJudge();
const judged: { kind: string; verdict: Verdict }[] = [];
let shown = 0;
for (const batch of fc.sample(batchCases, { numRuns: count, seed })) {
  const verdict = await judge.judge(batch);
  judged.push({ kind: batch.kind, verdict });
  if (verdict.outcome === 'wrong' && shown < MAX_WRONG_SHOWN) {
    shown += 1;
    console.log(`    ${batch.query} (limit ${batch.limit}): ${verdict.fault}`);
  }
}
await judge.close();

console.log('rows   | batches | equal | labelled | wrong');
for (const kind of ['events', 'groups', 'single', 'all']) {
  const rows = judged.filter((row) => kind === 'all' || row.kind === kind).map(({ verdict }) => verdict.outcome);
  const cells = ['equal', 'labelled', 'wrong'].map((outcome) => rows.filter((row) => row === outcome).length);
  console.log(
    [kind.padEnd(6), String(rows.length).padStart(7), ...cells.map((cell) => String(cell).padStart(5))].join(' | '),
  );
}
const mergeable = judged.reduce((sum, { verdict }) => sum + verdict.mergeable, 0);
const merged = judged.reduce((sum, { verdict }) => sum + verdict.merged, 0);
const share = merged / mergeable;
console.log(
  `aggregates that can be merged: ${merged} of ${mergeable} = ${(share * PERCENT).toFixed(1)} % (reach ${MIN_MERGED * PERCENT} %)`,
);
process.exitCode = judged.every(({ verdict }) => verdict.outcome !== 'wrong') && share >= MIN_MERGED ? 0 : 1;
