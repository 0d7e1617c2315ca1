/** Runs the deploy workflow against a control plane: kubectl is real, everything that needs AWS or a pod is a stand-in. */
import { join } from 'node:path';
import { runCommand } from './command.ts';
import type { ControlPlane, KubeUser } from './control-plane.ts';
import type { StepContext } from './step.ts';
import { createStubs, type StubAnswer } from './stub-programs.ts';
import { readWorkflow, runJob, type WorkflowRun } from './workflow.ts';

export const REPOSITORY = '897729109735.dkr.ecr.us-east-1.amazonaws.com/jarvis/cloudwatch_mcp_server';

export interface DeployOptions {
  readonly namespace?: string;
  /** Of the image behind the version. */
  readonly digest: string;
  readonly user?: KubeUser;
  readonly answers?: readonly StubAnswer[];
}

let count = 0;

export async function runDeployWorkflow(
  { root, workDir }: StepContext,
  plane: ControlPlane,
  { namespace = 'jarvis-demo', digest, user = 'deployer', answers = [] }: DeployOptions,
): Promise<WorkflowRun> {
  count += 1;
  const folder = join(workDir, `workflow-${count}`);
  const kubectl = (await runCommand('sh', ['-c', 'command -v kubectl'])).trim();
  const stubs = await createStubs(
    folder,
    ['aws', 'kubectl', 'docker', 'cosign', 'curl', 'node', 'sleep'],
    [
      ...answers,
      { on: 'ecr describe-images', run: `echo ${digest}` },
      { on: 'get-login-password', run: 'echo registry-password' },
      { on: '^sleep', run: '/bin/sleep "$@"' },
      // There is no kubelet to forward to.
      { on: '^kubectl port-forward', run: 'sleep 1' },
      { on: '^kubectl ', run: `KUBECONFIG='${plane.kubeconfig(user)}' '${kubectl}' "$@"` },
    ],
  );
  const workflow = await readWorkflow(join(root, '.github/workflows/deploy-cloudwatch.yml'));
  const inputs = { region: 'us-east-1', application: namespace, version: 'latest' };
  return runJob(workflow, 'deploy', { folder, path: stubs.path, inputs });
}
