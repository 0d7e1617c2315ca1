/**
 * The Deployment as rendered, run by podman: its securityContext, limits, volumes and variables for real.
 * Changed for this machine: the image, the host's network, where AWS is, and the namespace's field reference, which podman
 * does not know. It knows no probes either.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createContainers, IMAGE_TAG } from '../support/containers.ts';
import { callTool, postWithHost, startLocalAws } from '../support/local-aws.ts';
import { find, type Manifest, parseManifests } from '../support/manifests.ts';
import type { Step } from '../support/step.ts';
import { findFreePort, waitForStatus } from '../support/wait-for.ts';

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
    const { env } = await startLocalAws(context);
    const port = await findFreePort();
    const base = `http://127.0.0.1:${port}`;
    const manifests = parseManifests(await readFile(join(root, 'k8s/jarvis-demo/deployment.yaml'), 'utf8'));
    const settings = { ...env, ENABLE_AUTH: 'false', CLOUDWATCH_MCP_PORT: String(port), POD_NAMESPACE: 'jarvis-demo' };
    const file = join(workDir, 'pod.yaml');
    await writeFile(file, stringify(adapt(find(manifests, 'Deployment', 'cloudwatch-mcp'), settings)));

    const isUp = await check('podman kube play starts it without the secret, which is optional', async () => {
      onCleanup(() => containers.podman(['kube', 'down', file]));
      await containers.podman(['kube', 'play', '--network', 'host', file]);
      await waitForStatus(`${base}/ready`, 200, START_MS);
    });
    if (!isUp) {
      console.log(await containers.logs(CONTAINER));
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
    await check("the guide's tool call is answered", async () => {
      const answer = await callTool(base, 'get_active_alarms', { max_items: 5, region: 'us-east-1' });
      assert.deepEqual([answer.status, answer.isError ?? false], [200, false]);
    });
    await check("LibreChat's address for it is an allowed Host, another is not", async () => {
      const ask = (host: string): Promise<number> => postWithHost(`${base}/mcp/tools/call`, host);
      assert.equal(await ask('cloudwatch-mcp.jarvis-demo.svc.cluster.local:3334'), 200);
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
