/** Each component on a real API server, what it does there, and that the page on removal leaves nothing. */
import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { readBlocks, readCommands } from '../support/guide.ts';
import type { Step, StepContext } from '../support/step.ts';

const NAMESPACE = 'jarvis-demo';
/** The other way to publish the same Ingress. */
const ALTERNATIVE = 'ingress-alb';
const ROLE = 'eks.amazonaws.com/role-arn';

async function writeOverlay({ root, workDir }: StepContext, components: readonly string[]): Promise<string> {
  const folder = join(workDir, 'k8s/overlays', `with-${components.join('-')}`);
  await cp(join(root, 'k8s'), join(workDir, 'k8s'), { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const lines = components.map((name) => `  - ../../components/${name}\n`);
  await writeFile(
    join(folder, 'kustomization.yaml'),
    `namespace: ${NAMESPACE}\nresources:\n  - ../${NAMESPACE}\ncomponents:\n${lines.join('')}`,
  );
  return folder;
}

async function checkComponents(context: StepContext, cluster: Cluster): Promise<void> {
  const { check, root } = context;
  const names = await readdir(join(root, 'k8s/components'));
  await cluster.kubectl(['create', '-f', join(root, 'k8s', NAMESPACE, 'first-deployment.yaml')]);
  for (const name of names) {
    await check(`component ${name}: the API server takes every field of it`, async () => {
      const folder = await writeOverlay(context, [name]);
      await cluster.kubectl(['apply', '-k', folder, '--dry-run=server', '--validate=strict']);
    });
  }
  await check('all of them together, applied, fit Pod Security', async () => {
    const folder = await writeOverlay(
      context,
      names.filter((name) => name !== ALTERNATIVE),
    );
    const { code, stderr } = await cluster.tryKubectl(['apply', '-k', folder, '--validate=strict']);
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /would violate PodSecurity/);
  });
}

async function checkFeatures({ check, root }: StepContext, cluster: Cluster): Promise<void> {
  await check('the ServiceMonitor finds the Service and its port', async () => {
    const path = `/apis/monitoring.coreos.com/v1/namespaces/${NAMESPACE}/servicemonitors/cloudwatch-mcp`;
    const { spec } = await cluster.api.get(path);
    const selector = Object.entries<string>(spec.selector.matchLabels).map(([name, value]) => `${name}=${value}`);
    const found = await cluster.api.get(
      `/api/v1/namespaces/${NAMESPACE}/services?labelSelector=${encodeURIComponent(selector.join(','))}`,
    );
    assert.equal(found.items.length, 1);
    const ports = found.items[0].spec.ports.map(({ name }: { name: string }) => name);
    for (const { port } of spec.endpoints) assert(ports.includes(port), port);
  });
  await check('the role that eksctl writes on the service account survives an apply', async () => {
    await cluster.kubectl([
      'annotate',
      'sa',
      'cloudwatch-mcp-sa',
      `${ROLE}=arn:of:eksctl`,
      '--overwrite',
      '-n',
      'jarvis',
    ]);
    await cluster.kubectl(['apply', '-f', join(root, 'k8s/jarvis/deployment.yaml')]);
    const account = await cluster.api.get('/api/v1/namespaces/jarvis/serviceaccounts/cloudwatch-mcp-sa');
    assert.equal(account.metadata.annotations[ROLE], 'arn:of:eksctl');
  });
  await check('the commands of the page on removal end with 0 and leave nothing', async () => {
    const page = await readFile(join(root, 'docs/removal.md'), 'utf8');
    const commands = readBlocks(page, ['bash']).flatMap(readCommands);
    const removals = commands.filter(({ words }) => words[0] === 'kubectl').map(({ words }) => words.slice(1));
    await cluster.kubectl(['apply', '-n', NAMESPACE, '-f', join(root, 'iam/github-deployer-rbac.yaml')]);
    assert(removals.length >= 5);
    for (const words of removals) await cluster.kubectl(words, { cwd: root });
    const left = await cluster.kubectl([
      'get',
      'deploy,svc,sa,hpa,pdb,networkpolicy,ingress',
      '-n',
      NAMESPACE,
      '-l',
      'app=cloudwatch-mcp',
      '-o',
      'name',
    ]);
    assert.equal(left, '');
  });
}

export const step: Step = {
  title: 'components on a real API server',
  needs: ['go', 'etcd', 'openssl', 'jq'],
  async run(context) {
    const cluster = await startCluster(context);
    await cluster.kubectl(['create', '-f', join(context.root, 'k8s/jarvis/first-deployment.yaml')]);
    await checkComponents(context, cluster);
    await checkFeatures(context, cluster);
  },
};
