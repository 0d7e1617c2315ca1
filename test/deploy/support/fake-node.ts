/**
 * Plays what a control plane alone lacks: scheduler and kubelet (pods are bound and become ready, or end well if they are not
 * restarted; deleted ones go away) and the External Secrets Operator (makes the secret, answers each force-sync with a
 * new refreshTime).
 */
import type { KubeApi, KubeObject } from './kube-api.ts';

const INTERVAL_MS = 250;
/** What the store of the namespace holds. */
const SECRET = {
  AWS_IDENTITY_CENTER_ISSUER: 'https://issuer.example.com',
  AWS_IDENTITY_CENTER_CLIENT_ID: 'cloudwatch-mcp',
  AWS_CLOUDWATCH_ROLE_ARN: 'arn:aws:iam::111122223333:role/CloudWatchMCPRole',
};
const CONDITIONS = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'];

export interface FakeNode {
  /** While false a force-sync stays unanswered, as with an operator that is down. */
  isOperatorUp: boolean;
  stop(): Promise<void>;
}

export function startFakeNode(api: KubeApi, namespaces: readonly string[]): FakeNode {
  const end = new AbortController();
  const synced = new Map<string, string>();
  const node: FakeNode = {
    isOperatorUp: true,
    async stop() {
      end.abort();
      await loop;
    },
  };

  async function turn(): Promise<void> {
    for (const namespace of namespaces) {
      const pods = await api.get(`/api/v1/namespaces/${namespace}/pods`);
      // Objects change and go away under its hands; the next turn sees the new state.
      await Promise.allSettled((pods.items as KubeObject[]).map((pod) => attend(api, pod)));
      if (node.isOperatorUp) await sync(api, namespace, synced);
    }
  }

  async function run(): Promise<void> {
    while (!end.signal.aborted) {
      try {
        await turn();
      } catch {
        // The same holds for lists and secrets.
      }
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    }
  }

  const loop = run();
  return node;
}

async function attend(api: KubeApi, pod: KubeObject): Promise<void> {
  const { name, namespace, deletionTimestamp, uid } = pod.metadata;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  if (deletionTimestamp !== undefined) {
    await api.delete(path, { gracePeriodSeconds: 0, preconditions: { uid } });
    return;
  }
  if (pod.spec.nodeName === undefined) {
    const target = { apiVersion: 'v1', kind: 'Node', name: 'node-1' };
    await api.post(`${path}/binding`, { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target });
  }
  const [container] = pod.spec.containers;
  const isReady = pod.status?.conditions?.some(({ type, status }: KubeObject) => type === 'Ready' && status === 'True');
  if (isReady || pod.status?.phase === 'Succeeded') return;
  // A pod that is not restarted has work to do and ends.
  const status = pod.spec.restartPolicy === 'Never' ? { phase: 'Succeeded' } : describeRunning(container);
  await api.patch(`${path}/status`, { status });
}

let lastAddress = 1;

function describeRunning({ name, image }: KubeObject): object {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  lastAddress += 1;
  const podIP = `10.1.${Math.floor(lastAddress / 250)}.${(lastAddress % 250) + 1}`;
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: CONDITIONS.map((type) => ({ type, status: 'True', lastTransitionTime: now })),
    containerStatuses: [
      {
        name,
        image,
        imageID: image,
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: now } },
      },
    ],
  };
}

/** A second is the resolution of refreshTime. */
async function sync(api: KubeApi, namespace: string, synced: Map<string, string>): Promise<void> {
  const group = `/apis/external-secrets.io/v1/namespaces/${namespace}/externalsecrets`;
  for (const item of (await api.get(group)).items as KubeObject[]) {
    const { name, uid, annotations = {} } = item.metadata;
    const wanted = `${uid} ${annotations['force-sync'] ?? ''}`;
    if (synced.get(`${namespace}/${name}`) === wanted) continue;
    const refreshTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    await writeSecret(api, namespace, item.spec.target.name);
    const condition = { type: 'Ready', status: 'True', reason: 'SecretSynced', lastTransitionTime: refreshTime };
    await api.patch(`${group}/${name}/status`, { status: { refreshTime, conditions: [condition] } });
    synced.set(`${namespace}/${name}`, wanted);
  }
}

async function writeSecret(api: KubeApi, namespace: string, name: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/secrets`;
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: SECRET };
  try {
    await api.post(path, secret);
  } catch {
    await api.patch(`${path}/${name}`, { stringData: SECRET });
  }
}
