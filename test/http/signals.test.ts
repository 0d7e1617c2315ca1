/** The bundle as a process: what Kubernetes does to a pod that goes away. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BundleProcess, startBundle } from '../support/bundle-process.ts';

/** An AWS that keeps every question waiting. */
let aws: Server;
let waiting: ServerResponse[];
let run: BundleProcess | undefined;

beforeEach(async () => {
  waiting = [];
  aws = createServer((request, response) => {
    request.resume();
    waiting.push(response);
  });
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  run?.child.kill('SIGKILL');
  await run?.exit;
  run = undefined;
  aws.closeAllConnections();
  await new Promise<unknown>((resolve) => aws.close(resolve));
});

function answerAws(): void {
  for (const response of waiting) {
    response.writeHead(403, { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' });
    response.end('{"__type":"AccessDeniedException","message":"no"}');
  }
}

async function start(env: Readonly<Record<string, string>> = {}) {
  const address = aws.address();
  const awsPort = typeof address === 'object' && address !== null ? address.port : 0;
  run = startBundle([], {
    ENABLE_AUTH: 'false',
    CLOUDWATCH_MCP_PORT: '0',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${awsPort}`,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: 'us-east-1',
    ...env,
  });
  const [, port = ''] = await run.waitFor(/"port":(\d+)/);
  return { run, url: `http://127.0.0.1:${port}` };
}

function startCall(url: string): Promise<Response> {
  return fetch(`${url}/mcp/tools/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'get_active_alarms', arguments: {} }),
  });
}

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('ends an idle server with exit code 0', async () => {
    const { run: server, url } = await start();
    expect((await fetch(`${url}/health`)).status).toBe(200);
    server.child.kill(signal);
    expect(await server.exit).toBe(0);
  });

  it('lets the call in flight finish, then exits with 0', async () => {
    const { run: server, url } = await start();
    const call = startCall(url);
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    server.child.kill(signal);
    await server.waitFor(/"draining"/);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    answerAws();
    const answer = await call;
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ content: [{ type: 'text' }] });
    expect(await server.exit).toBe(0);
  });
});

describe('impatience', () => {
  it('exits with 1 at the second signal', async () => {
    const { run: server, url } = await start();
    const call = startCall(url).catch(() => 'cut');
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    server.child.kill('SIGTERM');
    await server.waitFor(/"draining"/);
    server.child.kill('SIGTERM');
    expect(await server.exit).toBe(1);
    expect(await call).toBe('cut');
  });

  it('exits with 1 when the drain takes too long', async () => {
    const { run: server, url } = await start({ CLOUDWATCH_MCP_DRAIN_TIMEOUT_MS: '100' });
    const call = startCall(url).catch(() => 'cut');
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    server.child.kill('SIGTERM');
    expect(await server.exit).toBe(1);
    expect(server.stdout()).toContain('drain time is over');
    expect(await call).toBe('cut');
  });
});
