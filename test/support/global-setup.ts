/** Builds the bundle once per run, for the tests that start it as a process. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

const ROOT = join(import.meta.dirname, '../..');

declare module 'vitest' {
  interface ProvidedContext {
    readonly bundlePath: string;
    /** Not empty where the build failed: tests that need the bundle then fail with it, the others do not care. */
    readonly bundleFault: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outdir = await mkdtemp(join(tmpdir(), 'cloudwatch-mcp-bundle-'));
  let fault = '';
  try {
    await promisify(execFile)(process.execPath, [join(ROOT, 'esbuild.config.mjs'), '--outdir', outdir, '--metafile']);
  } catch (error) {
    fault = String(error);
  }
  project.provide('bundlePath', join(outdir, 'server.mjs'));
  project.provide('bundleFault', fault);
  return () => rm(outdir, { recursive: true, force: true });
}
