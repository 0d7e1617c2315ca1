/** Each command of the guide → the step that runs it or compares it, or the reason why only a real account can. */
import type { Command } from './guide.ts';

export interface Proof {
  /** Step under test/deploy, or a test of `npm test`; undefined where nothing here can show it. */
  readonly by?: string;
  readonly how: string;
}

const IN_CLUSTER = 'kube/20-guide.ts';
const NAMES = 'steps/40-guide.ts';

/** The first that fits counts. */
const PROOFS: readonly (readonly [RegExp, Proof])[] = [
  [
    /^kubectl exec .*--doctor/,
    { by: 'steps/11-container.ts', how: 'the same command by `podman exec`; there is no kubelet' },
  ],
  [/^kubectl exec/, { by: 'steps/11-container.ts', how: 'the image has `sh`; there is no kubelet' }],
  [
    /^kubectl logs/,
    { by: 'steps/13-container-auth.ts', how: 'the log of the container, with the same grep; there is no kubelet' },
  ],
  [/^kubectl port-forward/, { by: 'steps/11-container.ts', how: 'a published port; there is no kubelet' }],
  [/^kubectl top/, { how: 'needs metrics-server and nodes' }],
  [/^kubectl/, { by: IN_CLUSTER, how: 'run against a real API server' }],
  [/^helm/, { by: 'kube/30-helm.ts', how: 'run against a real API server' }],
  [/^gh workflow run ci-cloudwatch/, { by: 'steps/53-build-workflow.ts', how: 'its run-blocks, against stand-ins' }],
  [/^gh workflow run deploy-cloudwatch/, { by: 'kube/10-kubectl.ts', how: 'its run-blocks, with a real API server' }],
  [/^gh/, { how: 'shows the version of a tool' }],
  [/^(aws|docker) --version|^kubectl version/, { how: 'shows the version of a tool' }],
  [/^docker buildx build/, { by: 'steps/10-image.ts', how: 'the same build, by buildah' }],
  [/^docker run/, { by: 'steps/11-container.ts', how: 'the same options, by podman' }],
  [/^docker login/, { how: 'needs the registry of the account' }],
  [/^scripts\/deploy\/create-/, { by: 'steps/55-scripts.ts', how: 'run against a stand-in of `aws`' }],
  [/^aws ecr create-repository/, { by: 'steps/57-guide-text.ts', how: 'the call of the script, word for word' }],
  [/^aws secretsmanager create-secret/, { by: NAMES, how: 'name and keys are those that the ExternalSecret reads' }],
  [/^aws iam put-role-policy/, { by: 'steps/50-iam.ts', how: 'the document is compared with the calls in the source' }],
  [/^(aws|eksctl)/, { by: NAMES, how: 'names are compared; running it needs an account' }],
  [/^node scripts\/deploy\/smoke/, { by: 'steps/61-smoke.ts', how: 'run against the container' }],
  [/^curl .*\/mcp\/tools\/call/, { by: 'test/clients/guide-curl.test.ts', how: 'run against the server' }],
  [/^curl/, { by: 'steps/11-container.ts', how: 'the same request' }],
  [/^(cd|cat|grep|jq|base64|export|TOKEN=)/, { by: NAMES, how: 'part of the command before or after it' }],
];

export function findProof({ words }: Command): Proof | undefined {
  const text = words.join(' ').replaceAll(/\s+/g, ' ');
  return PROOFS.find(([pattern]) => pattern.test(text))?.[1];
}

/** Whether the command is one that kube/20-guide.ts must have run. */
export function isForCluster(command: Command): boolean {
  return findProof(command)?.by === IN_CLUSTER;
}
