/**
 * `npm run test:deploy`: proves the deployment files on this machine, without a cloud: image, manifests, chart, workflows.
 * Installs its equipment (test/deploy/package.json, Debian packages, Go programs) where it is missing. Arguments choose
 * steps by a part of their file name.
 */
import './assert-node.mjs';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runCommand } from '../test/deploy/support/command.ts';
import type { Step, StepContext } from '../test/deploy/support/step.ts';
import { addToolsToPath, provideTools, type ToolName } from '../test/deploy/support/tools.ts';

const ROOT = join(import.meta.dirname, '..');
const EQUIPMENT = join(ROOT, 'test', 'deploy');
const STEPS = join(EQUIPMENT, 'steps');

let passed = 0;
let failed = 0;

async function check(name: string, run: () => unknown): Promise<boolean> {
  const startedMs = performance.now();
  try {
    await run();
    passed += 1;
    console.log(`ok     ${name} (${secondsSince(startedMs)} s)`);
    return true;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name} (${secondsSince(startedMs)} s)`);
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.log(text.replaceAll(/^/gm, '       '));
    return false;
  }
}

function secondsSince(startedMs: number): string {
  return ((performance.now() - startedMs) / 1_000).toFixed(1);
}

/** Once for each state of the lockfile. */
async function installEquipment(): Promise<void> {
  const lockfile = await readFile(join(EQUIPMENT, 'package-lock.json'));
  const state = createHash('sha256').update(lockfile).digest('hex');
  const stamp = join(EQUIPMENT, 'node_modules', '.installed');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === state) return;
  await runCommand('npm', ['ci', '--ignore-scripts', '--prefix', EQUIPMENT]);
  await writeFile(stamp, state);
}

async function loadSteps(): Promise<readonly Step[]> {
  const wanted = process.argv.slice(2);
  const files = (await readdir(STEPS)).filter((file) => file.endsWith('.ts')).sort();
  const chosen = files.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
  const steps: Step[] = [];
  for (const file of chosen) {
    await check(`step ${basename(file, '.ts')} can be loaded`, async () => {
      const module = (await import(join(STEPS, file))) as { readonly step: Step };
      steps.push(module.step);
    });
  }
  return steps;
}

async function runStep(step: Step, missing: ReadonlyMap<ToolName, string>): Promise<void> {
  console.log(`== ${step.title}`);
  const absent = step.needs.filter((name) => missing.has(name));
  for (const name of absent) {
    await check(`tool ${name}`, () => Promise.reject(new Error(`tool missing: ${name}: ${missing.get(name)}`)));
  }
  if (absent.length > 0) return;
  const cleanups: (() => unknown)[] = [];
  const workDir = await mkdtemp(join(tmpdir(), 'cloudwatch-mcp-deploy-'));
  const context: StepContext = { root: ROOT, workDir, check, onCleanup: (clean) => void cleanups.push(clean) };
  try {
    await step.run(context);
  } catch (error) {
    await check(`${step.title}: ran to its end`, () => Promise.reject(error));
  }
  for (const clean of cleanups.reverse()) {
    try {
      await clean();
    } catch (error) {
      await check(`${step.title}: cleaned up`, () => Promise.reject(error));
    }
  }
  await rm(workDir, { recursive: true, force: true });
}

addToolsToPath();
const isEquipped = await check('equipment installed (npm ci in test/deploy)', installEquipment);
if (isEquipped) {
  const steps = await loadSteps();
  const missing = await provideTools(steps.flatMap(({ needs }) => needs));
  for (const step of steps) await runStep(step, missing);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
