/** The shell scripts: shellcheck, and their calls against a stand-in of aws. */
import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tryCommand } from '../support/command.ts';
import { CREATE_REPOSITORY } from '../support/ecr-command.ts';
import type { Step, StepContext } from '../support/step.ts';
import { createStubs, type StubAnswer } from '../support/stub-programs.ts';

const ISSUER = 'https://login.example.com/tenant/';
const SETTINGS = {
  AWS_IDENTITY_CENTER_ISSUER: ISSUER,
  AWS_IDENTITY_CENTER_CLIENT_ID: 'client "quoted" id',
  AWS_CLOUDWATCH_ROLE_ARN: 'arn:aws:iam::111122223333:role/CloudWatchMCPRole',
};
const DESCRIBE = 'aws ecr describe-repositories --repository-names jarvis/cloudwatch_mcp_server --region us-east-1';

let runs = 0;

interface ScriptRun {
  readonly script: string;
  readonly args?: readonly string[];
  readonly answers?: readonly StubAnswer[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

async function runScript({ root, workDir }: StepContext, { script, args = [], answers = [], env = {} }: ScriptRun) {
  runs += 1;
  const folder = join(workDir, `script-${runs}`);
  const stubs = await createStubs(folder, ['aws'], answers);
  const result = await tryCommand(join(root, 'scripts/deploy', script), args, {
    cwd: folder,
    env: { ...env, PATH: stubs.path, KEPT: folder },
  });
  return { ...result, folder, calls: await stubs.readCalls() };
}

async function assertEcr(context: StepContext): Promise<void> {
  const missing: StubAnswer = {
    on: 'describe-repositories',
    run: 'if [[ -e $KEPT/asked ]]; then exit 0; fi; touch "$KEPT/asked"; echo RepositoryNotFoundException >&2; exit 254',
  };
  const script = 'create-ecr.sh';
  const { check } = context;
  await check(`${script} creates with the guide's own command, without a policy`, async () => {
    const run = await runScript(context, { script, answers: [missing] });
    assert.equal(run.code, 0, run.stderr);
    assert.deepEqual(run.calls, [DESCRIBE, CREATE_REPOSITORY, DESCRIBE]);
  });
  await check(`${script} changes nothing the second time`, async () => {
    const run = await runScript(context, { script });
    assert.deepEqual([run.code, run.calls], [0, [DESCRIBE, DESCRIBE]]);
  });
  await check(`${script} lets another account pull only when asked`, async () => {
    const keep: StubAnswer = { on: 'set-repository-policy', run: `cp "\${6#file://}" "$KEPT/policy.json"` };
    const run = await runScript(context, { script, args: ['--pull-account', '444455556666'], answers: [keep] });
    assert.equal(run.code, 0, run.stderr);
    const policy = JSON.parse(await readFile(join(run.folder, 'policy.json'), 'utf8')) as {
      Statement: { Principal: unknown; Action: string[] }[];
    };
    assert.deepEqual(policy.Statement[0]?.Principal, { AWS: 'arn:aws:iam::444455556666:root' });
    assert.deepEqual(policy.Statement[0]?.Action, ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']);
  });
  await check(`${script} stops at other errors and wrong arguments`, async () => {
    const denied = await runScript(context, {
      script,
      answers: [{ on: 'describe-repositories', run: 'echo AccessDeniedException >&2; exit 254' }],
    });
    assert.deepEqual([denied.code, denied.calls], [1, [DESCRIBE]]);
    assert.match(denied.stderr, /AccessDenied/);
    for (const args of [['--pull-account', '12'], ['--nonsense'], ['--region']]) {
      const run = await runScript(context, { script, args });
      assert.notEqual(run.code, 0, args.join(' '));
      assert.deepEqual(run.calls, []);
    }
  });
}

async function assertSecret(context: StepContext): Promise<void> {
  const script = 'create-secret.sh';
  const args = ['jarvis-demo'];
  const keep = `for a in "$@"; do if [[ $a == file://* ]]; then cp -p "\${a#file://}" "$KEPT/value.json"; fi; done`;
  const answers: StubAnswer[] = [
    { on: '(create-secret|put-secret-value)', run: keep },
    { on: 'describe-secret', run: 'echo ResourceNotFoundException >&2; exit 254' },
  ];
  const { check } = context;
  await check(`${script} writes the three values under the name that the manifests read`, async () => {
    const run = await runScript(context, { script, args, answers, env: SETTINGS });
    assert.equal(run.code, 0, run.stderr);
    const value = join(run.folder, 'value.json');
    assert.deepEqual(JSON.parse(await readFile(value, 'utf8')), SETTINGS);
    assert.equal((await stat(value)).mode & 0o077, 0);
    assert.match(run.calls.at(-1) ?? '', /create-secret --name jarvis-demo\/cloudwatch-mcp\/iam-identity-center /);
    for (const call of run.calls) assert(!call.includes(ISSUER), call);
  });
  await check(`${script} updates what exists`, async () => {
    const run = await runScript(context, { script, args, env: SETTINGS });
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.calls.at(-1) ?? '', /put-secret-value --secret-id jarvis-demo\//);
  });
  await check(`${script} names every missing value`, async () => {
    const env = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, undefined]));
    const run = await runScript(context, { script, args, env });
    assert.deepEqual([run.code, run.calls], [2, []]);
    for (const name of Object.keys(SETTINGS)) assert(run.stderr.includes(name), name);
  });
  await check(`${script} refuses the portal of IAM Identity Center, plain http and wrong names`, async () => {
    for (const issuer of [
      'https://portal.sso.us-east-1.amazonaws.com/x',
      'https://d-1.awsapps.com/start',
      'http://a.example',
    ]) {
      const run = await runScript(context, { script, args, env: { ...SETTINGS, AWS_IDENTITY_CENTER_ISSUER: issuer } });
      assert.deepEqual([run.code, run.calls], [2, []], issuer);
    }
    for (const wrong of [[], ['Jarvis'], ['a', 'b'], ['a/../b'], ['--nonsense']]) {
      const run = await runScript(context, { script, args: wrong, env: SETTINGS });
      assert.deepEqual([run.code, run.calls], [2, []], wrong.join(' '));
    }
  });
}

async function assertLambda(context: StepContext): Promise<void> {
  const script = 'deploy-lambda.sh';
  const url = 'https://abc.lambda-url.us-east-1.on.aws/';
  const isKnown = 'if [[ ! -e $KEPT/created ]]; then echo "does not exist" >&2; exit 255; fi';
  const answers: StubAnswer[] = [
    { on: 's3 cp', run: 'cp "$3" "$KEPT/bundle.zip"' },
    { on: 'cloudformation deploy', run: 'touch "$KEPT/created"' },
    { on: "OutputKey=='ResourceUrl'", run: `${isKnown}; echo ${url}mcp` },
    { on: "OutputKey=='FunctionUrl'", run: `${isKnown}; echo ${url}` },
  ];
  const args = ['--bucket', 'my-bucket'];
  const listUrls = (calls: readonly string[]) =>
    calls.flatMap((call) => (call.includes('cloudformation deploy') ? [/ResourceUrl=(\S*)/.exec(call)?.[1]] : []));
  const { check } = context;
  let firstKey = '';
  await check(`${script} deploys twice the first time: the address is known only then`, async () => {
    const run = await runScript(context, { script, args, answers, env: SETTINGS });
    assert.equal(run.code, 0, run.stderr);
    assert.deepEqual(listUrls(run.calls), ['', `${url}mcp`]);
    assert.match(run.stdout, /MCP endpoint: https:\/\/abc\.lambda-url\.us-east-1\.on\.aws\/mcp\n/);
    const listing = await runCommand('unzip', ['-Z1', join(run.folder, 'bundle.zip')]);
    assert.deepEqual(listing.trim().split('\n').sort(), ['LICENSE', 'NOTICE', 'THIRD_PARTY_NOTICES', 'server.mjs']);
    firstKey = /CodeKey=(\S+)/.exec(run.calls.join('\n'))?.[1] ?? '';
    assert.match(firstKey, /^cloudwatch-mcp\/[0-9a-f]{64}\.zip$/);
  });
  await check(`${script} deploys once afterwards; the same bundle has the same key`, async () => {
    const known = answers.map(({ on, run }) => ({ on, run: run.replace(`${isKnown}; `, '') }));
    const run = await runScript(context, { script, args, answers: known, env: SETTINGS });
    assert.equal(run.code, 0, run.stderr);
    assert.deepEqual(listUrls(run.calls), [`${url}mcp`]);
    assert(run.calls.join('\n').includes(`CodeKey=${firstKey} `));
  });
  await check(`${script} takes an address of one's own at once`, async () => {
    const own = [...args, '--resource-url', 'https://mcp.example.com/mcp'];
    const run = await runScript(context, { script, args: own, answers, env: SETTINGS });
    assert.deepEqual([run.code, listUrls(run.calls)], [0, ['https://mcp.example.com/mcp']]);
  });
  await check(`${script} names no role where none is assumed`, async () => {
    const run = await runScript(context, { script, args: [...args, '--mode', 'ambient'], answers, env: SETTINGS });
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.calls.join('\n'), / CredentialMode=ambient CloudWatchRoleArn= ResourceUrl=/);
  });
  await check(`${script} stops before AWS when something is missing or wrong`, async () => {
    const without = { ...SETTINGS, AWS_CLOUDWATCH_ROLE_ARN: undefined };
    const wrong: ScriptRun[] = [
      { script, env: SETTINGS },
      { script, args, env: without },
      { script, args: [...args, '--mode', 'nonsense'], env: SETTINGS },
      { script, args: [...args, '--mode', 'assume-role'], env: without },
    ];
    for (const each of wrong) {
      const run = await runScript(context, each);
      assert.deepEqual([run.code, run.calls], [2, []], run.stderr);
    }
  });
  await check(`${script} fails when the stack does`, async () => {
    const failing = [{ on: 'cloudformation deploy', run: 'echo rolled back >&2; exit 255' }, ...answers];
    const run = await runScript(context, { script, args, answers: failing, env: SETTINGS });
    assert.notEqual(run.code, 0);
    assert.equal(listUrls(run.calls).length, 1);
  });
}

export const step: Step = {
  title: 'Shell scripts',
  needs: ['shellcheck', 'jq', 'zip', 'unzip'],
  async run(context) {
    const { root, check } = context;
    const files = (await readdir(join(root, 'scripts/deploy'))).filter((file) => file.endsWith('.sh')).sort();
    for (const file of ['.ci/run', ...files.map((name) => `scripts/deploy/${name}`)])
      await check(`${file}: shellcheck`, () => runCommand('shellcheck', ['--severity=style', join(root, file)]));
    await check('scripts can be executed', async () => {
      for (const file of files) assert.notEqual((await stat(join(root, 'scripts/deploy', file))).mode & 0o100, 0, file);
    });
    await assertEcr(context);
    await assertSecret(context);
    await assertLambda(context);
  },
};
