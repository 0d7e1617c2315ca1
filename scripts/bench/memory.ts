/**
 * `npm run bench:memory`: how much memory the bundle takes where much is wanted of it at once, each scenario by a server
 * of its own, with the flags of the image (or those of NODE_OPTIONS), before the embedded AWS in a process of its own.
 * `-- --only NAME` for one of them, `--users N` for fewer users. Exits 1 where a reach is not kept.
 */
import '../assert-node.mjs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedAws } from './memory/embedded-aws.ts';
import { GIVEN_BACK_MS, SCENARIOS, type Scenario, warmUp } from './memory/scenarios.ts';
import { watchServer } from './memory/watched-server.ts';
import { readImageFlags } from './processes.ts';

const BUNDLE = process.env.BUNDLE ?? join(import.meta.dirname, '..', '..', 'dist', 'server.mjs');
const HEAD = [
  'what',
  'before',
  'peak',
  `after ${GIVEN_BACK_MS / 1_000} s`,
  'after a full collection',
  'heap in use',
  'reach',
];

const names = SCENARIOS.map(({ name }) => name);
const { values } = parseArgs({
  options: { only: { type: 'string' }, users: { type: 'string', default: '1000' } },
});
const chosen = SCENARIOS.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
  console.error(`There is no scenario ${values.only} → --only one of ${names.join(', ')}.`);
  process.exit(2);
}
const flags = process.env.NODE_OPTIONS ?? readImageFlags();
console.log(`flags: ${flags}\n\n| ${HEAD.join(' | ')} |\n|${' --- |'.repeat(HEAD.length)}`);
const port = 20_000 + (process.pid % 20_000);
for (const [index, scenario] of chosen.entries()) await measure(scenario, port + index);

async function measure(scenario: Scenario, port: number): Promise<void> {
  const { what, reachMb, isAdded = false } = scenario;
  const aws = await startEmbeddedAws(Number(values.users));
  const server = await watchServer(BUNDLE, port, { ...aws.env, NODE_OPTIONS: flags });
  try {
    await warmUp(server, aws);
    const before = await server.collect();
    server.takePeakMb();
    const tell = await scenario.run(server, aws);
    await sleep(GIVEN_BACK_MS);
    const peakMb = server.takePeakMb();
    const restMb = server.rssMb();
    const held = await server.collect();
    const takenMb = isAdded ? peakMb - before.rssMb : peakMb;
    const heap = `${mb(before.heapMb)} → ${mb(held.heapMb)}`;
    const cells = [`${what}: ${tell()}`, mb(before.rssMb), mb(peakMb), mb(restMb), mb(held.rssMb), heap];
    console.log(`| ${[...cells, `${isAdded ? '+' : ''}${mb(takenMb)} of ${mb(reachMb)}`].join(' | ')} |`);
    if (takenMb > reachMb) process.exitCode = 1;
  } finally {
    await server.stop();
    await aws.stop();
  }
}

function mb(value: number): string {
  return `${value.toFixed(0)} MB`;
}
