/**
 * `npm run test:contract`: the program and its embedded CloudWatch against what others wrote: AWS's SDKs in other languages and
 * versions, another server, other emulators. Installs its equipment where it is missing. Arguments choose steps by a part of
 * their file name. How to add a step: test/contract/README.md.
 */
import './assert-node.mjs';
import { join } from 'node:path';
import { provideEquipment } from '../test/contract/support/equipment.ts';
import { createChecks } from '../test/deploy/support/checks.ts';
import { installEquipment } from '../test/deploy/support/equipment.ts';
import { runSteps } from '../test/deploy/support/run-steps.ts';
import { addToolsToPath } from '../test/deploy/support/tools.ts';

const root = join(import.meta.dirname, '..');
const equipment = join(root, 'test', 'contract');
const { check, close } = createChecks();

addToolsToPath();
if (await check('equipment installed (npm ci in test/contract)', () => installEquipment(equipment))) {
  const folder = join(equipment, 'steps');
  await runSteps({ root, folder, wanted: process.argv.slice(2), provide: provideEquipment, check });
}
close();
