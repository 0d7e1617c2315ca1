/**
 * dist/metafile.json → dist/THIRD_PARTY_NOTICES: the licence texts of the packages whose code is in the bundle.
 * Fails for a package that names no licence.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const DIST = join(ROOT, 'dist');
const RULE = '-'.repeat(80);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Folders of the packages, from the paths that esbuild read; the innermost `node_modules` counts. */
function findPackageFolders(inputs: readonly string[]): string[] {
  const folders = inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

function readTexts(folder: string): string[] {
  const names = readdirSync(folder).filter(
    (name) => /^(licen[cs]e|notice|copying)/i.test(name) && !/\.[jt]s$/.test(name),
  );
  return names.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim());
}

function renderPackage(folder: string): { readonly head: string; readonly body: string } {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const texts = readTexts(folder);
  if (manifest.license === undefined && texts.length === 0) throw new Error(`${manifest.name} names no licence.`);
  const head = `${manifest.name} ${manifest.version} (${manifest.license ?? 'see the text'})`;
  return { head, body: texts.length === 0 ? `Licence: ${manifest.license}` : texts.join('\n\n') };
}

const metafilePath = join(DIST, 'metafile.json');
if (!existsSync(metafilePath)) {
  console.error('dist/metafile.json is missing → npm run build -- --metafile');
  process.exit(1);
}
const { inputs } = JSON.parse(readFileSync(metafilePath, 'utf8')) as {
  readonly inputs: Readonly<Record<string, unknown>>;
};
const packages = findPackageFolders(Object.keys(inputs)).map((folder) => renderPackage(join(ROOT, folder)));
// The same licence text stands once, below the names of all packages that share it.
const byBody = Map.groupBy(packages, ({ body }) => body);
const sections = [...byBody].map(
  ([body, group]) => `${RULE}\n${group.map(({ head }) => head).join('\n')}\n${RULE}\n\n${body}\n`,
);
const introduction = `server.mjs contains code of these packages, each under its own licence (${packages.length} packages).\n`;
writeFileSync(join(DIST, 'THIRD_PARTY_NOTICES'), [introduction, ...sections].join('\n'));
console.log(`${packages.length} packages, ${byBody.size} different licence texts`);
