/**
 * The options that decide how a pod reaches AWS, switched on and asked whether they work: an authority of one's own, a
 * forward proxy, credentials by Pod Identity and by IRSA. The Deployment comes from the API server, the program is the real
 * bundle, and behind names, tunnels and TLS stands the embedded CloudWatch. A kubelet, which would start the pod, there is not.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AMBIENT_CREDENTIALS } from '../../../local/scenario.ts';
import { type ConnectProxy, startConnectProxy } from '../../support/connect-proxy.ts';
import { AUTHORITY_FILE, startTlsFront } from '../../support/tls-front.ts';
import { buildBundleOfPod, type PodBundle } from '../support/bundle-of-pod.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { runCommand } from '../support/command.ts';
import { startLocalAws } from '../support/local-aws.ts';
import { isAllowed } from '../support/network-flow.ts';
import type { Step, StepContext } from '../support/step.ts';

const NAMESPACE = 'jarvis-demo';
const NAMES = ['sts', 'monitoring', 'logs'].map((service) => `${service}.us-east-1.amazonaws.com:443`);
const AMBIENT = 'env.ENABLE_AUTH=false,env.AWS_CREDENTIAL_MODE=ambient';
const CA = 'extraCa.configMapName=cloudwatch-mcp-ca';
const KEYS = {
  AWS_ACCESS_KEY_ID: AMBIENT_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: AMBIENT_CREDENTIALS.secretAccessKey,
};
const TAKEN = /ok {6} AWS takes this process for arn:aws:sts::/;

interface Scene {
  readonly cluster: Cluster;
  readonly pod: PodBundle;
  readonly proxy: ConnectProxy;
  /** URL of AWS under TLS, by an authority that nobody trusts yet. */
  readonly endpoint: string;
  readonly roleArn: string;
  readonly token: string;
  /** Installs the chart with these values, and no others of before. */
  readonly upgrade: (values: readonly string[]) => Promise<void>;
}

async function startScene(context: StepContext): Promise<Scene> {
  const { root, onCleanup } = context;
  const cluster = await startCluster(context);
  const { local } = await startLocalAws(context);
  const front = await startTlsFront(Number(new URL(local.endpoint).port));
  onCleanup(() => front.close());
  const proxy = await startConnectProxy({
    credentials: 'jarvis:pa/ss',
    routes: Object.fromEntries(NAMES.map((name) => [name, front.port])),
  });
  onCleanup(() => proxy.close());
  // As the component has it in its comment.
  const fromFile = `--from-file=ca.crt=${AUTHORITY_FILE}`;
  await cluster.kubectl(['create', 'configmap', 'cloudwatch-mcp-ca', fromFile, '-n', NAMESPACE]);
  const url = `--from-literal=HTTPS_PROXY=http://jarvis:pa%2Fss@127.0.0.1:${proxy.port}`;
  await cluster.kubectl(['create', 'secret', 'generic', 'proxy', url, '-n', NAMESPACE]);
  return {
    cluster,
    proxy,
    pod: await buildBundleOfPod(context, cluster.api, NAMESPACE),
    endpoint: `https://localhost:${front.port}`,
    roleArn: local.roleArns.prod,
    token: await local.issuer.mint('olivia'),
    async upgrade(values) {
      const args = ['upgrade', '--install', 'cloudwatch-mcp', './helm-chart', '--namespace', NAMESPACE];
      const set = values.flatMap((pair) => ['--set', pair]);
      const all = [...args, '--reset-values', '--values', `k8s/${NAMESPACE}/values.yaml`, ...set];
      await runCommand('helm', all, { cwd: root, env: { KUBECONFIG: cluster.kubeconfig('admin') } });
    },
  };
}

async function checkAuthority({ check }: StepContext, { pod, endpoint, upgrade }: Scene): Promise<void> {
  const more = { ...KEYS, AWS_ENDPOINT_URL: endpoint };
  await check('without an authority of our own the doctor says certificate, and names the option', async () => {
    await upgrade([AMBIENT]);
    const { code, stdout } = await pod.examine(more);
    assert.equal(code, 3, stdout);
    assert.match(stdout, /FAILED {3}localhost:\d+ shows a certificate that is not trusted here/);
    assert.match(stdout, /NODE_EXTRA_CA_CERTS \(component extra-ca\)/);
  });
  await check('with extraCa the same endpoint is trusted, and AWS is asked', async () => {
    await upgrade([AMBIENT, CA]);
    const { code, stdout } = await pod.examine(more);
    assert.equal(code, 0, stdout);
    assert.match(stdout, TAKEN);
  });
}

async function checkProxy({ check }: StepContext, { cluster, pod, proxy, upgrade }: Scene): Promise<void> {
  const url = `proxy.url=http://127.0.0.1:${proxy.port}`;
  await check('a proxy that asks for a password: the doctor names it and says so', async () => {
    await upgrade([AMBIENT, CA, url]);
    const { code, stdout } = await pod.examine(KEYS);
    assert.equal(code, 3, stdout);
    assert.match(stdout, /is not reached: the proxy http:\/\/127\.0\.0\.1:\d+ asks for a user and password/);
  });
  await check('with proxy.secretName everything goes through it, and its password is nowhere', async () => {
    await upgrade([AMBIENT, CA, url, 'proxy.secretName=proxy']);
    proxy.asked.length = 0;
    const { code, stdout, stderr } = await pod.examine(KEYS);
    assert.equal(code, 0, stdout);
    assert.match(stdout, TAKEN);
    assert.deepEqual(new Set(proxy.asked), new Set(NAMES.map((name) => `CONNECT ${name}`)));
    assert.doesNotMatch(stdout + stderr, /pa(%2F|\/)ss/);
  });
  await check('the NetworkPolicy in the cluster lets the pods to the port of the proxy', async () => {
    const path = `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/networkpolicies/cloudwatch-mcp`;
    const toProxy = { direction: 'egress', peer: { ip: '10.9.9.9' }, port: proxy.port } as const;
    assert(isAllowed(await cluster.api.get(path), toProxy));
    await upgrade([AMBIENT, CA]);
    assert(!isAllowed(await cluster.api.get(path), toProxy));
  });
}

async function checkIdentities(context: StepContext, scene: Scene): Promise<void> {
  const { check, workDir, onCleanup } = context;
  const { cluster, pod, proxy, endpoint, roleArn, token, upgrade } = scene;
  const tokenFile = join(workDir, 'token');
  await check('Pod Identity: the agent is asked with the token of its file, past the proxy', async () => {
    await upgrade([AMBIENT, CA, `proxy.url=http://127.0.0.1:${proxy.port}`, 'proxy.secretName=proxy']);
    await writeFile(tokenFile, 'of-the-pod');
    const asked: unknown[] = [];
    const agent = createServer(({ url, headers }, response) => {
      asked.push([url, headers.authorization]);
      const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = AMBIENT_CREDENTIALS;
      response.end(JSON.stringify({ AccessKeyId, SecretAccessKey, Token: '', Expiration: '2999-01-01T00:00:00Z' }));
    });
    await new Promise<void>((resolve) => agent.listen(0, '127.0.0.1', resolve));
    onCleanup(() => agent.close());
    proxy.asked.length = 0;
    // What the webhook of EKS writes into the pod; its address, 169.254.170.23, is that of the node.
    const { code, stdout } = await pod.examine({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(agent.address() as AddressInfo).port}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
    });
    assert.equal(code, 0, stdout);
    assert.match(stdout, /come from EKS Pod Identity/);
    assert.match(stdout, TAKEN);
    assert.deepEqual(asked, [['/v1/credentials', 'of-the-pod']]);
    assert.deepEqual(
      proxy.asked.filter((line) => !line.startsWith('CONNECT ')),
      [],
    );
  });
  await check(
    'IRSA: the role of the service account in the cluster is assumed with the token of its file',
    async () => {
      await upgrade([AMBIENT, CA, `serviceAccount.roleArn=${roleArn}`]);
      const account = await cluster.api.get(`/api/v1/namespaces/${NAMESPACE}/serviceaccounts/cloudwatch-mcp-sa`);
      await writeFile(tokenFile, token);
      const { code, stdout } = await pod.examine({
        AWS_ENDPOINT_URL: endpoint,
        AWS_ROLE_ARN: account.metadata.annotations['eks.amazonaws.com/role-arn'],
        AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
      });
      assert.equal(code, 0, stdout);
      assert.match(stdout, /AWS takes this process for arn:aws:sts::\d{12}:assumed-role\/CloudWatchMCPRole\//);
    },
  );
}

export const step: Step = {
  title: 'authority, proxy and credentials of the pod',
  needs: ['go', 'etcd', 'openssl', 'helm'],
  async run(context) {
    const scene = await startScene(context);
    await checkAuthority(context, scene);
    await checkProxy(context, scene);
    await checkIdentities(context, scene);
  },
};
