/** The role of the workflows may do what their commands do, and no more. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { validateTemplate } from '../support/cloudformation.ts';
import type { Manifest } from '../support/manifests.ts';
import type { Step } from '../support/step.ts';
import { validateManifest } from '../support/validate-manifest.ts';
import { readWorkflow } from '../support/workflow.ts';

interface Rule {
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** kubectl command → what it asks of the API server. */
const KUBECTL: Readonly<Record<string, readonly (readonly [resource: string, verbs: readonly string[]])[]>> = {
  'annotate es': [['externalsecrets', ['get', 'patch']]],
  'get deploy': [['deployments', ['get']]],
  'get es': [['externalsecrets', ['get']]],
  'get pods': [['pods', ['list']]],
  'port-forward svc': [
    ['services', ['get']],
    ['pods', ['get', 'list']],
    ['pods/portforward', ['create']],
  ],
  'rollout restart': [['deployments', ['get', 'patch']]],
  'rollout status': [['deployments', ['get', 'list', 'watch']]],
  'rollout undo': [
    ['deployments', ['get', 'patch']],
    ['replicasets', ['list']],
  ],
  'set image': [['deployments', ['get', 'patch']]],
  'wait es': [['externalsecrets', ['get', 'list', 'watch']]],
};

/** Commands of the AWS CLI that are not named like their action. */
const AWS: Readonly<Record<string, string>> = {
  'ecr get-login-password': 'ecr:GetAuthorizationToken',
  'eks update-kubeconfig': 'eks:DescribeCluster',
};

/** What docker and cosign do at the registry (Amazon ECR User Guide, "Pushing a Docker image"). */
const PUSH = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:GetDownloadUrlForLayer',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
];

async function readCommands(root: string): Promise<string> {
  const files = ['ci-cloudwatch.yml', 'deploy-cloudwatch.yml'];
  const workflows = await Promise.all(files.map((file) => readWorkflow(join(root, '.github/workflows', file))));
  const steps = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));
  return steps.map(({ run = '' }) => run).join('\n');
}

function listAwsActions(commands: string): string[] {
  const actions = [...commands.matchAll(/\baws (\w+) ([a-z-]+)/g)].map(([, service = '', command = '']) => {
    const words = command.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    return AWS[`${service} ${command}`] ?? `${service}:${words.join('')}`;
  });
  // Everybody may ask STS who they are.
  return [...new Set(actions)].filter((action) => action !== 'sts:GetCallerIdentity').sort();
}

function listKubectl(commands: string): string[] {
  const found = [...commands.matchAll(/\bkubectl ([a-z-]+) ([a-z]+)/g)].map(([, verb, next]) => `${verb} ${next}`);
  return [...new Set(found)].sort();
}

export const step: Step = {
  title: 'Rights of the workflows',
  needs: [],
  async run({ root, workDir, check }) {
    const commands = await readCommands(root);
    await check('the IAM role allows exactly what the commands call', () => {
      const { Resources } = validateTemplate(join(root, 'iam/github-deploy-role.yaml'), join(workDir, 'role'));
      const policies = (Resources.Role?.Properties.Policies ?? []) as {
        PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] };
      }[];
      const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      const granted = statements.flatMap(({ Action }) => Action).sort();
      assert.deepEqual(granted, [...new Set([...listAwsActions(commands), ...PUSH])].sort());
      const open = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
      assert.deepEqual(open, ['ecr:GetAuthorizationToken']);
    });
    const documents = parseAllDocuments(await readFile(join(root, 'iam/github-deployer-rbac.yaml'), 'utf8'));
    const manifests = documents.map((document) => document.toJS() as Manifest);
    await check('the Kubernetes role is accepted', () => {
      assert.deepEqual(
        manifests.map(({ kind }) => kind),
        ['Role', 'RoleBinding'],
      );
      assert.deepEqual(manifests.flatMap(validateManifest), []);
    });
    await check('the Kubernetes role allows every kubectl command, and no command more', () => {
      const { rules } = manifests[0] as unknown as { readonly rules: readonly Rule[] };
      const granted = rules.flatMap(({ resources, verbs }) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
      );
      const used = listKubectl(commands);
      assert.deepEqual(used, Object.keys(KUBECTL));
      const needed = used.flatMap((command) =>
        (KUBECTL[command] ?? []).flatMap(([resource, verbs]) => verbs.map((verb) => `${verb} ${resource}`)),
      );
      assert.deepEqual(
        needed.filter((right) => !granted.includes(right)),
        [],
      );
      // What comes along: verbs that stand in one rule for two resources.
      const spare = ['get replicasets', 'watch replicasets', 'watch pods'];
      assert.deepEqual(
        granted.filter((right) => !needed.includes(right) && !spare.includes(right)),
        [],
      );
    });
  },
};
