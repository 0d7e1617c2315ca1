/** The image, run as strictly as the Deployment runs it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../../support/free-port.ts';
import { type Containers, createContainers, HARDENED, IMAGE_TAG } from '../support/containers.ts';
import { runLoad } from '../support/load.ts';
import { callTool, startLocalAws } from '../support/local-aws.ts';
import type { Step, StepContext } from '../support/step.ts';
import { waitFor, waitForStatus } from '../support/wait-for.ts';

const START_MS = 20_000;
/** Of the container; a process above it is killed. */
const LIMIT_KB = 256 * 1_024;
const CALLS = 5_000;
/**
 * RSS after the first call (docs/operations.md): 57 MB of it are pages of Node's own file, about 67 are memory of the process,
 * by a few more or less as the last collections of garbage happened to fall.
 */
const MAX_IDLE_KB = 140_000;

function envArgs(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
}

/** A mix of what clients do most; half a CPU serves it. */
async function checkMemoryAfterCalls(
  { check }: StepContext,
  { podman }: Containers,
  id: string,
  port: number,
): Promise<void> {
  const list = { path: '/mcp', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }) };
  const ask = { path: '/mcp/tools/call', body: JSON.stringify({ name: 'list_targets', arguments: {} }) };
  await check(`memory below its limit after ${CALLS} calls`, async () => {
    const next = (index: number) => (index % 5 === 0 ? list : ask);
    const { done, failures } = await runLoad({ port, requests: CALLS, clients: 16, next, onProgress: () => undefined });
    assert.deepEqual({ done, failures: Object.fromEntries(failures) }, { done: CALLS, failures: {} });
    const status = await podman(['exec', id, 'sh', '-c', 'cat /proc/1/status']);
    const peak = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]);
    console.log(`       ${(peak / 1_000).toFixed(0)} MB at the most`);
    assert(peak > 0 && peak < LIMIT_KB, `${peak} kB`);
  });
}

async function checkHardening({ check }: StepContext, { podman }: Containers, id: string): Promise<void> {
  const inside = (script: string): Promise<string> => podman(['exec', id, 'sh', '-c', script]);
  await check('node is PID 1, as user 1000, without capabilities and without new privileges', async () => {
    const status = await inside('cat /proc/1/status');
    assert.match(status, /^Name:\s+(node|MainThread)$/m);
    assert.match(status, /^Uid:\s+1000\s+1000/m);
    assert.match(status, /^Gid:\s+1000\s+1000/m);
    assert.match(status, /^CapEff:\s+0+$/m);
    assert.match(status, /^CapBnd:\s+0+$/m);
    assert.match(status, /^NoNewPrivs:\s+1$/m);
  });
  await check('the file system is read-only but for /tmp', async () => {
    assert.match(await inside('touch /app/x /home/node/x 2>&1 || true'), /Read-only[\s\S]*Read-only/);
    assert.equal(await inside('echo ok > /tmp/x && cat /tmp/x'), 'ok\n');
  });
  await check(`idle memory at most ${MAX_IDLE_KB / 1_000} MB`, async () => {
    const status = await inside('cat /proc/1/status');
    const kilobytesOf = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
    const [all, own] = [kilobytesOf('VmRSS'), kilobytesOf('RssAnon')];
    console.log(`       ${(all / 1_000).toFixed(0)} MB, ${(own / 1_000).toFixed(0)} of them not pages of files`);
    assert(all > 0 && all <= MAX_IDLE_KB, `${all} kB`);
  });
  await check('HEALTHCHECK passes', () => podman(['healthcheck', 'run', id]));
}

export const step: Step = {
  title: 'container, run',
  needs: ['podman', 'runc'],
  async run(context) {
    const { check, root } = context;
    const containers = await createContainers(context);
    const { local, env } = await startLocalAws(context);
    const port = await findFreePort();
    const base = `http://127.0.0.1:${port}`;
    // The host's network: the embedded CloudWatch listens on loopback.
    const settings = { ...env, ENABLE_AUTH: 'false', CLOUDWATCH_MCP_PORT: String(port) };
    const id = await containers.start([...HARDENED, '--network', 'host', ...envArgs(settings), IMAGE_TAG]);

    const isUp = await check('starts: /health and /ready answer 200', async () => {
      await waitForStatus(`${base}/health`, 200, START_MS);
      await waitForStatus(`${base}/ready`, 200, START_MS);
    });
    if (!isUp) {
      console.log(await containers.logs(id));
      return;
    }
    await check("the guide's tool call is answered", async () => {
      const answer = await callTool(base, 'get_active_alarms', { max_items: 5, region: 'us-east-1' });
      assert.equal(answer.status, 200);
      assert.notEqual(answer.isError, true);
      assert.match(answer.content?.[0]?.text ?? '', /alarms are firing/);
    });
    await checkHardening(context, containers, id);
    await checkMemoryAfterCalls(context, containers, id, port);
    await check('kubectl exec … node server.mjs --doctor: finds nothing wrong', async () => {
      const text = await containers.podman(['exec', id, 'node', 'server.mjs', '--doctor']);
      assert.match(text, /AWS takes this process for arn:aws:sts::/);
      assert.match(text, /Nothing wrong was found/);
    });
    await check('--doctor with wrong credentials: exit code 4 and the reason', async () => {
      const wrong = { ...settings, AWS_SECRET_ACCESS_KEY: 'wrong' };
      const args = [...HARDENED, '--network', 'host', ...envArgs(wrong), IMAGE_TAG, '--doctor'];
      const { code, stdout } = await containers.runToEnd(args);
      assert.equal(code, 4);
      assert.match(stdout, /FAILED\s+AWS does not say who this process is: .*SignatureDoesNotMatch/);
    });
    await check('SIGTERM: a query in flight is answered, then exit code 0', async () => {
      const answer = callTool(base, 'execute_log_insights_query', {
        log_group_names: ['/aws/lambda/shop-checkout'],
        start_time: '-2h',
        query_string: 'stats count(*) # slow=2000',
      });
      await waitFor('the query has reached CloudWatch', START_MS, async () => {
        assert.equal(local.requests.of('StartQuery').length, 1);
      });
      await containers.podman(['kill', '--signal', 'TERM', id]);
      const { status, isError } = await answer;
      assert.deepEqual([status, isError ?? false], [200, false]);
      assert.equal((await containers.podman(['wait', id])).trim(), '0');
    });
    await check('every log line is one JSON object', async () => {
      const lines = (await containers.logs(id)).trim().split('\n');
      const messages = lines.map((line) => (JSON.parse(line) as { message: string }).message);
      assert(messages.includes('serving MCP over HTTP') && messages.includes('draining'), messages.join());
    });

    await check('a published port reaches it, as in docker run -p', async () => {
      const published = await findFreePort();
      const args = ['-p', `127.0.0.1:${published}:3334`, ...envArgs({ ENABLE_AUTH: 'false' }), IMAGE_TAG];
      await containers.start([...HARDENED, ...args]);
      const health = await waitForStatus(`http://127.0.0.1:${published}/health`, 200, START_MS);
      assert.equal(((await health.json()) as { status: string }).status, 'ok');
    });
    await check(
      'the flags of the manifests give the heap half of the memory limit, those of the image a figure',
      async () => {
        const manifest = /NODE_OPTIONS\n +value: (.+)\n/.exec(
          await readFile(join(root, 'k8s/base/deployment.yaml'), 'utf8'),
        );
        const look = ['--entrypoint', 'node', IMAGE_TAG, '-p', 'v8.getHeapStatistics().heap_size_limit / 2 ** 20'];
        const flags = ['--env', `NODE_OPTIONS=${manifest?.[1] ?? ''}`];
        const heaps = [[], flags].map((more) => containers.runToEnd([...HARDENED, ...more, ...look]));
        const [image, following] = (await Promise.all(heaps)).map(({ stdout }) => Number(stdout));
        // Beside the old space three times the semi-space of 16 MiB. HARDENED has a limit of 256 MiB.
        assert.deepEqual([image, following], [256 + 48, 128 + 48]);
      },
    );
    await check('without its settings it says what is missing and exits 1', async () => {
      const { code, stderr } = await containers.runToEnd([...HARDENED, IMAGE_TAG]);
      assert.equal(code, 1);
      assert.match(stderr, /^The configuration has /m);
      assert.match(stderr, /ENABLE_AUTH|AWS_IDENTITY_CENTER_ISSUER/);
    });
  },
};
