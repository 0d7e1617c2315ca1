/** AWS's own runtime client for Node (aws-lambda-ric), compiled once per machine: that takes about a minute. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import { CACHE } from './tools.ts';

const EQUIPMENT = join(import.meta.dirname, '..', 'lambda-runtime');
const FILES = ['package.json', 'package-lock.json', '.npmrc'];
const COMPILE_TIMEOUT_MS = 400_000;

/** @returns the folder of the package */
export async function provideLambdaClient(): Promise<string> {
  const lockfile = await readFile(join(EQUIPMENT, 'package-lock.json'));
  const sum = createHash('sha256').update(lockfile).update(process.version).digest('hex').slice(0, 12);
  const folder = join(CACHE, `lambda-runtime-${sum}`);
  const client = join(folder, 'node_modules', 'aws-lambda-ric');
  if (await isThere(join(client, 'index.mjs'))) return client;
  // Under another name until it is complete, so that an interrupted run leaves nothing that looks usable.
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    for (const file of FILES) await copyFile(join(EQUIPMENT, file), join(unfinished, file));
    await runCommand('npm', ['ci'], { cwd: unfinished, timeoutMs: COMPILE_TIMEOUT_MS });
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return client;
}

async function isThere(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  );
}
