/** A walk through the guides: what their commands name must exist in what is rendered. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runCommand } from '../support/command.ts';
import { type Command, readBlocks, readCommands } from '../support/guide.ts';
import { checkKubectl, checkSecretCommand, checkUrls, type World } from '../support/guide-rules.ts';
import { find, parseManifests } from '../support/manifests.ts';
import type { Step } from '../support/step.ts';

const GUIDES = ['docs/DEPLOYMENT_EKS.md', 'k8s/jarvis-demo/README.md', 'docs/irsa.md', 'helm-chart/README.md'];
const SHELL = ['bash', 'sh', 'shell', 'console'];
const MIN_COMMANDS = 60;

/** The word after a flag. */
function flagValue(words: readonly string[], flag: string): string | undefined {
  const at = words.indexOf(flag);
  return at === -1 ? undefined : words[at + 1];
}

/** Values of every occurrence of a flag. */
function flagValues(words: readonly string[], flag: string): string[] {
  return words.flatMap((word, index) => (word === flag ? [words[index + 1] ?? ''] : []));
}

function checkAws(words: readonly string[], world: World): void {
  if (words[1] === 'secretsmanager' && words[2] === 'create-secret') checkSecretCommand(words, world);
  const [container] = find(world.manifests, 'Deployment', 'cloudwatch-mcp').spec.template.spec.containers;
  const repository = flagValue(words, '--repository-name') ?? flagValue(words, '--repository-names');
  if (repository !== undefined) assert(container.image.includes(`/${repository}:`), `repository ${repository}`);
}

function checkEksctl(words: readonly string[], { manifests }: World): void {
  const name = flagValue(words, '--name');
  if (words.includes('iamserviceaccount') && name !== undefined) find(manifests, 'ServiceAccount', name);
}

function checkHelm(words: readonly string[], { root }: World): void {
  const files = [
    ...flagValues(words, '--values'),
    ...flagValues(words, '-f'),
    ...words.filter((word) => word.startsWith('./')),
  ];
  for (const file of files) assert(existsSync(join(root, file)), `${file} does not exist`);
}

async function checkGh(words: readonly string[], { root }: World): Promise<void> {
  const file = words.find((word) => word.endsWith('.yml'));
  if (file === undefined) return;
  const workflow = parse(await readFile(join(root, '.github/workflows', file), 'utf8')) as {
    readonly on: { readonly workflow_dispatch?: { readonly inputs?: Readonly<Record<string, unknown>> } };
  };
  const inputs = Object.keys(workflow.on.workflow_dispatch?.inputs ?? {});
  for (const pair of flagValues(words, '-f'))
    assert(inputs.includes(pair.split('=')[0] ?? ''), `${file}: input ${pair}`);
}

/** Scripts of the repository that a command runs. */
function checkScript([program = '', first = '']: readonly string[], { root }: World): void {
  const script = [program, first].find((word) => /^(\.\/)?scripts\//.test(word));
  if (script !== undefined) assert(existsSync(join(root, script)), `${script} does not exist`);
}

/** @returns the folder after the command */
async function checkCommand({ words }: Command, folder: string, world: World): Promise<string> {
  const [program] = words;
  if (program === 'cd') return words[1] ?? '';
  if (program === 'kubectl') checkKubectl(words, folder, world);
  if (program === 'aws') checkAws(words, world);
  if (program === 'eksctl') checkEksctl(words, world);
  if (program === 'helm') checkHelm(words, world);
  if (program === 'gh') await checkGh(words, world);
  checkScript(words, world);
  return folder;
}

async function findFaults(markdown: string, world: World): Promise<{ count: number; faults: string[] }> {
  const faults: string[] = [];
  let count = 0;
  for (const block of readBlocks(markdown, SHELL)) {
    let folder = '';
    for (const command of readCommands(block)) {
      count += 1;
      try {
        folder = await checkCommand(command, folder, world);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        faults.push(`line ${command.line}: ${command.words.join(' ').slice(0, 120)}: ${reason}`);
      }
    }
  }
  try {
    checkUrls(markdown, world);
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
  return { count, faults };
}

/** Each must be found; the walk is worth nothing if it overlooks them. */
const SPOILT: readonly string[] = [
  'kubectl get deploy cloudwatch_mcp -n jarvis-demo',
  'kubectl get pods -n jarvis-prod -l app=cloudwatch-mcp',
  'kubectl logs -n jarvis-demo -l app=cloudwatch',
  'kubectl port-forward -n jarvis-demo svc/cloudwatch-mcp 3334:8080',
  'kubectl set image deploy/cloudwatch-mcp server=897729109735.dkr.ecr.us-east-1.amazonaws.com/jarvis/cloudwatch_mcp_server:1 -n jarvis-demo',
  'kubectl set env deploy/cloudwatch-mcp FASTMCP_LEVEL=DEBUG -n jarvis-demo',
  "kubectl get secret cloudwatch-mcp-secrets -n jarvis-demo -o jsonpath='{.data.AWS_ROLE}'",
  'kubectl apply -f k8s/jarvis-demo/deploy.yaml',
  'kubectl get externalsecret other-secrets -n jarvis-demo',
  'curl http://localhost:3334/healthz',
  'curl http://cloudwatch-mcp.jarvis-demo.svc.cluster.local:3335/health',
  'gh workflow run deploy-cloudwatch.yml -f environment=prod',
  'helm upgrade --install cloudwatch-mcp ./chart --namespace jarvis-demo',
  'aws ecr describe-images --repository-name jarvis/other',
  'eksctl create iamserviceaccount --cluster c --name other-sa',
];

export const step: Step = {
  title: 'the guides name what exists',
  needs: [],
  async run({ root, check }) {
    const text = await readFile(join(root, 'k8s/jarvis-demo/first-deployment.yaml'), 'utf8');
    const world: World = { root, manifests: parseManifests(text) };
    for (const path of GUIDES) {
      await check(path, async () => {
        const { count, faults } = await findFaults(await readFile(join(root, path), 'utf8'), world);
        console.log(`       ${count} commands`);
        assert.deepEqual(faults, []);
        assert(count > 0);
        if (path === GUIDES[0]) assert(count >= MIN_COMMANDS, `only ${count} commands of the guide were read`);
      });
    }
    await check('docs/scaling.md holds what the simulation gives', () =>
      runCommand(process.execPath, ['scripts/bench/scaling/simulate-scaling.ts', '--check'], { cwd: root }),
    );
    for (const command of SPOILT) {
      await check(`the walk stumbles over: ${command.slice(0, 80)}`, async () => {
        const { faults } = await findFaults(`\`\`\`bash\n${command}\n\`\`\`\n`, world);
        assert.equal(faults.length, 1);
      });
    }
  },
};
