/** The NetworkPolicy of each option, asked about the flows that it must allow and those that it must refuse. */
import assert from 'node:assert/strict';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../support/command.ts';
import { find, type Manifest, parseManifests } from '../support/manifests.ts';
import { type Flow, isAllowed } from '../support/network-flow.ts';
import type { Step, StepContext } from '../support/step.ts';
import { buildKustomization } from '../support/tools.ts';

const from = (peer: Flow['peer'], port = 3334): Flow => ({ direction: 'ingress', peer, port });
const to = (peer: Flow['peer'], port: number, protocol: 'TCP' | 'UDP' = 'TCP'): Flow => ({
  direction: 'egress',
  peer,
  port,
  protocol,
});

const LIBRECHAT = from({ namespace: 'jarvis-demo', labels: { app: 'librechat' } });
const AWS = to({ ip: '52.94.133.131' }, 443);
const ALWAYS: readonly Flow[] = [
  LIBRECHAT,
  AWS,
  to({ ip: '10.0.3.7' }, 443),
  to({ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, 53, 'UDP'),
  to({ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, 53),
  to({ ip: '169.254.20.10' }, 53, 'UDP'),
  to({ ip: '169.254.170.23' }, 80),
  to({ ip: 'fd00:ec2::23' }, 80),
];
const NEVER: readonly Flow[] = [
  from({ namespace: 'other', labels: { app: 'librechat' } }),
  from({ namespace: 'jarvis-demo' }, 22),
  from({ ip: '203.0.113.9' }),
  to({ ip: '169.254.169.254' }, 80),
  to({ ip: 'fd00:ec2::254' }, 80),
  to({ ip: '52.94.133.131' }, 80),
  to({ namespace: 'default' }, 5432),
];
const CONTROLLER = from({ namespace: 'ingress-nginx', labels: { app: 'ingress-nginx' } });
const SCRAPER = from({ namespace: 'monitoring', labels: { app: 'prometheus' } });
const BALANCER = from({ ip: '10.0.17.5' });
const ISSUER = to({ namespace: 'keycloak' }, 8443);
const PROXY = to({ ip: '10.9.9.9' }, 3128);
const OPTIONAL = [CONTROLLER, SCRAPER, BALANCER, ISSUER, PROXY];

interface Option {
  readonly name: string;
  /** Kustomize component; undefined where only the chart has the option. */
  readonly component?: string;
  readonly set: readonly string[];
  /** What it adds to the flows that are always allowed. */
  readonly opens: readonly Flow[];
}

const OPTIONS: readonly Option[] = [
  { name: 'none', set: [], opens: [] },
  { name: 'ingress', component: 'ingress', set: ['ingress.enabled=true'], opens: [CONTROLLER] },
  {
    name: 'ingress by an ALB',
    component: 'ingress-alb',
    set: [
      'ingress.enabled=true,ingress.className=alb,ingress.tlsSecretName=',
      'ingress.from[0].ipBlock.cidr=10.0.0.0/20,ingress.from[1].ipBlock.cidr=10.0.16.0/20',
    ],
    opens: [BALANCER],
  },
  { name: 'service monitor', component: 'service-monitor', set: ['serviceMonitor.enabled=true'], opens: [SCRAPER] },
  {
    name: 'issuer in the cluster',
    component: 'in-cluster-issuer',
    set: [
      'networkPolicy.extraEgress[0].to[0].namespaceSelector.matchLabels.kubernetes\\.io/metadata\\.name=keycloak',
      'networkPolicy.extraEgress[0].ports[0].port=8443,networkPolicy.extraEgress[0].ports[0].protocol=TCP',
    ],
    opens: [ISSUER],
  },
  { name: 'proxy', component: 'proxy', set: ['proxy.url=http://10.9.9.9:3128'], opens: [PROXY] },
];

function assertFlows(policy: Manifest, opens: readonly Flow[]): void {
  const allowed = [...ALWAYS, ...opens];
  const refused = [...NEVER, ...OPTIONAL.filter((flow) => !opens.includes(flow))];
  assert.deepEqual(policy.spec.policyTypes, ['Ingress', 'Egress']);
  assert.deepEqual(
    allowed.filter((flow) => !isAllowed(policy, flow)),
    [],
    'must be allowed',
  );
  assert.deepEqual(
    refused.filter((flow) => isAllowed(policy, flow)),
    [],
    'must be refused',
  );
}

async function renderComponent({ root, workDir }: StepContext, component: string | undefined): Promise<Manifest> {
  const folder = join(workDir, 'k8s/overlays', `with-${component}`);
  await cp(join(root, 'k8s'), join(workDir, 'k8s'), { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const components = component === undefined ? '' : `components:\n  - ../../components/${component}\n`;
  await writeFile(join(folder, 'kustomization.yaml'), `resources:\n  - ../jarvis-demo\n${components}`);
  return find(parseManifests(await buildKustomization(folder)), 'NetworkPolicy', 'cloudwatch-mcp');
}

export const step: Step = {
  title: 'network policy',
  needs: ['helm', 'kustomize'],
  async run(context) {
    const { check, root } = context;
    for (const { name, component, set, opens } of OPTIONS) {
      await check(`chart, ${name}: ${ALWAYS.length + opens.length} flows allowed, the others refused`, async () => {
        const values = set.flatMap((pair) => ['--set', pair]);
        const args = [
          'template',
          'cloudwatch-mcp',
          './helm-chart',
          '--namespace',
          'jarvis-demo',
          '--kube-version',
          '1.34.0',
        ];
        const text = await runCommand('helm', [...args, ...values], { cwd: root });
        assertFlows(find(parseManifests(text), 'NetworkPolicy', 'cloudwatch-mcp'), opens);
      });
      if (component === undefined && name !== 'none') continue;
      await check(`component, ${name}: the same flows`, async () => {
        assertFlows(await renderComponent(context, component), opens);
      });
    }
    await check('the evaluation itself sees a policy that allows too much or too little', async () => {
      const policy = await renderComponent(context, undefined);
      const open = structuredClone(policy);
      open.spec.ingress.push({});
      assert.throws(() => assertFlows(open, []), /must be refused/);
      const shut = structuredClone(policy);
      shut.spec.egress.pop();
      assert.throws(() => assertFlows(shut, []), /must be allowed/);
    });
  },
};
