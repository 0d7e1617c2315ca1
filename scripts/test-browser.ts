/**
 * `npm run test:browser`: the interactive chart in a real browser. Installs its equipment (test/browser/package.json, Debian's
 * chromium) where it is missing. The pages may ask the network for nothing. Arguments choose steps by a part of their file name.
 */
import './assert-node.mjs';
import { join } from 'node:path';
import { type Checks, createChecks } from '../test/deploy/support/checks.ts';
import { installEquipment } from '../test/deploy/support/equipment.ts';
import { addToolsToPath, findProgram, provideTools } from '../test/deploy/support/tools.ts';

const EQUIPMENT = join(import.meta.dirname, '..', 'test', 'browser');
/** A page waits at most 8 s for anything; most checks take about one. */
const CHECK_LIMIT_MS = 60_000;

interface Runner {
  readonly runSteps: (executablePath: string, check: Checks['check'], wanted: readonly string[]) => Promise<void>;
}

const checks = createChecks();

/** A check that never ends is a failed one. */
function checkInTime(name: string, run: () => unknown): Promise<boolean> {
  return checks.check(name, async () => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not done after ${CHECK_LIMIT_MS / 1_000} s`)), CHECK_LIMIT_MS);
    });
    try {
      await Promise.race([Promise.resolve(run()), limit]);
    } finally {
      clearTimeout(timer);
    }
  });
}

async function provideChromium(): Promise<string> {
  const missing = await provideTools(['chromium']);
  const path = findProgram('chromium');
  if (path === undefined) throw new Error(`tool missing: chromium: ${missing.get('chromium') ?? 'not on the PATH'}`);
  return path;
}

addToolsToPath();
let executable = '';
const isReady =
  (await checks.check('equipment installed (npm ci in test/browser)', () => installEquipment(EQUIPMENT))) &&
  (await checks.check('chromium installed', async () => {
    executable = await provideChromium();
  }));
if (isReady) {
  await checks.check('the browser started and ended', async () => {
    const { runSteps } = (await import(join(EQUIPMENT, 'support', 'run-steps.ts'))) as Runner;
    await runSteps(executable, checkInTime, process.argv.slice(2));
  });
}
checks.close();
