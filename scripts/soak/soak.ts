/**
 * `npm run soak`: the bundle under 64 clients of three users for ten minutes (run-soak.ts says what happens and what must
 * hold), and whether anything is left (calls, sockets) or has grown: memory from the second fifth to the last, and what is
 * held of it after all garbage was collected. `--minutes`, `--seed`, `--clients`. Exits 1 with what was wrong.
 */
import '../assert-node.mjs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startLocalAws } from '../../local/stack.ts';
import { watchServer } from '../bench/memory/watched-server.ts';
import { readImageFlags } from '../bench/processes.ts';
import { pointAtLocal } from '../local/local-stack.ts';
import { runSoak } from './run-soak.ts';

const BUNDLE = process.env.BUNDLE ?? join(import.meta.dirname, '..', '..', 'dist', 'server.mjs');
const MINUTE_MS = 60_000;
const SAMPLES = 25;
/** Of the first fifth, in which everything is loaded for the first time, nothing is compared. */
const WARM_SHARE = 0.2;
const MAX_GROWTH = 1.3;
/** Each change of the keys brings new tokens, and their credentials are kept until they end. */
const MAX_HELD_GROWTH = 1.3;
/** Clients keep idle connections for the 75 s that the server offers. */
const REST_MS = 80_000;
/** Kept to AWS for the next call, and what the system opens when it is first needed. */
const KEPT_FILES = 16;
const IDLE_GAUGES = ['cloudwatch_mcp_tool_calls_at_work 0', 'cloudwatch_mcp_http_requests_in_flight 1'];

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(process.pid) },
    clients: { type: 'string', default: '64' },
  },
});
const durationMs = Number(values.minutes) * MINUTE_MS;
console.log(`seed ${values.seed}, ${values.clients} clients, ${values.minutes} minutes`);

const local = await startLocalAws();
const server = await watchServer(BUNDLE, 20_000 + (process.pid % 20_000), {
  ...process.env,
  ...pointAtLocal({ RATE_LIMIT_PER_MINUTE: '0' }, local),
  NODE_OPTIONS: process.env.NODE_OPTIONS ?? readImageFlags(),
});
const idleFiles = server.openFiles();
const samplesMb: number[] = [];
const sampling = setInterval(() => samplesMb.push(server.rssMb()), durationMs / SAMPLES);
try {
  const warm = sleep(durationMs * 2 * WARM_SHARE).then(() => server.collect());
  const report = await runSoak({
    url: server.url,
    local,
    seed: Number(values.seed),
    durationMs,
    clients: Number(values.clients),
    rotateMs: MINUTE_MS,
  });
  clearInterval(sampling);
  await sleep(REST_MS);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const faults = [
    ...report.faults,
    ...IDLE_GAUGES.filter((line) => !metrics.includes(line)).map((line) => `/metrics does not say: ${line}`),
  ];
  const count = Math.floor(samplesMb.length * WARM_SHARE);
  const beforeMb = Math.max(...samplesMb.slice(count, 2 * count));
  const afterMb = Math.max(...samplesMb.slice(-count));
  if (afterMb > beforeMb * MAX_GROWTH)
    faults.push(`memory grew from ${beforeMb.toFixed(0)} to ${afterMb.toFixed(0)} MB`);
  const [early, late] = [await warm, await server.collect()];
  if (late.heapMb > early.heapMb * MAX_HELD_GROWTH)
    faults.push(`what is held grew from ${early.heapMb.toFixed(0)} to ${late.heapMb.toFixed(0)} MB`);
  const leftFiles = server.openFiles() - idleFiles;
  if (leftFiles > KEPT_FILES) faults.push(`${leftFiles} files or sockets more are open than before`);
  console.log({ ...report, faults: faults.slice(0, 20), samplesMb: samplesMb.map(Math.round), early, late, leftFiles });
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  clearInterval(sampling);
  await server.stop();
  await local.close();
}
