/** The bundle under AWS's own Lambda runtime client, behind a Function URL on loopback, with the embedded CloudWatch. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../support/command.ts';
import { provideLambdaClient } from '../support/lambda-client.ts';
import type { Step, StepContext } from '../support/step.ts';

const START_TIMEOUT_MS = 30_000;
const REQUEST_TIMEOUT_MS = 30_000;
const TOKEN = /A token of olivia:\n(\S+)\n/;

interface FunctionUrl {
  readonly url: string;
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

async function startFunction(
  root: string,
  client: string,
  bundle: string,
  enableAuth: 'true' | 'false',
): Promise<FunctionUrl> {
  const args = [join(root, 'scripts/local/lambda-front-door.ts'), '--ric', client, '--bundle', bundle];
  const template = await readFile(join(root, 'template.yaml'), 'utf8');
  const flags = /NodeOptions:\n(?: {4}.+\n)* {4}Default: (.+)\n/.exec(template)?.[1] ?? assert.fail('no NodeOptions');
  const env = { ...process.env, ENABLE_AUTH: enableAuth, NODE_OPTIONS: flags };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no Function URL: ${text}`)), START_TIMEOUT_MS);
    const read = (part: string): void => {
      text += part;
      const found = /Function URL: (http:\/\/127\.0\.0\.1:\d+)\//.exec(text)?.[1];
      // With authentication a token is printed after it.
      if (found === undefined || (enableAuth === 'true' && !TOKEN.test(text))) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${text}`)));
  });
  return {
    url,
    output: () => text,
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A query of the embedded CloudWatch that lasts three seconds and reports its progress. */
const SLOW_QUERY = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: {
    _meta: { progressToken: 'p1' },
    name: 'execute_log_insights_query',
    arguments: {
      log_group_names: ['/aws/lambda/shop-checkout'],
      start_time: '-2h',
      query_string: 'filter level = "ERROR" | stats count(*) by error.message # slow=3000',
    },
  },
};

function post(url: string, body: unknown, token?: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
}

async function readParts(response: Response): Promise<string[]> {
  const parts: string[] = [];
  assert(response.body !== null);
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) parts.push(part);
  return parts;
}

/** As the template deploys it: every call needs a user's token. */
async function assertAuthentication({ check }: StepContext, { url, output }: FunctionUrl): Promise<void> {
  const call = { name: 'list_targets', arguments: {} };
  await check('refuses a call without a token, and says where to get one', async () => {
    const refused = await post(`${url}/mcp/tools/call`, call);
    assert.equal(refused.status, 401, output());
    assert.match(refused.headers.get('www-authenticate') ?? '', /^Bearer resource_metadata="https:/);
    const metadata = await fetch(`${url}/.well-known/oauth-protected-resource/mcp`);
    assert.equal(metadata.status, 200, output());
    assert.match(((await metadata.json()) as { resource: string }).resource, /lambda-url.*\/mcp$/);
  });
  await check("answers a user's call with that user's credentials", async () => {
    const token = TOKEN.exec(output())?.[1];
    assert(token !== undefined, output());
    const answered = await post(`${url}/mcp/tools/call`, call, token);
    assert.equal(answered.status, 200, output());
    assert.match(await answered.text(), /olivia/);
    assert(
      !output()
        .replace(/A token of olivia:\n\S+/, '')
        .includes(token),
      'the token is in the log',
    );
  });
}

export const step: Step = {
  title: "Bundle under AWS's Lambda runtime client",
  needs: ['g++', 'make', 'cmake', 'python3'],
  async run(context) {
    const { root, workDir, check, onCleanup } = context;
    const bundle = join(workDir, 'function');
    let client = '';
    const isReady = await check('aws-lambda-ric is compiled', async () => {
      await runCommand(process.execPath, ['esbuild.config.mjs', '--outdir', bundle], { cwd: root });
      client = await provideLambdaClient();
    });
    if (!isReady) return;
    const { url, output, stop } = await startFunction(root, client, bundle, 'false');
    onCleanup(stop);

    await check('GET /health', async () => {
      const response = await fetch(`${url}/health`);
      assert.equal(response.status, 200, output());
      assert.equal(response.headers.get('content-type')?.split(';')[0], 'application/json');
      assert.equal(((await response.json()) as { status: string }).status, 'ok');
    });
    await check("the guide's call of a tool", async () => {
      const call = { name: 'get_active_alarms', arguments: { max_items: 5, region: 'us-east-1' } };
      const response = await post(`${url}/mcp/tools/call`, call);
      assert.equal(response.status, 200, output());
      const { content } = (await response.json()) as { content: { text: string }[] };
      assert.match(content[0]?.text ?? '', /alarms? (is|are) firing/);
    });
    await check('progress of a query arrives while the query runs', async () => {
      const parts = await readParts(await post(`${url}/mcp`, SLOW_QUERY));
      assert.match(parts[0] ?? '', /notifications\/progress/);
      assert.doesNotMatch(parts[0] ?? '', /"result"/);
      assert.match(parts.at(-1) ?? '', /Query complete/);
      assert(parts.length > 2, String(parts.length));
    });
    await check('refusals keep status, headers and an empty body', async () => {
      const refused = await fetch(`${url}/mcp`);
      assert.deepEqual([refused.status, refused.headers.get('allow')], [405, 'POST']);
      const accepted = await post(`${url}/mcp`, { jsonrpc: '2.0', method: 'notifications/initialized' });
      assert.deepEqual([accepted.status, await accepted.text()], [202, '']);
      assert.equal((await fetch(`${url}/metrics`)).status, 404);
    });
    await check('answers calls one after another for as long as it lives', async () => {
      for (let call = 0; call < 20; call += 1) {
        const response = await post(`${url}/mcp/tools/call`, { name: 'list_targets', arguments: {} });
        assert.equal(response.status, 200, output());
        await response.text();
      }
      assert.doesNotMatch(output(), /failed|The runtime ended/);
    });

    const signedIn = await startFunction(root, client, bundle, 'true');
    onCleanup(signedIn.stop);
    await assertAuthentication(context, signedIn);
  },
};
