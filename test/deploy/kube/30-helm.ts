/** The chart against a real API server: adopts what kubectl made, is upgraded, rolled back, tested and removed. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Cluster, NAMESPACES, readImage, startCluster } from '../support/cluster.ts';
import { type CommandResult, runCommand, tryCommand } from '../support/command.ts';
import { REPOSITORY, runDeployWorkflow } from '../support/deploy-run.ts';
import type { Step, StepContext } from '../support/step.ts';
import { waitFor } from '../support/wait-for.ts';

const READY_MS = 60_000;
const DIGEST = `sha256:${'a'.repeat(64)}`;

function upgrade(namespace: string, more: readonly string[] = []): string[] {
  const base = ['upgrade', '--install', 'cloudwatch-mcp', './helm-chart', '--namespace', namespace];
  return [...base, '--values', `k8s/${namespace}/values.yaml`, ...more];
}

async function listPods(cluster: Cluster, namespace: string): Promise<string[]> {
  const pods = await cluster.api.get(`/api/v1/namespaces/${namespace}/pods?labelSelector=app%3Dcloudwatch-mcp`);
  return pods.items.map(({ metadata }: { metadata: { name: string } }) => metadata.name).sort();
}

async function checkAdoption(
  context: StepContext,
  cluster: Cluster,
  helm: (args: readonly string[]) => Promise<string>,
) {
  const { check, root } = context;
  await cluster.kubectl(['create', '-f', join(root, 'k8s/jarvis-demo/first-deployment.yaml')]);
  await cluster.kubectl(['apply', '-n', 'jarvis-demo', '-f', join(root, 'iam/github-deployer-rbac.yaml')]);
  const deployed = await runDeployWorkflow(context, cluster, { digest: DIGEST });
  assert(deployed.isSuccess, deployed.output);
  await cluster.kubectl(['rollout', 'status', 'deploy/cloudwatch-mcp', '-n', 'jarvis-demo', '--timeout=60s']);

  await check('takes over what kubectl and the workflow made: the digest stays, no pod restarts', async () => {
    const before = await waitFor('two pods', READY_MS, async () => {
      const pods = await listPods(cluster, 'jarvis-demo');
      assert.equal(pods.length, 2);
      return pods;
    });
    await helm(upgrade('jarvis-demo', ['--take-ownership']));
    assert.equal(await readImage(cluster, 'jarvis-demo'), `${REPOSITORY}@${DIGEST}`);
    assert.deepEqual(await listPods(cluster, 'jarvis-demo'), before);
  });
  await check('an upgrade changes a value, the workflow deploys again, an upgrade keeps its digest', async () => {
    await helm(upgrade('jarvis-demo', ['--set', 'env.RATE_LIMIT_PER_MINUTE=300']));
    const next = `sha256:${'b'.repeat(64)}`;
    const run = await runDeployWorkflow(context, cluster, { digest: next });
    assert(run.isSuccess, run.output);
    await helm(upgrade('jarvis-demo', ['--set', 'env.RATE_LIMIT_PER_MINUTE=600']));
    assert.equal(await readImage(cluster, 'jarvis-demo'), `${REPOSITORY}@${next}`);
    const text = JSON.stringify(
      await cluster.api.get('/apis/apps/v1/namespaces/jarvis-demo/deployments/cloudwatch-mcp'),
    );
    assert.match(text, /"RATE_LIMIT_PER_MINUTE","value":"600"/);
  });
  await check('a rollback restores values and image of the earlier revision', async () => {
    await helm(['rollback', 'cloudwatch-mcp', '1', '--namespace', 'jarvis-demo']);
    assert.equal(await readImage(cluster, 'jarvis-demo'), `${REPOSITORY}@${DIGEST}`);
  });
}

export const step: Step = {
  title: 'Helm against a real API server',
  needs: ['go', 'etcd', 'openssl', 'jq', 'helm'],
  async run(context) {
    const { check, root } = context;
    const cluster = await startCluster(context);
    const options = { cwd: root, env: { KUBECONFIG: cluster.kubeconfig('admin') } };
    const helm = (args: readonly string[]): Promise<string> => runCommand('helm', args, options);
    const tryHelm = (args: readonly string[]): Promise<CommandResult> => tryCommand('helm', args, options);
    await checkAdoption(context, cluster, helm);

    await check("installs afresh in jarvis, reads that namespace's key, begins with latest", async () => {
      await helm(upgrade('jarvis'));
      const secret = await cluster.api.get(
        '/apis/external-secrets.io/v1/namespaces/jarvis/externalsecrets/cloudwatch-mcp-secrets',
      );
      const keys = secret.spec.data.map(({ remoteRef }: { remoteRef: { key: string } }) => remoteRef.key);
      assert.deepEqual([...new Set(keys)], ['jarvis/cloudwatch-mcp/iam-identity-center']);
      assert.equal(await readImage(cluster, 'jarvis'), `${REPOSITORY}:latest`);
    });
    await check('without --take-ownership it refuses objects of kubectl', async () => {
      await helm(['uninstall', 'cloudwatch-mcp', '--namespace', 'jarvis', '--wait']);
      await cluster.kubectl(['create', '-f', join(root, 'k8s/jarvis/first-deployment.yaml')]);
      const { code, stderr } = await tryHelm(upgrade('jarvis'));
      assert.notEqual(code, 0);
      assert.match(stderr, /invalid ownership metadata/);
    });
    await check('helm test: its pod is let in by Pod Security, and its verdict counts', async () => {
      const { code, stdout } = await tryHelm([
        'test',
        'cloudwatch-mcp',
        '--namespace',
        'jarvis-demo',
        '--timeout',
        '60s',
      ]);
      assert.equal(code, 0, stdout);
      assert.match(stdout, /TEST SUITE:\s+cloudwatch-mcp-smoke/);
      assert.match(stdout, /Phase:\s+Succeeded/);
    });
    await check('uninstalled: nothing is left', async () => {
      await helm(['uninstall', 'cloudwatch-mcp', '--namespace', 'jarvis-demo', '--wait']);
      await cluster.kubectl(['delete', '-f', join(root, 'k8s/jarvis/deployment.yaml')]);
      for (const namespace of NAMESPACES) {
        const kinds = 'deploy,svc,sa,hpa,pdb,networkpolicy,externalsecret,ingress';
        const left = await cluster.kubectl(['get', kinds, '-n', namespace, '-l', 'app=cloudwatch-mcp', '-o', 'name']);
        assert.equal(left, '');
      }
    });
  },
};
