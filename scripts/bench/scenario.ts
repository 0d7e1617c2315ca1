/**
 * Loads a scenario of the size that the format asks to bear, and says what that cost. `npm run bench:scenario` writes one (about
 * 350 MB, in a folder for temporary files); `npm run bench:scenario -- FILE|NAME…` loads others.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadScenario } from '../../local/scenarios/load-scenario.ts';
import { countNumbers, type LargeSizes, writeLargeScenario } from './large-scenario.ts';

/** docs/scenarios.md: what is to be borne, and within what. */
const SIZES: LargeSizes = { series: 1_700, distributions: 41, alarms: 5_000, events: 500_000 };
const [MAX_SECONDS, MAX_BYTES] = [20, 1.5 * 1024 ** 3];
const SEED = 7;

const given = process.argv.slice(2);
process.exitCode = (await (given.length === 0 ? loadLarge() : loadAll(given))) ? 0 : 1;

async function loadLarge(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
  try {
    const path = join(folder, 'large.json');
    await writeLargeScenario(path, SIZES, SEED);
    const { size } = await stat(path);
    const { alarms, events } = SIZES;
    console.log(
      `${(size / 1e6).toFixed(0)} MB: ${countNumbers(SIZES)} numbers, ${alarms} alarms, ${events} log events`,
    );
    return await loadAll([path]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function loadAll(names: readonly string[]): Promise<boolean> {
  let isReached = true;
  for (const name of names) {
    const [startedMs, cpuBefore] = [performance.now(), process.cpuUsage()];
    const scenario = await loadScenario(name, Date.now());
    const seconds = (performance.now() - startedMs) / 1_000;
    const cpu = process.cpuUsage(cpuBefore);
    const bytes = process.resourceUsage().maxRSS * 1_024;
    const isLate = seconds > MAX_SECONDS;
    const isLarge = bytes > MAX_BYTES;
    isReached &&= !isLate && !isLarge;
    console.log(
      `${scenario.name} | ${seconds.toFixed(1)} s (≤ ${MAX_SECONDS})${isLate ? ' MISSED' : ''} | ` +
        `${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of processor time | ` +
        `${(bytes / 2 ** 20).toFixed(0)} MiB at most (≤ ${MAX_BYTES / 2 ** 20})${isLarge ? ' MISSED' : ''}`,
    );
  }
  return isReached;
}
