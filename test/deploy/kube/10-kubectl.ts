/** The manifests by kubectl: the first time, again, after a deployment, with changes, next to those who own other fields. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cluster, NAMESPACES, readImage, startCluster } from '../support/cluster.ts';
import { REPOSITORY, runDeployWorkflow } from '../support/deploy-run.ts';
import type { Step, StepContext } from '../support/step.ts';
import { waitFor } from '../support/wait-for.ts';

const READY_MS = 60_000;
const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;
const imageOf = (letter: string): string => `${REPOSITORY}@${digestOf(letter)}`;

function fileOf(root: string, namespace: string, name = 'deployment.yaml'): string {
  return join(root, 'k8s', namespace, name);
}

/** kubectl sends the selector of a PodDisruptionBudget each time (its patch strategy is `replace`) and calls that a change. */
const ALWAYS_SENT = 'poddisruptionbudget.policy/cloudwatch-mcp configured';

async function assertUnchanged(cluster: Cluster, namespace: string, file: string): Promise<void> {
  const before = await readGenerations(cluster, namespace);
  const lines = (await cluster.kubectl(['apply', '-f', file])).trim().split('\n');
  assert.equal(lines.length, 7);
  assert.deepEqual(
    lines.filter((line) => !line.endsWith(' unchanged') && line !== ALWAYS_SENT),
    [],
  );
  assert.equal(await cluster.kubectl(['diff', '-f', file]), '');
  assert.equal(await readGenerations(cluster, namespace), before);
}

/** Of all objects; the API server counts them up with each change of a spec. */
async function readGenerations(cluster: Cluster, namespace: string): Promise<string> {
  const kinds = 'deploy,svc,sa,hpa,pdb,networkpolicy,externalsecret';
  const columns = 'custom-columns=KIND:.kind,GENERATION:.metadata.generation';
  return cluster.kubectl(['get', kinds, '-n', namespace, '-l', 'app=cloudwatch-mcp', '-o', columns]);
}

async function deployment(cluster: Cluster, namespace: string) {
  return cluster.api.get(`/apis/apps/v1/namespaces/${namespace}/deployments/cloudwatch-mcp`);
}

/** The manifests with one setting more, as somebody would change them. */
async function changed(root: string, namespace: string, value: string): Promise<string> {
  const text = await readFile(fileOf(root, namespace), 'utf8');
  const spot = '        - name: ENABLE_AUTH\n';
  assert(text.includes(spot));
  return text.replace(spot, `        - name: RATE_LIMIT_PER_MINUTE\n          value: "${value}"\n${spot}`);
}

async function assertSetting(cluster: Cluster, namespace: string, value: string | undefined): Promise<void> {
  const { env } = (await deployment(cluster, namespace)).spec.template.spec.containers[0];
  const found = env.find(({ name }: { name: string }) => name === 'RATE_LIMIT_PER_MINUTE');
  assert.equal(found?.value, value);
}

async function checkFirst({ check, root }: StepContext, cluster: Cluster): Promise<void> {
  for (const namespace of NAMESPACES) {
    await check(
      `${namespace}: first-deployment.yaml creates seven objects, and Pod Security has no word against the pods`,
      async () => {
        const { code, stdout, stderr } = await cluster.tryKubectl([
          'create',
          '-f',
          fileOf(root, namespace, 'first-deployment.yaml'),
        ]);
        assert.deepEqual([code, stderr], [0, '']);
        assert.equal(stdout.trim().split('\n').length, 7);
      },
    );
    await check(`${namespace}: two pods become ready`, async () => {
      await waitFor('rollout', READY_MS, async () => {
        assert.equal((await deployment(cluster, namespace)).status.readyReplicas, 2);
      });
      await cluster.kubectl(['rollout', 'status', 'deploy/cloudwatch-mcp', '-n', namespace, '--timeout=30s']);
    });
    await check(`${namespace}: applied, and applied again without a difference`, async () => {
      await cluster.kubectl(['apply', '-f', fileOf(root, namespace)]);
      await assertUnchanged(cluster, namespace, fileOf(root, namespace));
    });
  }
  await check('deployment.yaml alone says what it lacks on an empty cluster, and makes no pod', async () => {
    await cluster.kubectl(['create', 'namespace', 'empty']);
    const text = (await readFile(fileOf(root, 'jarvis'), 'utf8')).replaceAll(
      'namespace: jarvis\n',
      'namespace: empty\n',
    );
    const { code, stderr } = await cluster.tryKubectl(['apply', '-f', '-'], { input: text });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /Deployment .*"cloudwatch-mcp" is invalid: spec\.template\.spec\.containers\[0\]\.image: Required value/,
    );
  });
}

async function checkDigest(context: StepContext, cluster: Cluster): Promise<void> {
  const { check, root } = context;
  const file = fileOf(root, 'jarvis-demo');
  await check('the role of the workflow is accepted in each namespace', async () => {
    for (const namespace of NAMESPACES) {
      await cluster.kubectl(['apply', '-n', namespace, '-f', join(root, 'iam/github-deployer-rbac.yaml')]);
    }
  });
  await check('the workflow deploys a digest, with the rights of its role alone', async () => {
    const run = await runDeployWorkflow(context, cluster, { digest: digestOf('a') });
    assert(run.isSuccess, run.output);
    assert.equal(await readImage(cluster, 'jarvis-demo'), imageOf('a'));
  });
  await check('applied again by the command of the guide: exit code 0, and the digest stays', async () => {
    await assertUnchanged(cluster, 'jarvis-demo', file);
    assert.equal(await readImage(cluster, 'jarvis-demo'), imageOf('a'));
  });
  await check('a later change of the manifests lands, is taken back again, and the digest stays', async () => {
    await cluster.kubectl(['apply', '-f', '-'], { input: await changed(root, 'jarvis-demo', '300') });
    await assertSetting(cluster, 'jarvis-demo', '300');
    await cluster.kubectl(['apply', '-f', file]);
    await assertSetting(cluster, 'jarvis-demo', undefined);
    assert.equal(await readImage(cluster, 'jarvis-demo'), imageOf('a'));
  });
  await check('what the autoscaler and kubectl set env own stays as well', async () => {
    const hpa = '/apis/autoscaling/v2/namespaces/jarvis-demo/horizontalpodautoscalers/cloudwatch-mcp';
    await cluster.api.patch(hpa, { spec: { minReplicas: 3 } });
    await waitFor('three pods', READY_MS, async () => {
      assert.equal((await deployment(cluster, 'jarvis-demo')).spec.replicas, 3);
    });
    await cluster.kubectl(['set', 'env', 'deploy/cloudwatch-mcp', 'FASTMCP_LOG_LEVEL=DEBUG', '-n', 'jarvis-demo']);
    await cluster.kubectl(['apply', '-f', file]);
    const { spec } = await deployment(cluster, 'jarvis-demo');
    assert.equal(spec.replicas, 3);
    assert(JSON.stringify(spec.template.spec.containers[0].env).includes('"FASTMCP_LOG_LEVEL"'));
  });
  await check('server-side apply by another owner (Argo CD, Flux) keeps the digest as well', async () => {
    for (const manager of ['argocd-controller', 'kustomize-controller']) {
      const args = ['apply', '--server-side', '--force-conflicts', `--field-manager=${manager}`, '-f', '-'];
      await cluster.kubectl(args, { input: await changed(root, 'jarvis-demo', '600') });
      await assertSetting(cluster, 'jarvis-demo', '600');
      assert.equal(await readImage(cluster, 'jarvis-demo'), imageOf('a'));
    }
  });
  await check(
    'Flux without ssa: merge takes over what kubectl owns, and is then refused: the image is missing',
    async () => {
      await takeOverAsFlux(cluster);
      const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=kustomize-controller', '-f', '-'];
      const { code, stderr } = await cluster.tryKubectl(args, { input: await changed(root, 'jarvis-demo', '600') });
      assert.notEqual(code, 0);
      assert.match(stderr, /image: Required value/);
      assert.equal(await readImage(cluster, 'jarvis-demo'), imageOf('a'));
    },
  );
}

interface FieldOwner {
  readonly manager: string;
  readonly operation: string;
  readonly fieldsV1: object;
}

/**
 * What the kustomize-controller of Flux does before it applies, unless the object is annotated with
 * `kustomize.toolkit.fluxcd.io/ssa: merge`: every field of a manager whose name begins with kubectl becomes its own.
 */
async function takeOverAsFlux(cluster: Cluster): Promise<void> {
  const flux = 'kustomize-controller';
  const { metadata } = await deployment(cluster, 'jarvis-demo');
  const owners = metadata.managedFields as FieldOwner[];
  const isTaken = ({ manager }: FieldOwner): boolean => manager.startsWith('kubectl') || manager === flux;
  const taken = owners.filter(isTaken);
  assert(taken.some(({ manager }) => manager === 'kubectl-set'));
  const fieldsV1 = taken.reduce((sum, owner) => union(sum, owner.fieldsV1), {});
  const managedFields = [
    ...owners.filter((owner) => !isTaken(owner)),
    { ...taken[0], manager: flux, operation: 'Apply', fieldsV1 },
  ];
  await cluster.api.patch('/apis/apps/v1/namespaces/jarvis-demo/deployments/cloudwatch-mcp', {
    metadata: { managedFields },
  });
}

function union(one: object, other: object): object {
  const sum: Record<string, object> = { ...one };
  for (const [name, fields] of Object.entries(other)) sum[name] = union(sum[name] ?? {}, fields as object);
  return sum;
}

/** As the guide had it before: the file with an image, by plain apply. */
async function checkEarlierObjects(context: StepContext, cluster: Cluster): Promise<void> {
  const { check, root } = context;
  await check(
    'objects that were applied with an image: refused aloud and untouched, mended by set-last-applied',
    async () => {
      await cluster.kubectl(['delete', '-f', fileOf(root, 'jarvis'), '--ignore-not-found']);
      await cluster.kubectl(['apply', '-f', fileOf(root, 'jarvis', 'first-deployment.yaml')]);
      const run = await runDeployWorkflow(context, cluster, { namespace: 'jarvis', digest: digestOf('c') });
      assert(run.isSuccess, run.output);
      const refused = await cluster.tryKubectl(['apply', '-f', fileOf(root, 'jarvis')]);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /image: Required value/);
      assert.equal(await readImage(cluster, 'jarvis'), imageOf('c'));
      const template = JSON.stringify((await deployment(cluster, 'jarvis')).spec.template);
      await cluster.kubectl(['apply', 'set-last-applied', '-f', fileOf(root, 'jarvis')]);
      await cluster.kubectl(['apply', '-f', fileOf(root, 'jarvis')]);
      assert.equal(JSON.stringify((await deployment(cluster, 'jarvis')).spec.template), template);
      // The autoscaler has set the number of the new pods by then.
      await waitFor('two pods', READY_MS, async () => {
        assert.equal((await deployment(cluster, 'jarvis')).status.readyReplicas, 2);
      });
      await assertUnchanged(cluster, 'jarvis', fileOf(root, 'jarvis'));
      assert.equal(await readImage(cluster, 'jarvis'), imageOf('c'));
    },
  );
}

async function checkWorkflow(context: StepContext, cluster: Cluster): Promise<void> {
  const { check } = context;
  await check('a rollout that fails goes back to the digest before', async () => {
    // Only the first question for the state of the rollout, that of the new image, is answered with a failure.
    const bad = [
      {
        on: 'rollout status.*timeout=10m',
        run: 'if [[ -e failed ]]; then exit 0; fi; touch failed; exit 1',
      },
    ];
    const run = await runDeployWorkflow(context, cluster, { digest: digestOf('b'), answers: bad });
    assert.equal(run.isSuccess, false);
    assert.match(run.output, /The rollout failed; revision \d+ is back/);
    assert.equal(await readImage(cluster, 'jarvis-demo'), imageOf('a'));
  });
  await check('an operator that is down stops the workflow before anything is changed', async () => {
    cluster.node.isOperatorUp = false;
    const quick = [{ on: '^sleep', run: 'exit 0' }];
    const run = await runDeployWorkflow(context, cluster, { digest: digestOf('d'), answers: quick });
    cluster.node.isOperatorUp = true;
    assert.equal(run.isSuccess, false);
    assert.match(run.output, /has not been synced within a minute/);
    assert.equal(await readImage(cluster, 'jarvis-demo'), imageOf('a'));
  });
  await check('somebody without rights reads Forbidden, not that there is nothing', async () => {
    const run = await runDeployWorkflow(context, cluster, { digest: digestOf('d'), user: 'stranger' });
    assert.equal(run.isSuccess, false);
    assert.match(run.output, /Forbidden: give this role an access entry/);
    assert.doesNotMatch(run.output, /There is no Deployment/);
  });
  await check('where nothing is deployed it names the file to begin with', async () => {
    await cluster.kubectl(['delete', 'deploy', 'cloudwatch-mcp', '-n', 'jarvis']);
    const run = await runDeployWorkflow(context, cluster, { namespace: 'jarvis', digest: digestOf('d') });
    assert.match(run.output, /kubectl create -f k8s\/jarvis\/first-deployment\.yaml once/);
  });
}

export const step: Step = {
  title: 'kubectl, the deploy workflow, and who owns which field',
  needs: ['go', 'etcd', 'openssl', 'jq'],
  async run(context) {
    const cluster = await startCluster(context);
    await checkFirst(context, cluster);
    await checkDigest(context, cluster);
    await checkWorkflow(context, cluster);
    await checkEarlierObjects(context, cluster);
  },
};
