import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.ts';

/** The packages of a folder's lockfile, once for each state of it. */
export async function installEquipment(folder: string): Promise<void> {
  const lockfile = await readFile(join(folder, 'package-lock.json'));
  const state = createHash('sha256').update(lockfile).digest('hex');
  const stamp = join(folder, 'node_modules', '.installed');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === state) return;
  await runCommand('npm', ['ci', '--ignore-scripts', '--prefix', folder]);
  // Without packages there is no folder yet.
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await writeFile(stamp, state);
}
