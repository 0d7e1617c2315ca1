/** The image: built from the repository as it is, then looked into. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBaseImage, writeBuildNpmrc } from '../support/base-image.ts';
import { BASE_TAG, type Containers, createContainers, IMAGE_TAG } from '../support/containers.ts';
import type { Step, StepContext } from '../support/step.ts';

const MAX_BYTES_OVER_BASE = 5_000_000;
const CA_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

interface ImageConfig {
  readonly User: string;
  readonly WorkingDir: string;
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[] | null;
  readonly Env: readonly string[];
  readonly ExposedPorts: Readonly<Record<string, unknown>>;
  readonly Labels: Readonly<Record<string, string>>;
}

interface ImageFacts {
  readonly Size: number;
  readonly Config: ImageConfig;
  readonly HealthCheck?: { readonly Test?: readonly string[] };
  readonly Healthcheck?: { readonly Test?: readonly string[] };
}

async function inspect({ podman }: Containers, tag: string): Promise<ImageFacts> {
  const [facts] = JSON.parse(await podman(['image', 'inspect', tag])) as ImageFacts[];
  assert(facts !== undefined);
  return facts;
}

async function build({ root, workDir }: StepContext, { buildah }: Containers): Promise<void> {
  const npmrc = join(workDir, 'npmrc');
  await writeBuildNpmrc(npmrc);
  // chroot: builds without a container runtime. The docker format keeps HEALTHCHECK, which OCI's has no place for.
  const how = ['--isolation', 'chroot', '--pull-never', '--network', 'host', '--format', 'docker'];
  const mounts = ['-v', `${CA_BUNDLE}:${CA_BUNDLE}:ro`, '-v', `${npmrc}:/usr/local/etc/npmrc:ro`];
  const values = ['--build-arg', `BASE=${BASE_TAG}`, '--build-arg', 'VERSION=1.2.3', '--build-arg', 'REVISION=abc'];
  await buildah(['bud', ...how, ...mounts, ...values, '-t', IMAGE_TAG, root], { timeoutMs: 420_000 });
}

export const step: Step = {
  title: 'container image',
  needs: ['buildah', 'podman', 'runc', 'busybox'],
  async run(context) {
    const { check, root } = context;
    const containers = await createContainers(context);
    if (!(await check('stand-in of the base image', () => buildBaseImage(containers)))) return;
    if (!(await check('the Dockerfile builds from the repository', () => build(context, containers)))) return;
    const { Config: config, ...facts } = await inspect(containers, IMAGE_TAG);

    await check('runs as 1000:1000, node is the entry point, port 3334 is named', () => {
      assert.equal(config.User, '1000:1000');
      assert.deepEqual(config.Entrypoint, ['node', '/app/server.mjs']);
      assert.deepEqual(config.Cmd ?? [], []);
      assert.deepEqual(Object.keys(config.ExposedPorts), ['3334/tcp']);
      assert.equal(config.WorkingDir, '/app');
    });
    await check('environment: production, a home, listens on all addresses', () => {
      for (const pair of ['NODE_ENV=production', 'HOME=/home/node', 'CLOUDWATCH_MCP_SERVER_HOST=0.0.0.0'])
        assert(config.Env.includes(pair), pair);
      assert(
        !config.Env.some((pair) => /LOG_LEVEL|ENABLE_AUTH|SECRET|TOKEN/.test(pair)),
        'nothing that a pod must decide',
      );
    });
    await check('labels name version, revision and licence', () => {
      assert.equal(config.Labels['org.opencontainers.image.version'], '1.2.3');
      assert.equal(config.Labels['org.opencontainers.image.revision'], 'abc');
      assert.equal(config.Labels['org.opencontainers.image.licenses'], 'Apache-2.0');
    });
    await check('HEALTHCHECK asks by node', () => {
      assert.equal((facts.HealthCheck ?? facts.Healthcheck)?.Test?.[1], 'node');
    });
    await check('holds the bundle and licences, nothing else', async () => {
      const { stdout } = await containers.runToEnd([
        '--entrypoint',
        'sh',
        IMAGE_TAG,
        '-c',
        'cd /app && find . -type f | sort',
      ]);
      const files = ['LICENSE', 'NOTICE', 'THIRD_PARTY_NOTICES'].map((name) => `./licenses/${name}`);
      assert.deepEqual(stdout.trim().split('\n'), [...files, './server.mjs']);
    });
    await check(`at most ${MAX_BYTES_OVER_BASE / 1_000_000} MB above its base`, async () => {
      const over = facts.Size - (await inspect(containers, BASE_TAG)).Size;
      console.log(`       ${(over / 1_000_000).toFixed(2)} MB above the base`);
      assert(over <= MAX_BYTES_OVER_BASE, `${over} bytes`);
    });
    await check('arm64: the final stage executes nothing (not run on arm64 here)', async () => {
      const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8');
      const stages = dockerfile.split(/^FROM /m);
      assert.equal(stages.length, 3);
      assert.match(stages[1] ?? '', /^--platform=\$BUILDPLATFORM /);
      assert.doesNotMatch(stages[2] ?? '', /^RUN /m);
    });
  },
};
