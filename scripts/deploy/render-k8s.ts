/**
 * k8s/overlays/<namespace> → two files that kubectl takes: k8s/<namespace>/deployment.yaml, applied after each change and
 * without an image, since the deploy workflow owns that field; and first-deployment.yaml, the same with an image to begin
 * with. With `--check` compares them instead and names those that are out of date.
 */
import '../assert-node.mjs';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { addToolsToPath, buildKustomization } from '../../test/deploy/support/tools.ts';

const K8S = join(import.meta.dirname, '..', '..', 'k8s');
const GENERATED =
  'Generated from k8s/base and the overlay of this namespace: node scripts/deploy/render-k8s.ts. Do not edit by hand.';
const HEADS = {
  'deployment.yaml': `# ${GENERATED}\n# Not for the first time: it names no image, so that applying it keeps the deployed one. Begin with first-deployment.yaml.\n`,
  'first-deployment.yaml': `# ${GENERATED}\n# For the first time only: kubectl create -f first-deployment.yaml. Afterwards apply deployment.yaml.\n`,
} as const;

async function render(namespace: string): Promise<Record<keyof typeof HEADS, string>> {
  const overlay = join(K8S, 'overlays', namespace);
  // kustomize takes relative paths only, and components only beside an overlay.
  const folder = await mkdtemp(join(K8S, 'overlays', '.first-'));
  try {
    const resources = `resources:\n  - ${relative(folder, overlay)}\n`;
    await writeFile(join(folder, 'kustomization.yaml'), `${resources}components:\n  - ../../components/image\n`);
    return {
      'deployment.yaml': await buildKustomization(overlay),
      'first-deployment.yaml': await buildKustomization(folder),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

addToolsToPath();
const isCheck = process.argv.includes('--check');
let staleCount = 0;
for (const namespace of readdirSync(join(K8S, 'overlays'))) {
  if (namespace.startsWith('.')) continue;
  for (const [file, body] of Object.entries(await render(namespace))) {
    const path = join(K8S, namespace, file);
    const text = HEADS[file as keyof typeof HEADS] + body;
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    if (isCheck) {
      staleCount += 1;
      console.error(`k8s/${namespace}/${file} is out of date → node scripts/deploy/render-k8s.ts`);
    } else {
      writeFileSync(path, text);
      console.log(`wrote k8s/${namespace}/${file}`);
    }
  }
}
process.exitCode = staleCount === 0 ? 0 : 1;
