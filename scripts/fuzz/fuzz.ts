/**
 * `npm run fuzz -- [--minutes 10] [--seed N] [--rounds 1000000] [--only "answers of AWS"]`
 * Lets the program have what comes from outside, made by lot: answers of AWS, arguments, events and JSON-RPC, raw bytes.
 * Prints the seed, each finding with the seed of its round, and the rounds of each kind; fails where something was found.
 */
import { parseArgs } from 'node:util';
import { FUZZ_TARGETS } from '../../test/support/fuzz/fuzz-targets.ts';
import { createRandom } from '../mutate/shuffle.ts';

/** More of the same kind say nothing new. */
const MAX_FINDINGS = 20;
const MINUTE_MS = 60_000;
const MAX_SEED = 2 ** 31;

const text = (value: string) => ({ type: 'string', default: value }) as const;
const { values } = parseArgs({
  options: { minutes: text('10'), seed: text(String(Date.now() % MAX_SEED)), rounds: text('1000000'), only: text('') },
});
const seed = Number(values.seed);
console.log(`seed ${seed}`);

const targets = (await Promise.all(FUZZ_TARGETS.map((start) => start()))).filter(
  ({ name }) => values.only === '' || name === values.only,
);
const untilMs = performance.now() + Number(values.minutes) * MINUTE_MS;
const rounds = new Map<string, number>();
let findings = 0;
for (
  let round = 0;
  performance.now() < untilMs && round < Number(values.rounds) && findings < MAX_FINDINGS;
  round += 1
) {
  for (const target of targets) {
    // Each round by itself can be made again: its seed is printed.
    const problem = await target.run(createRandom(seed + round));
    rounds.set(target.name, (rounds.get(target.name) ?? 0) + 1);
    if (problem === undefined) continue;
    findings += 1;
    console.log(`\n${target.name}, --seed ${seed + round} --rounds 1 --only "${target.name}":\n${problem}`);
  }
}
for (const target of targets) await target.close();
console.log([...rounds].map(([name, count]) => `${name}: ${count} rounds`).join('; '), `; ${findings} findings`);
process.exitCode = findings === 0 ? 0 : 1;
