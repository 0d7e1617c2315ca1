/** IAM: the permissions are those that the code calls, and every document and template is sound. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseTerraform } from '@cdktf/hcl2json';
import {
  findCommandActions,
  listCommandActions,
  listNamedActions,
} from '../../../scripts/generate/iam/called-actions.ts';
import { findGrant, readManagedPolicy } from '../../../scripts/generate/iam/coverage.ts';
import { listGrantedActions, renderIamFiles } from '../../../scripts/generate/iam-policy.ts';
import { validateTemplate } from '../support/cloudformation.ts';
import type { Step } from '../support/step.ts';

interface Policy {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource?: unknown;
    readonly Principal?: unknown;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

async function readPolicy(root: string, name: string): Promise<Policy> {
  return JSON.parse(await readFile(join(root, 'iam', name), 'utf8')) as Policy;
}

function listActions({ Statement }: Policy): string[] {
  return Statement.flatMap(({ Action }) => Action).sort();
}

async function assertStsIsGranted(root: string): Promise<void> {
  const trusts = await Promise.all(
    ['trust-policy.json', 'trust-policy-assume-role.json', 'pod-role-policy.json'].map((name) =>
      readPolicy(root, name),
    ),
  );
  const granted = new Set([...trusts.flatMap(listActions), 'sts:GetCallerIdentity']);
  for (const action of listCommandActions().filter((name) => name.startsWith('sts:'))) {
    assert(granted.has(action), `${action} is called, but no trust policy allows it`);
  }
}

async function assertTrust(root: string): Promise<void> {
  const files = (await readdir(join(root, 'iam'))).filter((name) => name.startsWith('trust-policy'));
  assert.equal(files.length, 4);
  for (const name of files) {
    const policy = await readPolicy(root, name);
    assert.equal(policy.Version, '2012-10-17', name);
    for (const statement of policy.Statement) {
      assert.equal(statement.Effect, 'Allow', name);
      assert.notDeepEqual(statement.Principal, '*', name);
      const isTagging = ![statement.Action].flat().some((action) => action.startsWith('sts:AssumeRole'));
      assert(isTagging || statement.Condition !== undefined, `${name}: who may assume the role is not narrowed`);
    }
  }
  for (const { Principal, Condition } of (await readPolicy(root, 'trust-policy.json')).Statement) {
    const issuer = (Principal as { Federated: string }).Federated.split('oidc-provider/')[1] ?? '';
    assert.deepEqual(Object.keys(Condition?.StringEquals ?? {}), [`${issuer}:aud`]);
  }
}

async function assertRoleTemplate(root: string, workDir: string): Promise<void> {
  const template = validateTemplate(join(root, 'iam/cloudwatch-mcp-role.yaml'), join(workDir, 'role'));
  const role = template.Resources.Role?.Properties;
  const [text = ''] = (role?.AssumeRolePolicyDocument['Fn::Sub'] ?? []) as string[];
  const trust = JSON.parse(text.replaceAll(`\${Issuer}`, 'login.example.com/tenant/')) as Policy;
  assert.deepEqual(trust.Statement[0]?.Condition, {
    StringEquals: { 'login.example.com/tenant/:aud': `\${ClientId}` },
  });
  assert.deepEqual(role?.Policies[0].PolicyDocument, await readPolicy(root, 'permissions-policy.json'));
}

async function assertDeployRole(root: string, workDir: string): Promise<void> {
  const template = validateTemplate(join(root, 'iam/github-deploy-role.yaml'), join(workDir, 'github'));
  const role = template.Resources.Role?.Properties;
  const [trust] = (role?.AssumeRolePolicyDocument.Statement ?? []) as {
    Condition: Record<string, Record<string, unknown>>;
  }[];
  assert.deepEqual(Object.keys(trust?.Condition.StringEquals ?? {}), [
    'token.actions.githubusercontent.com:aud',
    'token.actions.githubusercontent.com:sub',
  ]);
  assert.deepEqual(template.Resources.AccessEntry?.Properties.KubernetesGroups, ['cloudwatch-mcp-deployers']);
}

interface TerraformFile {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, readonly Record<string, unknown>[]>>>>;
  readonly variable?: Readonly<Record<string, unknown>>;
}

async function assertTerraform(root: string): Promise<void> {
  const folder = join(root, 'iam/terraform');
  const texts = await Promise.all(
    (await readdir(folder)).filter((name) => name.endsWith('.tf')).map((name) => readFile(join(folder, name), 'utf8')),
  );
  const parsed = await Promise.all(texts.map(async (text) => (await parseTerraform('x.tf', text)) as TerraformFile));
  const resources = parsed.flatMap(({ resource = {} }) => Object.keys(resource)).sort();
  assert.deepEqual(resources, ['aws_iam_openid_connect_provider', 'aws_iam_role', 'aws_iam_role_policy']);
  const declared = parsed.flatMap(({ variable = {} }) => Object.keys(variable)).sort();
  const used = texts.flatMap((text) => [...text.matchAll(/\bvar\.(\w+)/g)].map(([, name = '']) => name));
  assert.deepEqual([...new Set(used)].sort(), declared);
  const policy = parsed.flatMap(({ resource = {} }) => resource.aws_iam_role_policy?.cloudwatch_mcp ?? [])[0]?.policy;
  assert.equal(policy, `\${file("\${path.module}/../permissions-policy.json")}`);
}

export const step: Step = {
  title: 'IAM',
  needs: [],
  async run({ root, workDir, check }) {
    await check('each SDK command that the code imports has its action in the policy', async () => {
      const granted = listActions(await readPolicy(root, 'permissions-policy.json'));
      const commands = listCommandActions().filter((action) => !action.startsWith('sts:'));
      assert(commands.length > 10);
      assert.deepEqual(
        commands.filter((action) => !granted.includes(action)),
        [],
      );
    });
    await check('each action of the policy is called by the code', async () => {
      const granted = listActions(await readPolicy(root, 'permissions-policy.json'));
      assert.deepEqual(granted, listGrantedActions());
      const commands = new Set(listCommandActions());
      assert.deepEqual(
        granted.filter((action) => !commands.has(action)),
        [],
      );
    });
    await check('the comparison sees an import that no call names', () => {
      const source = "import { PutMetricAlarmCommand, type X } from '@aws-sdk/client-cloudwatch';";
      assert.deepEqual(findCommandActions(source), ['cloudwatch:PutMetricAlarm']);
      assert(!listNamedActions().includes('cloudwatch:PutMetricAlarm'));
      assert.throws(() => findCommandActions("import { ListSinksCommand } from '@aws-sdk/client-oam';"), /client-oam/);
    });
    await check('the permissions write nothing', async () => {
      for (const action of listActions(await readPolicy(root, 'permissions-policy.json'))) {
        assert.match(action, /^\w+:(Describe|Get|List|Lookup|Filter|StartQuery$|StopQuery$|Query)/);
      }
    });
    await check('the STS actions that the code calls are in the trust policies', () => assertStsIsGranted(root));
    await check('trust policies name who, and for which audience', () => assertTrust(root));
    await check('generated IAM files are up to date', async () => {
      for (const [path, text] of renderIamFiles()) assert.equal(await readFile(join(root, path), 'utf8'), text, path);
    });
    await check('the table of CloudWatchReadOnlyAccess says the truth of its patterns', async () => {
      const { actions } = readManagedPolicy();
      assert.equal(findGrant('logs:StartQuery', actions), 'logs:StartQuery');
      assert.equal(findGrant('logs:Unmask', actions), undefined);
      assert.equal(findGrant('cloudwatch:PutMetricAlarm', actions), undefined);
      const readme = await readFile(join(root, 'iam/README.md'), 'utf8');
      for (const action of listGrantedActions()) assert(readme.includes(`| \`${action}\` | `), action);
    });
    await check('CloudFormation: provider and role', () => assertRoleTemplate(root, workDir));
    await check('CloudFormation: role of the workflows', () => assertDeployRole(root, workDir));
    await check('Terraform: syntax, variables, the same permissions', () => assertTerraform(root));
  },
};
