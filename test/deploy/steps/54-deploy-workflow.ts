/** The run-blocks of "Deploy CloudWatch MCP to EKS" against stand-ins of aws, kubectl and the rest. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Step, StepContext } from '../support/step.ts';
import { createStubs, type StubAnswer } from '../support/stub-programs.ts';
import { readWorkflow, runJob } from '../support/workflow.ts';

const DIGEST = `sha256:${'b'.repeat(64)}`;
const REPOSITORY = '897729109735.dkr.ecr.us-east-1.amazonaws.com/jarvis/cloudwatch_mcp_server';
const IMAGE = `${REPOSITORY}@${DIGEST}`;
const IN_NAMESPACE = '-n jarvis-demo';

const ANSWERS: readonly StubAnswer[] = [
  { on: 'ecr describe-images', run: `echo ${DIGEST}` },
  { on: 'get-login-password', run: 'echo registry-password' },
  { on: 'get deploy cloudwatch-mcp --ignore-not-found', run: 'echo deployment.apps/cloudwatch-mcp' },
  // Another time at each question.
  { on: 'status.refreshTime', run: 'date +%N' },
  { on: 'containers\\[', run: `echo -n ${REPOSITORY}@sha256:old` },
  { on: 'io/revision', run: 'echo -n 7' },
];

let scenario = 0;

async function deploy({ root, workDir }: StepContext, answers: readonly StubAnswer[] = [], version = 'latest') {
  scenario += 1;
  const folder = join(workDir, `deploy-${scenario}`);
  const programs = ['aws', 'kubectl', 'docker', 'cosign', 'curl', 'node', 'sleep'];
  const stubs = await createStubs(folder, programs, [...answers, ...ANSWERS]);
  const workflow = await readWorkflow(join(root, '.github/workflows/deploy-cloudwatch.yml'));
  const inputs = { region: 'us-east-1', application: 'jarvis-demo', version };
  const run = await runJob(workflow, 'deploy', { folder, path: stubs.path, inputs });
  return { ...run, calls: await stubs.readCalls() };
}

type Deployment = Awaited<ReturnType<typeof deploy>>;

function find({ calls }: Deployment, part: string): string[] {
  return calls.filter((call) => call.includes(part));
}

function assertUntouched(run: Deployment, said: RegExp): void {
  assert.equal(run.isSuccess, false);
  assert.match(run.output, said);
  assert.deepEqual(find(run, 'set image'), []);
  assert.deepEqual(find(run, 'rollout'), []);
}

function assertRolledBack(run: Deployment): void {
  assert.equal(run.isSuccess, false);
  assert.deepEqual(find(run, 'rollout undo'), [
    `kubectl rollout undo deploy/cloudwatch-mcp --to-revision=7 ${IN_NAMESPACE}`,
  ]);
  assert.equal(run.calls.at(-1), `kubectl rollout status deploy/cloudwatch-mcp --timeout=10m ${IN_NAMESPACE}`);
  assert.match(run.output, /The rollout failed; revision 7 is back/);
  assert.match(run.summary, /jarvis-demo: failure/);
}

export const step: Step = {
  title: 'Workflow that deploys',
  needs: [],
  async run(context) {
    const { check } = context;
    const done = await deploy(context);
    await check('does the six steps of the guide, in their order', () => {
      assert(done.isSuccess, done.output);
      const parts = [
        'sts get-caller-identity',
        'eks update-kubeconfig --name ascending-s-api-cluster --region us-east-1',
        'annotate es cloudwatch-mcp-secrets force-sync=',
        `set image deploy/cloudwatch-mcp cloudwatch-mcp=${IMAGE} ${IN_NAMESPACE}`,
        `rollout status deploy/cloudwatch-mcp --timeout=10m ${IN_NAMESPACE}`,
        'node scripts/deploy/smoke.mjs http://localhost:3334',
      ];
      const places = parts.map((part) => done.calls.findIndex((call) => call.includes(part)));
      assert(
        places.every((place) => place >= 0),
        done.calls.join('\n'),
      );
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
      );
    });
    await check('sets the digest, and verifies its signature before', () => {
      assert(find(done, 'ecr describe-images')[0]?.includes('imageTag=latest'));
      const [verify = ''] = find(done, 'cosign verify');
      assert(verify.endsWith(IMAGE) && verify.includes('workflows/ci-cloudwatch\\.yml@'), verify);
      assert(done.calls.indexOf(verify) < done.calls.findIndex((call) => call.includes('set image')));
    });
    await check('leaves the restart to the new image', () => assert.deepEqual(find(done, 'rollout restart'), []));
    await check('touches one namespace', () => {
      for (const call of done.calls.filter((line) => line.startsWith('kubectl')))
        assert(call.startsWith('kubectl ') && call.includes(` ${IN_NAMESPACE}`), call);
    });
    await check('summarizes', () =>
      assert(done.summary.includes('jarvis-demo: success') && done.summary.includes(DIGEST)),
    );
    await check("annotates the guide's jarvis-env too where there is such an ExternalSecret", async () => {
      assert.deepEqual(find(done, 'annotate es jarvis-env'), []);
      const run = await deploy(context, [{ on: 'get es jarvis-env', run: 'echo jarvis-env' }]);
      assert.equal(find(run, 'annotate es jarvis-env force-sync=').length, 1);
    });
    await check('restarts where the image is the same', async () => {
      const run = await deploy(context, [{ on: 'containers\\[', run: `echo -n ${IMAGE}` }]);
      assert(run.isSuccess, run.output);
      assert.equal(find(run, `rollout restart deploy/cloudwatch-mcp ${IN_NAMESPACE}`).length, 1);
    });
    await check('rolls back to the revision before when the rollout fails', async () => {
      // Only the first status, that of the new image, fails.
      const run = await deploy(context, [
        { on: 'rollout status', run: 'if [[ -e failed ]]; then exit 0; fi; touch failed; exit 1' },
      ]);
      assertRolledBack(run);
      assert.deepEqual(find(run, 'smoke.mjs'), []);
    });
    await check('rolls back when the smoke test fails', async () => {
      assertRolledBack(await deploy(context, [{ on: 'smoke.mjs', run: 'exit 1' }]));
    });
    await check('changes nothing when the version is not there', async () => {
      const missing = { on: 'ecr describe-images', run: 'echo "(ImageNotFoundException)" >&2; exit 254' };
      assertUntouched(await deploy(context, [missing], '9.9.9'), /no image .*:9\.9\.9 .*build it with ci-cloudwatch/);
      assertUntouched(await deploy(context, [{ on: 'ecr describe-images', run: 'echo None' }]), /There is no image/);
    });
    await check('changes nothing when the signature is not ours', async () => {
      assertUntouched(
        await deploy(context, [{ on: 'cosign verify', run: 'exit 1' }]),
        /is not signed by ci-cloudwatch\.yml/,
      );
    });
    await check('changes nothing when the secret does not sync', async () => {
      assertUntouched(await deploy(context, [{ on: 'wait es/', run: 'echo timed out; exit 1' }]), /timed out/);
    });
    await check('waits for a sync that is newer than the last, and gives up with the condition', async () => {
      const stuck = [{ on: 'status.refreshTime', run: 'echo 2026-01-01T00:00:00Z' }];
      const run = await deploy(context, [...stuck, { on: 'status.conditions', run: 'echo SecretSyncedError' }]);
      assertUntouched(run, /SecretSyncedError[\s\S]*not been synced within a minute/);
    });
    await check('says what to do where nothing is deployed yet', async () => {
      const run = await deploy(context, [{ on: 'get deploy cloudwatch-mcp --ignore-not-found', run: 'exit 0' }]);
      assertUntouched(run, /kubectl create -f k8s\/jarvis-demo\/first-deployment\.yaml once/);
    });
    await check('does not take Forbidden for absent', async () => {
      const forbidden = 'echo "Error from server (Forbidden): deployments is forbidden" >&2; exit 1';
      const run = await deploy(context, [{ on: 'get deploy cloudwatch-mcp --ignore-not-found', run: forbidden }]);
      assertUntouched(run, /Forbidden: give this role an access entry[\s\S]*\(Forbidden\)/);
      assert.doesNotMatch(run.output, /There is no Deployment/);
      const ofSecret = await deploy(context, [{ on: 'get es jarvis-env', run: forbidden }]);
      assertUntouched(ofSecret, /\(Forbidden\)/);
    });
    await check('refuses a version that is no tag', async () => {
      for (const version of ['', 'a b', '$(id)', '-latest', 'x'.repeat(129)]) {
        const run = await deploy(context, [], version);
        assert.deepEqual([run.isSuccess, run.calls], [false, []], version);
      }
    });
  },
};
