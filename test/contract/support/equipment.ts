/** What steps need beside JS packages: Python environments of python/*.txt, and the Go program of go/. Installed once, in the user's cache. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tryCommand } from '../../deploy/support/command.ts';
import { CACHE, installDebian, isOnPath, provideTools } from '../../deploy/support/tools.ts';

/** A file of python/ without its ending. Packages that cannot live together have an environment each. */
export type PythonName = 'clients' | 'converters' | 'boto3-1.34' | 'ministack';
export type Equipment = `python:${PythonName}` | 'go';

const CONTRACT = join(import.meta.dirname, '..');
const GO_PROGRAM = join(CACHE, 'bin', 'cloudwatch-mcp-go-client');
/** Some of the packages are large, and machines slow. */
const INSTALL_TIMEOUT_MS = 1_200_000;
const PIP_OPTIONS = ['--disable-pip-version-check', '--quiet', '--no-input'];

const environments = new Map<PythonName, string>();

/** Installs what is missing. Resolves with the reason for each that cannot be had. */
export async function provideEquipment(needs: Iterable<Equipment>): Promise<ReadonlyMap<Equipment, string>> {
  const missing = new Map<Equipment, string>();
  for (const need of new Set(needs)) {
    try {
      if (need === 'go') await buildGoProgram();
      else await providePython(need.slice('python:'.length) as PythonName);
    } catch (error) {
      missing.set(need, error instanceof Error ? error.message : String(error));
    }
  }
  return missing;
}

/** The path of a program of an environment, e.g. `pythonProgram('clients', 'aws')`. */
export function pythonProgram(name: PythonName, program = 'python'): string {
  return join(environments.get(name) ?? '', 'bin', program);
}

/** The path of the built Go client. */
export function goProgram(): string {
  return GO_PROGRAM;
}

async function providePython(name: PythonName): Promise<void> {
  const requirements = join(CONTRACT, 'python', `${name}.txt`);
  const state = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const folder = join(CACHE, 'python', `${name}-${state}`);
  const stamp = join(folder, '.installed');
  environments.set(name, folder);
  if (existsSync(stamp)) return;
  await providePythonItself();
  await rm(folder, { recursive: true, force: true });
  await runCommand('python3', ['-m', 'venv', folder]);
  const install = ['-m', 'pip', 'install', ...PIP_OPTIONS, '-r', requirements];
  await runCommand(pythonProgram(name), install, { timeoutMs: INSTALL_TIMEOUT_MS });
  await writeFile(stamp, '');
}

async function providePythonItself(): Promise<void> {
  const missing = await provideTools(['python3']);
  if (missing.size > 0) throw new Error(`no Python: ${missing.get('python3')}`);
  const { code } = await tryCommand('python3', ['-c', 'import venv, ensurepip']);
  if (code === 0) return;
  const reason = await installDebian(['python3-venv']);
  if (reason !== '') throw new Error(`Python has no module venv: ${reason}`);
}

async function buildGoProgram(): Promise<void> {
  if (!isOnPath('go')) throw new Error('no Go on the PATH');
  await mkdir(join(CACHE, 'bin'), { recursive: true });
  const cwd = join(CONTRACT, 'go');
  await runCommand('go', ['build', '-mod=readonly', '-o', GO_PROGRAM, '.'], { cwd, timeoutMs: INSTALL_TIMEOUT_MS });
}
