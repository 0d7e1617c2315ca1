/** A control plane with what the guide expects to be there before: namespaces under Pod Security `restricted`, a SecretStore, a node. */
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { type FakeNode, startFakeNode } from './fake-node.ts';
import type { StepContext } from './step.ts';

export const NAMESPACES = ['jarvis-demo', 'jarvis'] as const;

export interface Cluster extends ControlPlane {
  readonly node: FakeNode;
}

export async function startCluster(context: StepContext): Promise<Cluster> {
  const plane = await startControlPlane(context);
  await plane.kubectl(['apply', '-f', '-'], { input: JSON.stringify(listSurroundings()) });
  const node = startFakeNode(plane.api, NAMESPACES);
  context.onCleanup(() => node.stop());
  return { ...plane, node };
}

function listSurroundings(): object {
  const labels = {
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/enforce-version': 'latest',
  };
  const namespaces = NAMESPACES.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }));
  const stores = NAMESPACES.map((namespace) => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: { name: 'jarvis-env', namespace },
    spec: { provider: { aws: { service: 'SecretsManager', region: 'us-east-1' } } },
  }));
  const others = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'external-secrets-system' } },
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } },
  ];
  return { apiVersion: 'v1', kind: 'List', items: [...namespaces, ...others, ...stores] };
}

/** Image of the container, as the Deployment names it. */
export async function readImage(plane: ControlPlane, namespace: string): Promise<string> {
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/cloudwatch-mcp`;
  return (await plane.api.get(path)).spec.template.spec.containers[0].image as string;
}
