/**
 * A real Kubernetes control plane on loopback: etcd, kube-apiserver, kube-controller-manager, the CRDs of the operators.
 * No nodes: fake-kubelet.ts plays them, fake-operator.ts plays External Secrets.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../support/free-port.ts';
import { type CommandOptions, type CommandResult, runCommand, tryCommand } from './command.ts';
import { createKubeApi, type KubeApi } from './kube-api.ts';
import { provideKubeBinaries } from './kube-binaries.ts';
import type { StepContext } from './step.ts';
import { waitFor } from './wait-for.ts';

/** Users of the cluster and their groups; the deployer is what the role of the workflows is mapped to. */
const USERS = {
  admin: { token: 'token-of-admin', group: 'system:masters' },
  deployer: { token: 'token-of-deployer', group: 'cloudwatch-mcp-deployers' },
  stranger: { token: 'token-of-stranger', group: 'nobody' },
} as const;
export type KubeUser = keyof typeof USERS;

const START_MS = 120_000;
const MAX_WAITS = 10;
const WAIT_AGAIN_MS = 1_000;
const CONTROLLERS = [
  'deployment-controller',
  'replicaset-controller',
  'serviceaccount-controller',
  'horizontal-pod-autoscaler-controller',
  'disruption-controller',
  'namespace-controller',
  'garbage-collector-controller',
  'endpoints-controller',
  'endpointslice-controller',
];

export interface ControlPlane {
  /** As the administrator. */
  readonly api: KubeApi;
  /** Path of a kubeconfig. */
  readonly kubeconfig: (user: KubeUser) => string;
  /** The standard output. @throws when the exit code is not 0 */
  kubectl(args: readonly string[], options?: CommandOptions & { readonly user?: KubeUser }): Promise<string>;
  tryKubectl(args: readonly string[], options?: CommandOptions & { readonly user?: KubeUser }): Promise<CommandResult>;
}

export async function startControlPlane({ workDir, onCleanup }: StepContext): Promise<ControlPlane> {
  const { apiServer, controllerManager, crds } = await provideKubeBinaries();
  const [clientPort, peerPort, port, managerPort] = await Promise.all([1, 2, 3, 4].map(findFreePort));
  const etcd = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const url = `https://127.0.0.1:${port}`;
  const run = (name: string, program: string, args: readonly string[]): void => {
    onCleanup(startDaemon(program, args, join(workDir, `${name}.log`)));
  };

  await writeKeys(workDir);
  run(
    'etcd',
    'etcd',
    toFlags({
      'data-dir': join(workDir, 'etcd'),
      'listen-client-urls': etcd,
      'advertise-client-urls': etcd,
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `default=${peer}`,
      'unsafe-no-fsync': 'true',
    }),
  );
  run('apiserver', apiServer, apiServerArgs(workDir, etcd, port ?? 0));
  for (const user of Object.keys(USERS) as KubeUser[]) await writeKubeconfig(workDir, url, user);
  const kubeconfig = (user: KubeUser): string => join(workDir, `kubeconfig-${user}`);
  const api = createKubeApi(url, USERS.admin.token);
  await waitFor('kube-apiserver is ready', START_MS, () => api.get('/readyz'));
  run('controller-manager', controllerManager, managerArgs(workDir, kubeconfig('admin'), managerPort ?? 0));

  const toOptions = ({
    user = 'admin',
    ...options
  }: CommandOptions & { readonly user?: KubeUser } = {}): CommandOptions => ({
    ...options,
    env: { ...options.env, KUBECONFIG: kubeconfig(user) },
  });
  const plane: ControlPlane = {
    api,
    kubeconfig,
    kubectl: (args, options) => runCommand('kubectl', args, toOptions(options)),
    tryKubectl: (args, options) => tryCommand('kubectl', args, toOptions(options)),
  };
  await plane.kubectl(['apply', '--server-side', '-f', crds]);
  const wait = ['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s'];
  // A definition that was made this moment has no conditions yet, and kubectl gives up at once.
  for (let turn = 0; turn < MAX_WAITS; turn += 1) {
    if ((await plane.tryKubectl(wait)).code === 0) return plane;
    await sleep(WAIT_AGAIN_MS);
  }
  await plane.kubectl(wait);
  return plane;
}

/** @returns ends it */
function startDaemon(program: string, args: readonly string[], log: string): () => Promise<void> {
  const child: ChildProcess = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stream = createWriteStream(log);
  child.stdout?.pipe(stream, { end: false });
  child.stderr?.pipe(stream, { end: false });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  return async () => {
    child.kill('SIGKILL');
    await ended;
    stream.end();
  };
}

async function writeKeys(folder: string): Promise<void> {
  await runCommand('openssl', ['genrsa', '-out', join(folder, 'sa.key'), '2048']);
  await runCommand('openssl', ['rsa', '-in', join(folder, 'sa.key'), '-pubout', '-out', join(folder, 'sa.pub')]);
  const lines = Object.entries(USERS).map(([name, { token, group }]) => `${token},${name},${name},${group}\n`);
  await writeFile(join(folder, 'tokens.csv'), lines.join(''));
  await readFile(join(folder, 'sa.pub'));
}

async function writeKubeconfig(folder: string, url: string, user: KubeUser): Promise<void> {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'local', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: user, user: { token: USERS[user].token } }],
    contexts: [{ name: 'local', context: { cluster: 'local', user } }],
    'current-context': 'local',
  };
  await writeFile(join(folder, `kubeconfig-${user}`), JSON.stringify(config));
}

function apiServerArgs(folder: string, etcd: string, port: number): string[] {
  return toFlags({
    'etcd-servers': etcd,
    'secure-port': String(port),
    'bind-address': '127.0.0.1',
    'cert-dir': join(folder, 'certs'),
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': join(folder, 'sa.pub'),
    'service-account-signing-key-file': join(folder, 'sa.key'),
    'token-auth-file': join(folder, 'tokens.csv'),
    'authorization-mode': 'RBAC',
    'service-cluster-ip-range': '10.96.0.0/16',
    'endpoint-reconciler-type': 'none',
  });
}

function managerArgs(folder: string, kubeconfig: string, port: number): string[] {
  return toFlags({
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'secure-port': String(port),
    'bind-address': '127.0.0.1',
    'cert-dir': join(folder, 'certs'),
    'service-account-private-key-file': join(folder, 'sa.key'),
    'leader-elect': 'false',
    'horizontal-pod-autoscaler-sync-period': '3s',
    controllers: CONTROLLERS.join(','),
  });
}

function toFlags(options: Readonly<Record<string, string>>): string[] {
  return Object.entries(options).map(([name, value]) => `--${name}=${value}`);
}
