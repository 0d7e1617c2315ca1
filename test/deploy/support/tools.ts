/** The programs that the deployment checks need, and how a bare Debian or a developer's machine gets them. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runCommand, tryCommand } from './command.ts';

export type ToolName =
  | 'buildah'
  | 'podman'
  | 'runc'
  | 'busybox'
  | 'shellcheck'
  | 'jq'
  | 'zip'
  | 'unzip'
  | 'helm'
  | 'kustomize'
  | 'g++'
  | 'make'
  | 'cmake'
  | 'python3'
  | 'chromium'
  | 'etcd'
  | 'openssl'
  | 'nginx'
  | 'go'
  | 'prometheus';

interface Tool {
  /** Any of these on the PATH will do. */
  readonly programs: readonly string[];
  /** Debian packages, or the Go module of a program; exact versions. */
  readonly debian?: readonly string[];
  readonly go?: string;
}

/** Debian's podman of the time needs its network parts by name. */
const PODMAN = ['podman', 'runc', 'netavark', 'aardvark-dns', 'iptables', 'uidmap', 'catatonit'];

const TOOLS: Readonly<Record<ToolName, Tool>> = {
  buildah: { programs: ['buildah'], debian: ['buildah', 'runc', 'uidmap'] },
  podman: { programs: ['podman'], debian: PODMAN },
  runc: { programs: ['runc'], debian: ['runc'] },
  busybox: { programs: ['busybox'], debian: ['busybox-static'] },
  shellcheck: { programs: ['shellcheck'], debian: ['shellcheck'] },
  jq: { programs: ['jq'], debian: ['jq'] },
  zip: { programs: ['zip'], debian: ['zip'] },
  unzip: { programs: ['unzip'], debian: ['unzip'] },
  helm: { programs: ['helm'], go: 'helm.sh/helm/v3/cmd/helm@v3.22.0' },
  kustomize: { programs: ['kubectl', 'kustomize'], go: 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.0' },
  'g++': { programs: ['g++'], debian: ['g++'] },
  make: { programs: ['make'], debian: ['make'] },
  cmake: { programs: ['cmake'], debian: ['cmake'] },
  python3: { programs: ['python3'], debian: ['python3-minimal'] },
  etcd: { programs: ['etcd'], debian: ['etcd-server'] },
  openssl: { programs: ['openssl'], debian: ['openssl'] },
  prometheus: { programs: ['prometheus'], debian: ['prometheus'] },
  nginx: { programs: ['nginx'], debian: ['nginx-light'] },
  go: { programs: ['go'], debian: ['golang-go'] },
  chromium: { programs: ['chromium', 'chromium-browser', 'google-chrome'], debian: ['chromium', 'fonts-dejavu-core'] },
};

export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cloudwatch-mcp-tools');
const GO_BIN = join(CACHE, 'bin');
const INSTALL_TIMEOUT_MS = 600_000;

/** Programs that were installed here come last on the PATH: the machine's own win. */
export function addToolsToPath(): void {
  process.env.PATH = [process.env.PATH, '/usr/sbin', '/sbin', '/usr/local/go/bin', GO_BIN].join(delimiter);
}

export function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
}

/** The program that stands for a tool; undefined when none is on the PATH. */
export function findProgram(name: ToolName): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return TOOLS[name].programs
    .flatMap((program) => folders.map((folder) => join(folder, program)))
    .find((path) => existsSync(path));
}

/** Installs what is missing, once for all steps. Resolves with the reason for each tool that is still missing. */
export async function provideTools(names: Iterable<ToolName>): Promise<ReadonlyMap<ToolName, string>> {
  const absent = [...new Set(names)].filter((name) => !TOOLS[name].programs.some(isOnPath));
  const reasons: string[] = [];
  const packages = [...new Set(absent.flatMap((name) => TOOLS[name].debian ?? []))];
  if (packages.length > 0) reasons.push(await installDebian(packages));
  const modules = absent.flatMap((name) => TOOLS[name].go ?? []);
  for (const module of modules) reasons.push(await installGo(module));
  const reason = reasons.filter((text) => text !== '').join('; ');
  const missing = absent.filter((name) => !TOOLS[name].programs.some(isOnPath));
  return new Map(missing.map((name) => [name, reason === '' ? 'not on the PATH' : reason]));
}

/** Resolves with the reason why not; empty = installed. */
export async function installDebian(packages: readonly string[]): Promise<string> {
  if (!isOnPath('apt-get')) return 'no apt-get';
  if (process.getuid?.() !== 0) return `apt-get install ${packages.join(' ')} needs root`;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  return attempt(async () => {
    await runCommand('apt-get', ['update'], { env, timeoutMs: INSTALL_TIMEOUT_MS });
    const args = ['install', '-y', '--no-install-recommends', ...packages];
    await runCommand('apt-get', args, { env, timeoutMs: INSTALL_TIMEOUT_MS });
  });
}

async function installGo(module: string): Promise<string> {
  if (!isOnPath('go')) return `no Go to install ${module}`;
  await mkdir(GO_BIN, { recursive: true });
  return attempt(() =>
    runCommand('go', ['install', module], { env: { GOBIN: GO_BIN }, timeoutMs: INSTALL_TIMEOUT_MS }),
  );
}

async function attempt(install: () => Promise<unknown>): Promise<string> {
  try {
    await install();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** `kustomize build`, by whichever program is there. */
export async function buildKustomization(folder: string): Promise<string> {
  if (isOnPath('kubectl')) {
    const { code, stdout } = await tryCommand('kubectl', ['kustomize', folder]);
    if (code === 0) return stdout;
  }
  return runCommand('kustomize', ['build', folder]);
}
