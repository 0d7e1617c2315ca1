/** The files that kubectl applies: complete, fresh, accepted, and as the guide names things. */
import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../support/command.ts';
import { find, identify, type Manifest, parseManifests } from '../support/manifests.ts';
import type { Step } from '../support/step.ts';
import { buildKustomization } from '../support/tools.ts';
import { validateManifest } from '../support/validate-manifest.ts';

const NAMESPACES = ['jarvis-demo', 'jarvis'];
const OBJECTS = [
  'Deployment/cloudwatch-mcp',
  'ExternalSecret/cloudwatch-mcp-secrets',
  'HorizontalPodAutoscaler/cloudwatch-mcp',
  'NetworkPolicy/cloudwatch-mcp',
  'PodDisruptionBudget/cloudwatch-mcp',
  'Service/cloudwatch-mcp',
  'ServiceAccount/cloudwatch-mcp-sa',
];

function assertAccepted(manifests: readonly Manifest[]): void {
  const faults = manifests.flatMap((manifest) =>
    validateManifest(manifest).map((fault) => `${identify(manifest)}: ${fault}`),
  );
  assert.deepEqual(faults, []);
}

/** What one object says of another must be true within the file. */
function assertReferences(manifests: readonly Manifest[], namespace: string): void {
  const pod = find(manifests, 'Deployment', 'cloudwatch-mcp').spec.template;
  const [container] = pod.spec.containers;
  const secret = find(manifests, 'ExternalSecret', 'cloudwatch-mcp-secrets').spec;
  find(manifests, 'ServiceAccount', pod.spec.serviceAccountName);
  assert.equal(container.envFrom[0].secretRef.name, secret.target.name);
  assert.equal(secret.secretStoreRef.name, 'jarvis-env');
  for (const { secretKey, remoteRef } of secret.data) {
    assert.partialDeepStrictEqual(remoteRef, {
      key: `${namespace}/cloudwatch-mcp/iam-identity-center`,
      property: secretKey,
    });
  }
  const selectors = [
    find(manifests, 'Deployment', 'cloudwatch-mcp').spec.selector.matchLabels,
    find(manifests, 'Service', 'cloudwatch-mcp').spec.selector,
    find(manifests, 'PodDisruptionBudget', 'cloudwatch-mcp').spec.selector.matchLabels,
    find(manifests, 'NetworkPolicy', 'cloudwatch-mcp').spec.podSelector.matchLabels,
    ...pod.spec.topologySpreadConstraints.map((constraint: Manifest['spec']) => constraint.labelSelector.matchLabels),
  ];
  for (const selector of selectors) assert.deepEqual(selector, { app: 'cloudwatch-mcp' });
  assert.equal(pod.metadata.labels.app, 'cloudwatch-mcp');
  const ports = container.ports.map(({ name }: { name: string }) => name);
  const service = find(manifests, 'Service', 'cloudwatch-mcp').spec.ports[0];
  assert.equal(service.port, 3334);
  const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'].map((name) => container[name].httpGet.port);
  for (const port of [service.targetPort, ...probes]) assert(ports.includes(port), port);
}

function assertDrainFits(manifests: readonly Manifest[]): void {
  const { spec } = find(manifests, 'Deployment', 'cloudwatch-mcp').spec.template;
  const [container] = spec.containers;
  const drainMs = Number(envOf(container).get('CLOUDWATCH_MCP_DRAIN_TIMEOUT_MS'));
  const preStopSeconds = Number(container.lifecycle.preStop.exec.command.at(-1));
  assert(drainMs > 50_000, 'a drain outlasts a tool');
  assert(preStopSeconds + drainMs / 1_000 < spec.terminationGracePeriodSeconds);
}

function envOf(container: Manifest['spec']): Map<string, string> {
  return new Map(container.env.map(({ name, value }: { name: string; value: string }) => [name, value]));
}

function assertHardened(manifests: readonly Manifest[]): void {
  const { spec } = find(manifests, 'Deployment', 'cloudwatch-mcp').spec.template;
  const [container] = spec.containers;
  assert.equal(spec.securityContext.runAsNonRoot, true);
  assert.equal(spec.securityContext.runAsUser, 1000);
  assert.equal(spec.securityContext.seccompProfile.type, 'RuntimeDefault');
  assert.equal(spec.enableServiceLinks, false);
  assert.equal(spec.automountServiceAccountToken, false);
  assert.deepEqual(container.securityContext, {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  assert(!envOf(container).has('FASTMCP_LOG_LEVEL') && !envOf(container).has('LOG_LEVEL'), 'kubectl set env decides');
}

/** Every setting that a manifest names must be one that the program reads. */
async function assertKnownSettings(manifests: readonly Manifest[], root: string): Promise<void> {
  const settings = await readFile(join(root, 'docs/configuration.md'), 'utf8');
  const [container] = find(manifests, 'Deployment', 'cloudwatch-mcp').spec.template.spec.containers;
  const unknown = [...envOf(container).keys()].filter((name) => !settings.includes(`\`${name}\``));
  assert.deepEqual(unknown, []);
}

export const step: Step = {
  title: 'Kubernetes manifests',
  needs: ['kustomize'],
  async run({ check, root, workDir }) {
    await check('k8s/*/{,first-}deployment.yaml are what the overlays render to', () =>
      runCommand(process.execPath, [join(root, 'scripts/deploy/render-k8s.ts'), '--check']),
    );
    for (const namespace of NAMESPACES) {
      const manifests = parseManifests(await readFile(join(root, 'k8s', namespace, 'deployment.yaml'), 'utf8'));
      await check(`${namespace}: one file holds every object, no Namespace`, () => {
        assert.deepEqual(manifests.map(identify).sort(), OBJECTS);
        for (const { metadata } of manifests) assert.equal(metadata.namespace, namespace);
        for (const { metadata } of manifests) assert.equal(metadata.labels?.app, 'cloudwatch-mcp');
      });
      await check(`${namespace}: the first deployment differs by the image alone`, async () => {
        const first = parseManifests(await readFile(join(root, 'k8s', namespace, 'first-deployment.yaml'), 'utf8'));
        const [container] = find(first, 'Deployment', 'cloudwatch-mcp').spec.template.spec.containers;
        assert.match(container.image, /\/jarvis\/cloudwatch_mcp_server:latest$/);
        delete container.image;
        assert.deepEqual(first, manifests);
      });
      await check(`${namespace}: accepted field by field`, () => assertAccepted(manifests));
      await check(`${namespace}: references agree`, () => assertReferences(manifests, namespace));
      await check(`${namespace}: hardened`, () => assertHardened(manifests));
      await check(`${namespace}: preStop and drain fit into the grace period`, () => assertDrainFits(manifests));
      await check(`${namespace}: the HPA owns the replicas`, () => {
        assert.equal(find(manifests, 'Deployment', 'cloudwatch-mcp').spec.replicas, undefined);
        const { minReplicas, maxReplicas } = find(manifests, 'HorizontalPodAutoscaler', 'cloudwatch-mcp').spec;
        assert.deepEqual([minReplicas, maxReplicas], [2, 10]);
      });
      await check(`${namespace}: eksctl owns the role annotation`, () => {
        assert.equal(find(manifests, 'ServiceAccount', 'cloudwatch-mcp-sa').metadata.annotations, undefined);
      });
      await check(`${namespace}: every variable is a setting of the program`, () =>
        assertKnownSettings(manifests, root),
      );
    }

    const good = parseManifests(await readFile(join(root, 'k8s/jarvis-demo/deployment.yaml'), 'utf8'));
    await check('the check itself refuses unknown fields, wrong types and missing fields', () => {
      const spoil = (kind: string, name: string, change: (spec: Manifest['spec']) => void): string[] => {
        const copy = structuredClone(find(good, kind, name));
        change(copy.spec);
        return validateManifest(copy);
      };
      assert.match(spoil('Deployment', 'cloudwatch-mcp', (spec) => (spec.replica = 2)).join(), /unknown field replica/);
      assert.match(
        spoil('Service', 'cloudwatch-mcp', (spec) => (spec.ports[0].port = '3334')).join(),
        /must be a number/,
      );
      assert.notDeepEqual(
        spoil('Deployment', 'cloudwatch-mcp', (spec) => delete spec.selector),
        [],
      );
      assert.notDeepEqual(
        spoil('ExternalSecret', 'cloudwatch-mcp-secrets', (spec) => (spec.data = 'x')),
        [],
      );
      assert.notDeepEqual(
        spoil('HorizontalPodAutoscaler', 'cloudwatch-mcp', (spec) => delete spec.maxReplicas),
        [],
      );
    });

    await check('every component renders, alone and all together', async () => {
      const names = await readdir(join(root, 'k8s/components'));
      const folder = join(workDir, 'k8s/overlays/try');
      await cp(join(root, 'k8s'), join(workDir, 'k8s'), { recursive: true });
      await mkdir(folder);
      // Two ways to publish the same Ingress.
      const together = names.filter((name) => name !== 'ingress-alb');
      for (const chosen of [...names.map((name) => [name]), together]) {
        const components = chosen.map((name) => `  - ../../components/${name}`).join('\n');
        const overlay = `namespace: jarvis-demo\nresources:\n  - ../jarvis-demo\ncomponents:\n${components}\n`;
        await writeFile(join(folder, 'kustomization.yaml'), overlay);
        const rendered = parseManifests(await buildKustomization(folder));
        assertAccepted(rendered);
        for (const { metadata } of rendered) assert.equal(metadata.namespace, 'jarvis-demo');
      }
    });
  },
};
