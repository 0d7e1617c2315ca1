/** The image with authentication on: issuer, STS and roles are the embedded ones. */
import assert from 'node:assert/strict';
import { findFreePort } from '../../support/free-port.ts';
import { runCommand } from '../support/command.ts';
import { type Containers, createContainers, HARDENED, IMAGE_TAG } from '../support/containers.ts';
import { callTool, type LocalAws, startLocalAws } from '../support/local-aws.ts';
import type { Step, StepContext } from '../support/step.ts';
import { waitForStatus } from '../support/wait-for.ts';

const START_MS = 20_000;
const ALARMS = { max_items: 5, region: 'us-east-1' };

/** The guide's own pipes behind `kubectl logs`. */
const GREP_AUTH = 'auth\\|401\\|unauthorized';
const GREP_AWS = 'aws\\|cloudwatch\\|sts';

async function grep(pattern: string, text: string): Promise<string[]> {
  const found = await runCommand('grep', ['-i', pattern], { input: text });
  return found.trim().split('\n');
}

async function checkCalls({ check }: StepContext, base: string, { local }: LocalAws): Promise<void> {
  await check('a call without a token: 401 that says where to sign in', async () => {
    const response = await fetch(`${base}/mcp/tools/call`, { method: 'POST', body: '{}' });
    assert.equal(response.status, 401);
    assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer resource_metadata="/);
  });
  await check("a user's token opens the user's account", async () => {
    const answer = await callTool(base, 'get_active_alarms', ALARMS, await local.issuer.mint('olivia'));
    assert.deepEqual([answer.status, answer.isError ?? false], [200, false]);
  });
  await check('a token for somebody else: 401', async () => {
    const token = await local.issuer.mint('olivia', { aud: 'somebody-else' });
    assert.equal((await callTool(base, 'get_active_alarms', ALARMS, token)).status, 401);
  });
  await check('a user whom the role does not trust: the tool says so, HTTP 200', async () => {
    const answer = await callTool(base, 'get_active_alarms', ALARMS, await local.issuer.mint('guest'));
    assert.deepEqual([answer.status, answer.isError], [200, true]);
    assert.match(answer.content?.[0]?.text ?? '', /^Error: /);
  });
}

/** After a refused token and a refused role: the lines that the guide looks for name the causes. */
async function checkGreps({ check }: StepContext, containers: Containers, id: string): Promise<void> {
  await check(`the guide's grep "${GREP_AUTH}" finds the refused token and its reason`, async () => {
    const lines = await grep(GREP_AUTH, await containers.logs(id));
    assert(
      lines.some((line) => /refused/.test(line) && /audience/i.test(line)),
      lines.join('\n').slice(0, 2_000),
    );
  });
  await check(`the guide's grep "${GREP_AWS}" finds the refused role and what AWS said`, async () => {
    const lines = await grep(GREP_AWS, await containers.logs(id));
    assert(
      lines.some((line) => /AccessDenied|role_denied/.test(line)),
      lines.join('\n').slice(0, 2_000),
    );
  });
}

export const step: Step = {
  title: 'container, with authentication',
  needs: ['podman', 'runc'],
  async run(context) {
    const { check } = context;
    const containers = await createContainers(context);
    const aws = await startLocalAws(context);
    const port = await findFreePort();
    const base = `http://127.0.0.1:${port}`;
    const settings = {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: aws.local.endpoint,
      CLOUDWATCH_MCP_PORT: String(port),
    };
    const envArgs = Object.entries({ ...settings, ...aws.secret }).flatMap(([name, value]) => [
      '--env',
      `${name}=${value}`,
    ]);
    const id = await containers.start([...HARDENED, '--network', 'host', ...envArgs, IMAGE_TAG]);

    const isUp = await check('ready once it has the keys of the issuer', () =>
      waitForStatus(`${base}/ready`, 200, START_MS),
    );
    if (!isUp) {
      console.log(await containers.logs(id));
      return;
    }
    await checkCalls(context, base, aws);
    await checkGreps(context, containers, id);
    await check('--doctor with a token on stdin goes the whole way', async () => {
      const args = ['exec', '-i', id, 'node', 'server.mjs', '--doctor', '--token-stdin'];
      const text = await containers.podman(args, { input: await aws.local.issuer.mint('olivia') });
      assert.match(text, /publishes one key/);
      assert.match(text, /AWS takes this user for arn:aws:sts::\d{12}:assumed-role\//);
      assert.match(text, /Nothing wrong was found/);
    });
    await check('no token, key or session name of a user is in the log', async () => {
      const text = await containers.logs(id);
      assert.doesNotMatch(text, /eyJ[\w-]{10}|olivia|guest|SecretAccessKey/);
    });
  },
};
