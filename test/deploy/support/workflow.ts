/** Executes the run-blocks of a GitHub workflow as the runner would, one after another, in a folder and with a PATH of one's own. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { tryCommand } from './command.ts';
import { evaluateCondition, resolveExpressions } from './workflow-expressions.ts';

export interface WorkflowStep {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

export interface Workflow {
  readonly name: string;
  readonly permissions?: unknown;
  readonly on: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly permissions?: unknown; readonly steps: readonly WorkflowStep[] }>>;
}

export interface WorkflowRun {
  readonly isSuccess: boolean;
  /** Names of the steps that were executed. */
  readonly executed: readonly string[];
  readonly output: string;
  readonly summary: string;
}

export interface RunOptions {
  readonly folder: string;
  readonly path: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** What every runner sets. */
const RUNNER = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'example/cloudwatch-mcp',
  GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
};

export async function readWorkflow(path: string): Promise<Workflow> {
  return parse(await readFile(path, 'utf8')) as Workflow;
}

/** Steps that use an action count as done. */
export async function runJob(workflow: Workflow, job: string, options: RunOptions): Promise<WorkflowRun> {
  const { folder, path, inputs } = options;
  await mkdir(folder, { recursive: true });
  const files = { GITHUB_OUTPUT: join(folder, 'output.txt'), GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
  await writeFile(files.GITHUB_STEP_SUMMARY, '');
  const context: Record<string, string> = {};
  for (const [name, value] of Object.entries(inputs)) context[`inputs.${name}`] = value;
  const workflowEnv = resolveAll(workflow.env ?? {}, context);
  const executed: string[] = [];
  let output = '';
  let hasFailed = false;
  for (const step of workflow.jobs[job]?.steps ?? []) {
    context['job.status'] = hasFailed ? 'failure' : 'success';
    if (step.run === undefined || !evaluateCondition(step.if, hasFailed, context)) continue;
    executed.push(step.name ?? step.run);
    await writeFile(files.GITHUB_OUTPUT, '');
    const script = join(folder, 'step.sh');
    await writeFile(script, step.run);
    const env = { ...RUNNER, ...files, ...workflowEnv, ...resolveAll(step.env ?? {}, context), PATH: path };
    const result = await tryCommand('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], { cwd: folder, env });
    output += result.stdout + result.stderr;
    hasFailed ||= result.code !== 0;
    if (step.id === undefined) continue;
    for (const line of (await readFile(files.GITHUB_OUTPUT, 'utf8')).split('\n')) {
      const [name, ...value] = line.split('=');
      if (name !== undefined && name !== '') context[`steps.${step.id}.outputs.${name}`] = value.join('=');
    }
  }
  return { isSuccess: !hasFailed, executed, output, summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8') };
}

function resolveAll(env: Readonly<Record<string, string>>, context: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, resolveExpressions(value, context)]));
}
