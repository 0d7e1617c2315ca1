/**
 * `kubectl rollout restart` under load, as Kubernetes does it with the Deployment's settings: a new pod is started; when
 * /ready says so it becomes an endpoint; the old one stops being one, keeps serving for the time of preStop, gets SIGTERM
 * and must end with 0. Pods are processes of the bundle; times are shortened.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../support/free-port.ts';
import { runCommand } from '../support/command.ts';
import { runLoad } from '../support/load.ts';
import { startLocalAws } from '../support/local-aws.ts';
import { type ServiceProxy, startServiceProxy } from '../support/service-proxy.ts';
import type { Step, StepContext } from '../support/step.ts';
import { waitForStatus } from '../support/wait-for.ts';

const REQUESTS = 20_000;
const CLIENTS = 32;
const REPLICAS = 2;
const MIN_RESTARTS = 3;
const START_MS = 30_000;
/** 10 s in the manifest: the time that endpoints need to be updated everywhere. Here that is immediate. */
const PRE_STOP_MS = 300;
/** Starting a pod takes a core that the load needs too. */
const BETWEEN_RESTARTS_MS = 1_500;

interface Pod {
  readonly port: number;
  readonly process: ChildProcess;
  readonly exit: Promise<number | null>;
}

const BODIES = [
  { path: '/mcp/tools/call', body: JSON.stringify({ name: 'list_targets', arguments: {} }) },
  { path: '/mcp', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }) },
  { path: '/mcp/tools/call', body: JSON.stringify({ name: 'get_active_alarms', arguments: { max_items: 1 } }) },
] as const;
/** One request in so many asks the embedded CloudWatch, which is slower than the server. */
const EVERY_NTH_ASKS_AWS = 20;

function nextRequest(index: number): (typeof BODIES)[number] {
  if (index % EVERY_NTH_ASKS_AWS === 0) return BODIES[2];
  return index % 2 === 0 ? BODIES[0] : BODIES[1];
}

async function startPod(
  bundle: string,
  env: Readonly<Record<string, string>>,
  { onCleanup }: StepContext,
): Promise<Pod> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [bundle], {
    env: { ...env, ENABLE_AUTH: 'false', CLOUDWATCH_MCP_PORT: String(port), LOG_LEVEL: 'ERROR' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onCleanup(() => child.kill('SIGKILL'));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await waitForStatus(`http://127.0.0.1:${port}/ready`, 200, START_MS);
  return { port, process: child, exit };
}

/** maxSurge 1, maxUnavailable 0. @returns the exit codes of the old pods */
async function restartAll(pods: Pod[], service: ServiceProxy, start: () => Promise<Pod>): Promise<(number | null)[]> {
  const codes: (number | null)[] = [];
  for (const old of pods.splice(0)) {
    pods.push(await start());
    service.setEndpoints(pods.map(({ port }) => port));
    await sleep(PRE_STOP_MS);
    old.process.kill('SIGTERM');
    codes.push(await old.exit);
  }
  return codes;
}

export const step: Step = {
  title: 'rolling restart under load',
  needs: [],
  async run(context) {
    const { check, root, workDir, onCleanup } = context;
    await runCommand(process.execPath, [join(root, 'esbuild.config.mjs'), '--outdir', workDir]);
    const { env } = await startLocalAws(context);
    const service = await startServiceProxy();
    onCleanup(() => service.close());
    const start = (): Promise<Pod> => startPod(join(workDir, 'server.mjs'), env, context);
    const pods: Pod[] = [];
    for (let index = 0; index < REPLICAS; index += 1) pods.push(await start());
    service.setEndpoints(pods.map(({ port }) => port));

    await check(`0 of ${REQUESTS} requests fail while all pods are replaced again and again`, async () => {
      const progress = { done: 0 };
      const load = runLoad({
        port: service.port,
        requests: REQUESTS,
        clients: CLIENTS,
        next: nextRequest,
        onProgress: (done) => (progress.done = done),
      });
      const codes: (number | null)[] = [];
      let restarts = 0;
      while (progress.done < REQUESTS) {
        codes.push(...(await restartAll(pods, service, start)));
        restarts += 1;
        await sleep(BETWEEN_RESTARTS_MS);
      }
      const result = await load;
      console.log(`       ${result.done} requests, ${restarts} restarts of ${REPLICAS} pods`);
      assert.deepEqual(Object.fromEntries(result.failures), {});
      assert.equal(result.done, REQUESTS);
      assert.deepEqual([...new Set(codes)], [0]);
      assert(restarts >= MIN_RESTARTS, `only ${restarts} restarts`);
    });
  },
};
