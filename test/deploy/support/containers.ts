/** buildah and podman, told once how to work on a small machine. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOptions, runCommand, tryCommand } from './command.ts';
import type { StepContext } from './step.ts';

export const BASE_TAG = 'localhost/cloudwatch-mcp-base:stand-in';
export const IMAGE_TAG = 'localhost/cloudwatch-mcp:test';

/** crun refuses machines with both cgroup versions; and where the hard limits are low, podman's defaults are refused. */
const CONTAINERS_CONF = `[containers]
default_ulimits = ["nofile=8192:8192", "nproc=4096:4096"]
[engine]
runtime = "runc"
`;

export type Run = (args: readonly string[], options?: CommandOptions) => Promise<string>;

export interface Containers {
  readonly buildah: Run;
  readonly podman: Run;
  /** Starts a container in the background; it is removed at the end of the step. Resolves with its id. */
  start(args: readonly string[]): Promise<string>;
  /** Runs a container to its end. */
  runToEnd(
    args: readonly string[],
  ): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  /** Both output streams of a container so far. */
  logs(id: string): Promise<string>;
}

export async function createContainers({ workDir, onCleanup }: StepContext): Promise<Containers> {
  const confPath = join(workDir, 'containers.conf');
  await writeFile(confPath, CONTAINERS_CONF);
  const env = { CONTAINERS_CONF: confPath };
  const podman: Run = (args, options) => runCommand('podman', args, { ...options, env: { ...env, ...options?.env } });
  return {
    buildah: (args, options) => runCommand('buildah', args, { ...options, env: { ...env, ...options?.env } }),
    podman,
    async start(args) {
      const id = (await podman(['run', '-d', ...args])).trim();
      onCleanup(() => podman(['rm', '-f', '-t', '0', id]));
      return id;
    },
    runToEnd: (args) => tryCommand('podman', ['run', '--rm', ...args], { env }),
    async logs(id) {
      const { stdout, stderr } = await tryCommand('podman', ['logs', id], { env });
      return stdout + stderr;
    },
  };
}

/** As strict as the Deployment: see k8s/base/deployment.yaml. */
export const HARDENED: readonly string[] = [
  '--user',
  '1000:1000',
  '--read-only',
  '--read-only-tmpfs=false',
  '--tmpfs',
  '/tmp:rw,size=16m,mode=1777',
  '--cap-drop',
  'all',
  '--security-opt',
  'no-new-privileges',
  '--memory',
  '256m',
  '--cpus',
  '0.5',
];
