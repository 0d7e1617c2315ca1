/** Runs the steps in one browser. Loaded when the equipment is there. */
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Checks } from '../../deploy/support/checks.ts';
import { createOpenChart } from './open-chart.ts';
import type { Step } from './step.ts';

const STEPS = join(import.meta.dirname, '..', 'steps');
const LAUNCH_MS = 30_000;

/**
 * @param executablePath of Debian's chromium
 * @param wanted parts of file names; none: all
 */
export async function runSteps(
  executablePath: string,
  check: Checks['check'],
  wanted: readonly string[],
): Promise<void> {
  const browser = await chromium.launch({
    executablePath,
    timeout: LAUNCH_MS,
    // Its sandbox needs another user than root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  });
  try {
    const context = {
      check,
      open: createOpenChart(browser),
      picturesDir: await mkdtemp(join(tmpdir(), 'cloudwatch-mcp-charts-')),
    };
    for (const file of (await readdir(STEPS)).sort()) {
      if (wanted.length > 0 && !wanted.some((part) => file.includes(part))) continue;
      try {
        const { step } = (await import(join(STEPS, file))) as { readonly step: Step };
        console.log(`== ${step.title}`);
        await step.run(context);
      } catch (error) {
        await check(`step ${basename(file, '.ts')} ran to its end`, () => Promise.reject(error));
      }
    }
  } finally {
    await browser.close();
  }
}
