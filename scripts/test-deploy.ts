/**
 * `npm run test:deploy`: proves the deployment files on this machine, without a cloud: image, manifests, chart, workflows.
 * Installs its equipment (test/deploy/package.json, Debian packages, Go programs) where it is missing. Arguments choose
 * steps by a part of their file name.
 */
import './assert-node.mjs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createChecks } from '../test/deploy/support/checks.ts';
import { installEquipment } from '../test/deploy/support/equipment.ts';
import type { Step, StepContext } from '../test/deploy/support/step.ts';
import { addToolsToPath, provideTools, type ToolName } from '../test/deploy/support/tools.ts';

const ROOT = join(import.meta.dirname, '..');
const EQUIPMENT = join(ROOT, 'test', 'deploy');
const STEPS = join(EQUIPMENT, 'steps');

const { check, close } = createChecks();

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
const isEquipped = await check('equipment installed (npm ci in test/deploy)', () => installEquipment(EQUIPMENT));
if (isEquipped) {
  const steps = await loadSteps();
  const missing = await provideTools(steps.flatMap(({ needs }) => needs));
  for (const step of steps) await runStep(step, missing);
}
close();
