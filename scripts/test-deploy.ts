/**
 * `npm run test:deploy`: proves the deployment files on this machine, without a cloud: image, manifests, chart, workflows.
 * Installs its equipment (test/deploy/package.json, Debian packages, Go programs) where it is missing. Arguments choose
 * steps by a part of their file name.
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
  const folder = join(equipment, 'steps');
  await runSteps({ root, folder, wanted: process.argv.slice(2), provide: provideTools, check });
}
close();
