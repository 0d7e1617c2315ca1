/**
 * `npm run test:kube`: the manifests, the chart, the workflow and the guide against a real Kubernetes control plane on
 * loopback (etcd, kube-apiserver, kube-controller-manager). Builds the control plane once, into the user's cache folder.
 * Arguments choose steps by a part of their file name.
 */
import './assert-node.mjs';
import { join } from 'node:path';
import { createChecks } from '../test/deploy/support/checks.ts';
import { installEquipment } from '../test/deploy/support/equipment.ts';
import { runSteps } from '../test/deploy/support/run-steps.ts';
import { addToolsToPath, provideTools } from '../test/deploy/support/tools.ts';

const root = join(import.meta.dirname, '..');
const equipment = join(root, 'test', 'deploy');
const { check, close } = createChecks();

addToolsToPath();
if (await check('equipment installed (npm ci in test/deploy)', () => installEquipment(equipment))) {
  const folder = join(equipment, 'kube');
  await runSteps({ root, folder, wanted: process.argv.slice(2), provide: provideTools, check });
}
close();
