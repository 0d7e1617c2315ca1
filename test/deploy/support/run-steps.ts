/** Loads step files and runs them in the order of their names; used by every script that proves something outside of vitest. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Checks } from './checks.ts';
import type { Step } from './step.ts';

export interface StepRun<Need extends string> {
  /** Root of the repository. */
  readonly root: string;
  /** Folder of the step files. */
  readonly folder: string;
  /** Parts of file names; empty = all steps. */
  readonly wanted: readonly string[];
  /** Installs what steps need; resolves with the reason for each that cannot be had. */
  readonly provide: (needs: Iterable<Need>) => Promise<ReadonlyMap<Need, string>>;
  readonly check: Checks['check'];
}

export async function runSteps<Need extends string>(run: StepRun<Need>): Promise<void> {
  const steps = await loadSteps(run);
  const missing = await run.provide(steps.flatMap(({ needs }) => needs));
  for (const step of steps) await runStep(step, missing, run);
}

async function loadSteps<Need extends string>({ folder, wanted, check }: StepRun<Need>): Promise<Step<Need>[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  const chosen = files.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
  const steps: Step<Need>[] = [];
  for (const file of chosen) {
    await check(`step ${basename(file, '.ts')} can be loaded`, async () => {
      const module = (await import(join(folder, file))) as { readonly step: Step<Need> };
      steps.push(module.step);
    });
  }
  return steps;
}

async function runStep<Need extends string>(
  step: Step<Need>,
  missing: ReadonlyMap<Need, string>,
  { root, check }: StepRun<Need>,
): Promise<void> {
  console.log(`== ${step.title}`);
  const absent = step.needs.filter((name) => missing.has(name));
  for (const name of absent) {
    await check(`tool ${name}`, () => Promise.reject(new Error(`tool missing: ${name}: ${missing.get(name)}`)));
  }
  if (absent.length > 0) return;
  const cleanups: (() => unknown)[] = [];
  const workDir = await mkdtemp(join(tmpdir(), 'cloudwatch-mcp-step-'));
  try {
    await step.run({ root, workDir, check, onCleanup: (clean) => void cleanups.push(clean) });
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
