/** Pictures and pages by every way in: they follow a text that stands alone. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as LibreChatClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LibreChatTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { createAmbientClientPool } from '../../lib/aws/credentials/client-pool.ts';
import { loadConfig } from '../../lib/config/config.ts';
import { createToolRunner, type ToolRunner } from '../../lib/mcp/tool-runner.ts';
import { createLogger } from '../../lib/telemetry/logger.ts';
import { createMetrics } from '../../lib/telemetry/metrics.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../../local/server.ts';
import { createPost } from '../support/events.ts';
import { invokeLambda } from '../support/lambda-runtime.ts';
import { startTestServer, type TestServer } from '../support/test-app.ts';

const NAME = 'get_metric_chart';
const CHART = {
  namespace: 'AWS/Lambda',
  metric_name: 'Invocations',
  dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
  statistic: 'Sum',
};
const answer = z.object({
  content: z.tuple([
    z.object({ type: z.literal('text'), text: z.string() }),
    z.union([
      z.object({ type: z.literal('image'), mimeType: z.literal('image/png'), data: z.base64() }),
      z.object({
        type: z.literal('resource'),
        resource: z.object({ uri: z.string(), mimeType: z.literal('text/html'), text: z.string() }),
      }),
    ]),
  ]),
});
type Call = (args: object) => Promise<unknown>;

let local: LocalCloudWatch;
let runner: ToolRunner;
let server: TestServer;
beforeAll(async () => {
  local = await startLocalCloudWatch();
  const config = loadConfig({ ENABLE_AUTH: 'false' }, 'http');
  const clients = createAmbientClientPool({ endpoint: local.endpoint, credentials: AMBIENT_CREDENTIALS });
  runner = createToolRunner({
    config,
    logger: createLogger(config, () => undefined),
    metrics: createMetrics(),
    clients,
  });
  server = await startTestServer({ runner });
});
afterAll(async () => {
  await server.stop();
  runner.close();
  await local.close();
});

const WAYS: readonly [string, (work: (call: Call) => Promise<void>) => Promise<void>][] = [
  [
    'the current client over HTTP',
    (work) => withClient(new StreamableHTTPClientTransport(new URL('/mcp', server.url)), work),
  ],
  [
    'LibreChat’s client over HTTP',
    async (work) => {
      const client = new LibreChatClient({ name: '@librechat/api-client', version: '1.0.0' });
      await client.connect(new LibreChatTransport(new URL('/mcp', server.url)));
      await work((args) => client.callTool({ name: NAME, arguments: { ...args } }));
      await client.close();
    },
  ],
  ['stdio', (work) => withClient(startProgram(), work)],
  [
    'plain REST',
    (work) =>
      work(async (args) => {
        const response = await fetch(new URL('/mcp/tools/call', server.url), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name: NAME, arguments: args }),
        });
        return await response.json();
      }),
  ],
  [
    'Lambda',
    (work) =>
      work(async (args) => {
        const event = createPost('/mcp/tools/call', { name: NAME, arguments: args });
        return JSON.parse((await invokeLambda(server.app.route, event)).body.toString());
      }),
  ],
];

async function withClient(
  transport: StreamableHTTPClientTransport | StdioClientTransport,
  work: (call: Call) => Promise<void>,
): Promise<void> {
  const client = new Client({ name: 'contract', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(transport);
  await work((args) => client.callTool({ name: NAME, arguments: { ...args } }));
  await client.close();
}

function startProgram(): StdioClientTransport {
  return new StdioClientTransport({
    command: process.execPath,
    args: [inject('bundlePath'), '--stdio'],
    env: {
      PATH: process.env.PATH ?? '',
      AWS_ENDPOINT_URL: local.endpoint,
      AWS_ACCESS_KEY_ID: AMBIENT_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: AMBIENT_CREDENTIALS.secretAccessKey,
    },
    stderr: 'ignore',
  });
}

describe.each(WAYS)('by %s', (_way, open) => {
  it('come a picture and a page, each after its text', async () => {
    await open(async (call) => {
      const [text, image] = answer.parse(await call({ ...CHART, width: 400, height: 200 })).content;
      expect(text.text).toMatch(/^Chart \(PNG, 400×200\): `Invocations` Sum /);
      if (image.type !== 'image') throw new Error('no picture');
      const bytes = Buffer.from(image.data, 'base64');
      expect(bytes.byteLength).toBeLessThanOrEqual(100_000);
      expect(PNG.sync.read(bytes)).toMatchObject({ width: 400, height: 200 });

      const [words, page] = answer.parse(await call({ ...CHART, format: 'html' })).content;
      expect(words.text).toMatch(/^Chart \(interactive HTML page\): `Invocations` Sum /);
      if (page.type !== 'resource') throw new Error('no page');
      expect(page.resource.uri).toMatch(/^ui:\/\//);
      expect(page.resource.text).toMatch(/^<!doctype html>/i);
      expect(page.resource.text.length).toBeLessThanOrEqual(400_000);
    });
  });
});
