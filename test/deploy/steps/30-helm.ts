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
  ['service.port=70000', /port/],
  ['service.port=http', /port/],
  ['replicaCount=-1', /replicaCount/],
  ['env.ENABLE_AUTH=maybe', /ENABLE_AUTH/],
  ['env.CLOUDWATCH_MCP_PORT=1', /CLOUDWATCH_MCP_PORT/],
  ['serviceAccount.roleArn=CloudWatchMCPRole', /roleArn/],
  ['externalSecrets.keys[0]=lower-case', /keys/],
  ['externalSecrets.refreshInterval=often', /refreshInterval/],
  ['autoscaling.minReplicas=0', /minReplicas/],
  ['terminationGracePeriodSeconds=60', /terminationGracePeriodSeconds must be more than/],
  ['typo=1', /typo/],
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
      ['jarvis', []],
    ] as const) {
      await check(`${namespace}: renders to what kubectl applies`, async () => {
        const rendered = parseManifests(await helm(renderArgs(namespace, values))).map(withoutHelm);
        const applied = parseManifests(await readFile(join(root, 'k8s', namespace, 'deployment.yaml'), 'utf8'));
        assert.deepEqual(byIdentity(rendered), byIdentity(applied));
      });
    }

    await check('all options at once are accepted field by field', async () => {
      const switches = ['ingress', 'serviceMonitor', 'prometheusRule'].map((name) => `${name}.enabled=true`);
      const others = [
        'extraCa.configMapName=ca',
        'imagePullSecrets[0]=ecr',
        `image.digest=sha256:${'a'.repeat(64)}`,
        'serviceAccount.roleArn=arn:aws:iam::111122223333:role/CloudWatchMCPPodRole',
        'networkPolicy.extraFrom[0].namespaceSelector.matchLabels.team=ops',
        'podAnnotations.team=ops',
        'nodeSelector.arch=arm64',
        'service.annotations.team=ops',
      ];
      const sets = [...switches, ...others].flatMap((pair) => ['--set', pair]);
      const manifests = parseManifests(await helm(renderArgs('jarvis-demo', [...demo, ...sets])));
      for (const manifest of manifests) assert.deepEqual(validateManifest(manifest), [], identify(manifest));
      const [container] = find(manifests, 'Deployment', 'cloudwatch-mcp').spec.template.spec.containers;
      assert.match(container.image, /cloudwatch_mcp_server@sha256:a{64}$/);
      const component = await readFile(join(root, 'k8s/components/prometheus-rule/prometheus-rule.yaml'), 'utf8');
      assert.deepEqual(find(manifests, 'PrometheusRule', 'cloudwatch-mcp').spec, parse(component).spec);
    });
    await check('without autoscaling the chart sets the replicas', async () => {
      const sets = ['--set', 'autoscaling.enabled=false', '--set', 'replicaCount=3'];
      const manifests = parseManifests(await helm(renderArgs('jarvis-demo', [...demo, ...sets])));
      assert.equal(find(manifests, 'Deployment', 'cloudwatch-mcp').spec.replicas, 3);
      assert(!manifests.some(({ kind }) => kind === 'HorizontalPodAutoscaler'));
    });
    for (const [pair, complaint] of REFUSED) {
      await check(`refuses ${pair}`, async () => {
        const { code, stderr } = await tryHelm(renderArgs('jarvis-demo', [...demo, '--set', pair]));
        assert.notEqual(code, 0);
        assert.match(stderr, complaint);
      });
    }
  },
};
