/**
 * The option ingress, asked whether it works: the image with the variables of the rendered Deployment, behind nginx
 * configured from the rendered Ingress, with an OAuth client that signs in there and LibreChat's client at the names of the
 * Service, both at once. Not rendered: where AWS and the issuer are.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { useBothClients } from '../../support/both-clients.ts';
import { findFreePort } from '../../support/free-port.ts';
import { runCommand } from '../support/command.ts';
import { createContainers, HARDENED, IMAGE_TAG } from '../support/containers.ts';
import { startLocalAws } from '../support/local-aws.ts';
import { find, type Manifest, parseManifests } from '../support/manifests.ts';
import { createMappedFetch } from '../support/mapped-fetch.ts';
import { startNginx } from '../support/nginx.ts';
import type { Step } from '../support/step.ts';
import { waitForStatus } from '../support/wait-for.ts';

const HOST = 'cloudwatch-mcp.example.com';
const SERVICE = 'cloudwatch-mcp.jarvis-demo.svc.cluster.local';
const PUBLIC_URL = new URL(`https://${HOST}/mcp`);
const START_MS = 30_000;

async function renderChart(root: string): Promise<Manifest[]> {
  const args = ['template', 'cloudwatch-mcp', './helm-chart', '--namespace', 'jarvis-demo', '--kube-version', '1.34.0'];
  const values = ['--values', 'k8s/jarvis-demo/values.yaml', '--set', `ingress.enabled=true,ingress.host=${HOST}`];
  return parseManifests(await runCommand('helm', [...args, ...values], { cwd: root }));
}

/** Variables of the container, the namespace's own reference filled in. */
function readEnv(manifests: readonly Manifest[]): Record<string, string> {
  const [container] = find(manifests, 'Deployment', 'cloudwatch-mcp').spec.template.spec.containers;
  const pairs = container.env.map(({ name, value }: { name: string; value?: string }) => [
    name,
    value ?? 'jarvis-demo',
  ]);
  return Object.fromEntries(pairs);
}

export const step: Step = {
  title: 'ingress with both kinds of client',
  needs: ['helm', 'nginx', 'openssl', 'podman', 'runc'],
  async run(context) {
    const { check, root } = context;
    const manifests = await renderChart(join(root));
    const { local, env, secret } = await startLocalAws(context);
    const port = await findFreePort();
    const settings = { ...readEnv(manifests), ...env, ...secret, CLOUDWATCH_MCP_PORT: String(port) };
    const containers = await createContainers(context);
    const variables = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    await containers.start([...HARDENED, '--network', 'host', ...variables, IMAGE_TAG]);
    await waitForStatus(`http://127.0.0.1:${port}/ready`, 200, START_MS);
    const nginx = await startNginx(find(manifests, 'Ingress', 'cloudwatch-mcp'), port, context);
    const fetchHere = createMappedFetch({ [HOST]: nginx, [SERVICE]: { port } });

    await check(
      'an OAuth client signs in at the public address while LibreChat shakes hands in the cluster',
      async () => {
        const insideUrl = new URL(`http://${SERVICE}:3334/mcp`);
        const both = await useBothClients({ publicUrl: PUBLIC_URL, insideUrl, user: 'olivia', fetch: fetchHere });
        assert.match(both.refusal, /[Uu]nauthorized/);
        assert(both.toolCount > 10);
        assert.match(both.words, /"isError":true/);
        assert.match(both.words, /\(unauthorized/);
        assert.match(both.answer, /reachable/);
      },
    );
    await check('the challenge names the public metadata, and that names the issuer', async () => {
      const refused = await fetchHere(PUBLIC_URL, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(refused.status, 401);
      const metadata = `https://${HOST}/.well-known/oauth-protected-resource/mcp`;
      assert(refused.headers.get('www-authenticate')?.includes(`resource_metadata="${metadata}"`));
      const described = (await (await fetchHere(metadata)).json()) as Record<string, unknown>;
      assert.deepEqual([described.resource, described.authorization_servers], [PUBLIC_URL.href, [local.issuer.issuer]]);
    });
    await check('probes and metrics are not published', async () => {
      for (const path of ['/health', '/ready', '/metrics', '/']) {
        assert.equal((await fetchHere(`https://${HOST}${path}`)).status, 404, path);
      }
    });
    await check('another Host header behind the same nginx gets nowhere', async () => {
      const answer = await createMappedFetch({ 'other.example.com': { port } })('http://other.example.com/mcp', {
        method: 'POST',
        body: '{}',
      });
      assert.equal(answer.status, 403);
    });
  },
};
