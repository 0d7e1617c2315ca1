/**
 * k8s/overlays/<namespace> → k8s/<namespace>/deployment.yaml, the one file that `kubectl apply -f` takes.
 * With `--check` compares them instead and names those that are out of date.
 */
import '../assert-node.mjs';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addToolsToPath, buildKustomization } from '../../test/deploy/support/tools.ts';

const K8S = join(import.meta.dirname, '..', '..', 'k8s');
const HEAD =
  '# Generated from k8s/base and the overlay of this namespace: node scripts/deploy/render-k8s.ts. Do not edit by hand.\n';

addToolsToPath();
const isCheck = process.argv.includes('--check');
let staleCount = 0;
for (const namespace of readdirSync(join(K8S, 'overlays'))) {
  const path = join(K8S, namespace, 'deployment.yaml');
  const text = HEAD + (await buildKustomization(join(K8S, 'overlays', namespace)));
  const isFresh = existsSync(path) && readFileSync(path, 'utf8') === text;
  if (isFresh) continue;
  if (isCheck) {
    staleCount += 1;
    console.error(`k8s/${namespace}/deployment.yaml is out of date → node scripts/deploy/render-k8s.ts`);
  } else {
    writeFileSync(path, text);
    console.log(`wrote k8s/${namespace}/deployment.yaml`);
  }
}
process.exitCode = staleCount === 0 ? 0 : 1;
