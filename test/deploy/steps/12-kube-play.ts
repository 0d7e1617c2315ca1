/**
 * The Deployment as rendered, run by podman: its securityContext, limits, volumes and variables for real.
 * Changed for this machine: the image, the host's network, where AWS is, and the namespace's field reference, which podman
 * does not know; and the values of the secret come as a ConfigMap, since releases of podman differ in how they read a
 * Secret. It knows no probes.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findFreePort } from '../../support/free-port.ts';
import { createContainers, IMAGE_TAG } from '../support/containers.ts';
import { callTool, postWithHost, startLocalAws } from '../support/local-aws.ts';
import { find, type Manifest, parseManifests } from '../support/manifests.ts';
import type { Step } from '../support/step.ts';
import { waitFor, waitForStatus } from '../support/wait-for.ts';

const START_MS = 20_000;
const POD = 'cloudwatch-mcp-pod-0';
const CONTAINER = `${POD}-cloudwatch-mcp`;

interface Inspected {
  readonly Config: { readonly User: string; readonly Env: readonly string[] };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly Memory: number;
    readonly SecurityOpt: readonly string[];
    readonly CapDrop: readonly string[];
  };
  readonly EffectiveCaps: readonly string[] | null;
}

/** `settings` replace or join the variables of the container. */
function adapt(deployment: Manifest, settings: Readonly<Record<string, string>>): Manifest {
  const copy = structuredClone(deployment);
  const { spec } = copy.spec.template;
  spec.hostNetwork = true;
  const [container] = spec.containers;
  container.image = IMAGE_TAG;
  container.imagePullPolicy = 'Never';
  delete container.ports;
  const kept = container.env.filter(({ name }: { name: string }) => !(name in settings));
  container.env = [...kept, ...Object.entries(settings).map(([name, value]) => ({ name, value }))];
  return copy;
}

export const step: Step = {
  title: 'the rendered Deployment, run by podman',
  needs: ['podman', 'runc'],
  async run(context) {
    const { check, root, workDir, onCleanup } = context;
    const containers = await createContainers(context);
    const { local, secret } = await startLocalAws(context);
    const port = await findFreePort();
    const base = `http://127.0.0.1:${port}`;
    const manifests = parseManifests(await readFile(join(root, 'k8s/jarvis-demo/deployment.yaml'), 'utf8'));
    const settings = {
      AWS_ENDPOINT_URL: local.endpoint,
      CLOUDWATCH_MCP_PORT: String(port),
      POD_NAMESPACE: 'jarvis-demo',
    };
    const deployment = stringify(adapt(find(manifests, 'Deployment', 'cloudwatch-mcp'), settings));
    const file = join(workDir, 'pod.yaml');

    await check('without the secret, which is optional, it says what is missing', async () => {
      await writeFile(file, deployment);
      onCleanup(() => containers.podman(['kube', 'down', file]));
      await containers.podman(['kube', 'play', '--network', 'host', file]);
      await waitFor('the sentences of the program', START_MS, async () => {
        const text = await containers.logs(CONTAINER);
        for (const name of Object.keys(secret)) assert.match(text, new RegExp(`^- ${name} is missing: `, 'm'));
      });
      await containers.podman(['kube', 'down', file]);
    });
    const isUp = await check('podman kube play starts it with the values of the secret', async () => {
      const withValues = deployment.replace('secretRef:', 'configMapRef:');
      await writeFile(file, `${configMapYaml(manifests, secret)}---\n${withValues}`);
      await containers.podman(['kube', 'play', '--network', 'host', file]);
      await waitForStatus(`${base}/ready`, 200, START_MS);
    });
    if (!isUp) {
      console.log((await containers.logs(CONTAINER)).slice(-2_000));
      return;
    }
    await check('its securityContext and limits are in force', async () => {
      const [facts] = JSON.parse(await containers.podman(['container', 'inspect', CONTAINER])) as Inspected[];
      assert(facts !== undefined);
      assert.equal(facts.Config.User.split(':')[0], '1000');
      assert.equal(facts.HostConfig.ReadonlyRootfs, true);
      assert.equal(facts.HostConfig.Memory, 512 * 1024 * 1024);
      assert(facts.HostConfig.SecurityOpt.some((option) => option.startsWith('no-new-privileges')));
      assert.deepEqual(facts.EffectiveCaps ?? [], []);
      const status = await containers.podman(['exec', CONTAINER, 'cat', '/proc/1/status']);
      assert.match(status, /^CapEff:\s+0+$/m);
      assert.match(status, /^Uid:\s+1000/m);
    });
    await check('/tmp can be written, the rest not', async () => {
      const text = await containers.podman([
        'exec',
        CONTAINER,
        'sh',
        '-c',
        'echo ok >/tmp/x && cat /tmp/x; touch /app/x 2>&1 || true',
      ]);
      assert.match(text, /^ok\n[\s\S]*Read-only/);
    });
    await check("the guide's tool call is answered, with a user's token", async () => {
      const token = await local.issuer.mint('olivia');
      const answer = await callTool(base, 'get_active_alarms', { max_items: 5, region: 'us-east-1' }, token);
      assert.deepEqual([answer.status, answer.isError ?? false], [200, false]);
    });
    await check('LibreChat may connect and list tools without a token, not call them', async () => {
      assert.match(await callMcp(base, 'tools/list', {}), /get_active_alarms/);
      const text = await callMcp(base, 'tools/call', { name: 'get_active_alarms', arguments: {} });
      assert.match(text, /"isError":true/);
      assert.doesNotMatch(text, /alarms are firing/);
    });
    await check("LibreChat's address for it is an allowed Host, another is not", async () => {
      const ask = (host: string): Promise<number> => postWithHost(`${base}/mcp/tools/call`, host);
      // Past the Host check, the token is missing.
      assert.equal(await ask('cloudwatch-mcp.jarvis-demo.svc.cluster.local:3334'), 401);
      assert.equal(await ask('cloudwatch-mcp.elsewhere.example:3334'), 403);
    });
    await check('preStop is a command that the image has', () =>
      containers.podman(['exec', CONTAINER, ...preStopOf(manifests).slice(0, 1), '0']),
    );
  },
};

function preStopOf(manifests: readonly Manifest[]): readonly string[] {
  const [container] = find(manifests, 'Deployment', 'cloudwatch-mcp').spec.template.spec.containers;
  return container.lifecycle.preStop.exec.command as readonly string[];
}

/** What External Secrets would make of the ExternalSecret, as a ConfigMap. */
function configMapYaml(manifests: readonly Manifest[], values: Readonly<Record<string, string>>): string {
  const { spec } = find(manifests, 'ExternalSecret', 'cloudwatch-mcp-secrets');
  const keys: readonly string[] = spec.data.map(({ secretKey }: { secretKey: string }) => secretKey);
  const data = Object.fromEntries(keys.map((key) => [key, values[key] ?? '']));
  return stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: spec.target.name }, data });
}

/** The answer as it stands, be it JSON or a stream of events. */
async function callMcp(base: string, method: string, params: Readonly<Record<string, unknown>>): Promise<string> {
  const response = await fetch(`${base}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  assert.equal(response.status, 200);
  return response.text();
}
