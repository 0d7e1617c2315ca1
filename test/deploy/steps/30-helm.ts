/** The chart: linted, equal to the manifests that kubectl applies, and strict about its values. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type CommandResult, runCommand, tryCommand } from '../support/command.ts';
import { find, identify, type Manifest, parseManifests } from '../support/manifests.ts';
import type { Step } from '../support/step.ts';
import { validateManifest } from '../support/validate-manifest.ts';

/** A helm that was built from source takes the cluster for an ancient one. */
const KUBE_VERSION = '1.34.0';
const HELM_LABELS = ['helm.sh/chart', 'app.kubernetes.io/managed-by'];

/** Of `helm test`: proved on the API server itself. */
const HOOKS = ['Pod', 'ConfigMap'];

function renderArgs(namespace: string, values: readonly string[]): string[] {
  return [
    'template',
    'cloudwatch-mcp',
    './helm-chart',
    '--namespace',
    namespace,
    '--kube-version',
    KUBE_VERSION,
    ...values,
  ];
}

function withoutHelm(manifest: Manifest): Manifest {
  const labels = Object.entries(manifest.metadata.labels ?? {}).filter(([name]) => !HELM_LABELS.includes(name));
  return { ...manifest, metadata: { ...manifest.metadata, labels: Object.fromEntries(labels) } };
}

function byIdentity(manifests: readonly Manifest[]): Record<string, Manifest> {
  return Object.fromEntries(manifests.map((manifest) => [identify(manifest), manifest]));
}

/** `--set` values that the schema, or the chart itself, must refuse, with a part of the complaint. */
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['image.tags=1', /tags/],
  ['image.pullPolicy=Sometimes', /pullPolicy/],
  ['image.digest=sha256:abc', /digest/],
  ['image.tag=a b', /tag/],
  ['imagePullSecrets[0]=ecr', /imagePullSecrets/],
  ['imagePullSecrets[0].nam=ecr', /imagePullSecrets/],
  ['service.port=70000', /port/],
  ['service.port=http', /port/],
  ['replicaCount=-1', /replicaCount/],
  ['env.ENABLE_AUTH=maybe', /ENABLE_AUTH/],
  ['env.CLOUDWATCH_MCP_PORT=1', /CLOUDWATCH_MCP_PORT/],
  ['serviceAccount.roleArn=CloudWatchMCPRole', /roleArn/],
  ['externalSecrets.keys[0]=lower-case', /keys/],
  ['externalSecrets.refreshInterval=often', /refreshInterval/],
  ['autoscaling.minReplicas=0', /minReplicas/],
  ['autoscaling.minReplicas=11', /minReplicas must not be more than/],
  ['extraEnv[0].name=AWS_REGION', /AWS_REGION is set twice/],
  ['extraEnv[0].name=POD_NAMESPACE', /POD_NAMESPACE is set twice/],
  ['extraEnv[0].nome=X', /extraEnv/],
  ['env.NODE_EXTRA_CA_CERTS=/x,extraCa.configMapName=ca', /NODE_EXTRA_CA_CERTS is set twice/],
  ['env.MCP_RESOURCE_URL=https://x/mcp,ingress.enabled=true', /MCP_RESOURCE_URL is set twice/],
  ['env.HTTPS_PROXY=http://p:1,proxy.url=http://proxy:3128', /HTTPS_PROXY is set twice/],
  ['proxy.url=proxy:3128', /proxy/],
  ['proxy.url=http://user:secret@proxy:3128', /proxy/],
  ['proxy.secretName=proxy', /proxy.*url/],
  ['podLabels.app=other', /invalid propertyName 'app'/],
  ['ingress.paths[0]=mcp', /paths/],
  ['deployment.strategy.type=Sometimes', /strategy/],
  ['terminationGracePeriodSeconds=60', /terminationGracePeriodSeconds must be more than/],
  ['typo=1', /typo/],
  ['env.NODE_OPTIONS=--max-old-space-size=512', /heap grow to 512 MiB/],
  ['env.NODE_OPTIONS=--max_old_space_size=512', /heap grow to 512 MiB/],
  ['env.NODE_OPTIONS=--max-semi-space-size=16 --max-old-space-size-percentage=90', /heap grow to 509 MiB/],
  ['resources.limits.memory=128Mi', /heap grow to 112 MiB/],
  ['extraEnv[0].name=NODE_OPTIONS', /NODE_OPTIONS is set twice/],
];

/** Heaps for which the memory limit has room, or of which nothing is known. */
const FITTING_HEAPS: readonly string[] = [
  'resources.limits.memory=256Mi',
  'resources.limits.memory=0.5G',
  'resources.limits.memory=536870912',
  'resources.limits.memory=1Gi,env.NODE_OPTIONS=--max-old-space-size=768',
  'resources.limits=null',
  'env.NODE_OPTIONS=null',
];

/** Everything on at once. */
const ALL_OPTIONS: readonly string[] = [
  'ingress.enabled=true',
  'serviceMonitor.enabled=true',
  'prometheusRule.enabled=true',
  'extraCa.configMapName=ca',
  'imagePullSecrets[0].name=ecr',
  `image.digest=sha256:${'a'.repeat(64)}`,
  'serviceAccount.roleArn=arn:aws:iam::111122223333:role/CloudWatchMCPPodRole',
  'networkPolicy.extraFrom[0].namespaceSelector.matchLabels.team=ops',
  'podAnnotations.team=ops',
  'podLabels.team=ops',
  'deployment.labels.team=ops',
  'deployment.annotations.team=ops',
  'deployment.revisionHistoryLimit=3',
  'priorityClassName=high',
  'proxy.url=http://proxy.example.com:3128',
  'ingress.extraHosts[0]=cw.example.net',
  'ingress.tlsSecretName=',
  'envFrom[0].configMapRef.name=more',
  'env.RATE_LIMIT_PER_MINUTE=300',
  'env.CLOUDWATCH_MCP_METRICS_ENABLED=true',
  'extraVolumes[0].name=cache,extraVolumes[0].emptyDir.sizeLimit=1Mi',
  'extraVolumeMounts[0].name=cache,extraVolumeMounts[0].mountPath=/cache',
  'sidecars[0].name=log,sidecars[0].image=busybox',
  'topologySpreadConstraints[0].maxSkew=2,topologySpreadConstraints[0].topologyKey=zone,topologySpreadConstraints[0].whenUnsatisfiable=DoNotSchedule',
  'lifecycle.preStop.sleep.seconds=10',
  'nodeSelector.arch=arm64',
  'service.annotations.team=ops',
];

export const step: Step = {
  title: 'Helm chart',
  needs: ['helm'],
  async run({ root, check }) {
    const helm = (args: readonly string[]): Promise<string> => runCommand('helm', args, { cwd: root });
    const tryHelm = (args: readonly string[]): Promise<CommandResult> => tryCommand('helm', args, { cwd: root });
    const demo = ['--values', 'k8s/jarvis-demo/values.yaml'];

    await check('helm lint', () => helm(['lint', 'helm-chart', '--strict', ...demo]));
    await check('README is generated from the values', () =>
      runCommand(process.execPath, ['scripts/deploy/render-chart-readme.ts', '--check'], { cwd: root }),
    );
    await check('every value has a description', async () => {
      const readme = await readFile(join(root, 'helm-chart/README.md'), 'utf8');
      const values = parse(await readFile(join(root, 'helm-chart/values.yaml'), 'utf8')) as Record<string, unknown>;
      for (const [group, value] of Object.entries(values)) {
        const isDescribed = readme.includes(`\`${group}\``);
        const paths = isDescribed ? [] : Object.keys(value as object).map((key) => `${group}.${key}`);
        for (const path of paths) assert(readme.includes(`\`${path}`), path);
      }
    });

    for (const [namespace, values] of [
      ['jarvis-demo', demo],
      ['jarvis', ['--values', 'k8s/jarvis/values.yaml']],
      ['jarvis-demo', []],
    ] as const) {
      await check(`${namespace} with ${values[1] ?? 'no values'}: renders to what kubectl applies`, async () => {
        const rendered = parseManifests(await helm(renderArgs(namespace, values)))
          .filter((manifest) => manifest.metadata.annotations?.['helm.sh/hook'] === undefined)
          .map(withoutHelm);
        const applied = parseManifests(await readFile(join(root, 'k8s', namespace, 'first-deployment.yaml'), 'utf8'));
        assert.deepEqual(byIdentity(rendered), byIdentity(applied));
      });
    }

    await check('all options at once are accepted field by field', async () => {
      const sets = ALL_OPTIONS.flatMap((pair) => ['--set', pair]);
      const manifests = parseManifests(await helm(renderArgs('jarvis-demo', [...demo, ...sets])));
      for (const manifest of manifests.filter(({ kind }) => !HOOKS.includes(kind)))
        assert.deepEqual(validateManifest(manifest), [], identify(manifest));
      const [container] = find(manifests, 'Deployment', 'cloudwatch-mcp').spec.template.spec.containers;
      assert.match(container.image, /cloudwatch_mcp_server@sha256:a{64}$/);
      const env = new Map(container.env.map(({ name, value }: { name: string; value: string }) => [name, value]));
      assert.deepEqual(
        ['RATE_LIMIT_PER_MINUTE', 'CLOUDWATCH_MCP_METRICS_ENABLED', 'MCP_ALLOWED_HOSTS', 'HTTPS_PROXY'].map((name) =>
          env.get(name),
        ),
        ['300', 'true', 'cw.example.net', 'http://proxy.example.com:3128'],
      );
      assert.equal(find(manifests, 'Ingress', 'cloudwatch-mcp').spec.tls, undefined);
      const component = await readFile(join(root, 'k8s/components/prometheus-rule/prometheus-rule.yaml'), 'utf8');
      assert.deepEqual(find(manifests, 'PrometheusRule', 'cloudwatch-mcp').spec, parse(component).spec);
    });
    await check('numbers and the smoke script reach the chart as they are', async () => {
      const drain = await helm(renderArgs('jarvis', ['--set', 'env.CLOUDWATCH_MCP_DRAIN_TIMEOUT_MS=50000']));
      assert.match(drain, /value: "50000"/);
      const [script, copy] = await Promise.all(
        ['scripts/deploy/smoke.mjs', 'helm-chart/files/smoke.mjs'].map((file) => readFile(join(root, file), 'utf8')),
      );
      assert.equal(copy, script, 'cp scripts/deploy/smoke.mjs helm-chart/files/smoke.mjs');
    });
    await check('without autoscaling the chart sets the replicas', async () => {
      const sets = ['--set', 'autoscaling.enabled=false', '--set', 'replicaCount=3'];
      const manifests = parseManifests(await helm(renderArgs('jarvis-demo', [...demo, ...sets])));
      assert.equal(find(manifests, 'Deployment', 'cloudwatch-mcp').spec.replicas, 3);
      assert(!manifests.some(({ kind }) => kind === 'HorizontalPodAutoscaler'));
    });
    for (const pairs of FITTING_HEAPS) {
      await check(`takes ${pairs}`, () => helm(renderArgs('jarvis-demo', [...demo, '--set', pairs])));
    }
    for (const [pair, complaint] of REFUSED) {
      await check(`refuses ${pair}`, async () => {
        const { code, stderr } = await tryHelm(renderArgs('jarvis-demo', [...demo, '--set', pair]));
        assert.notEqual(code, 0);
        assert.match(stderr, complaint);
      });
    }
  },
};
