/**
 * Prints the list of components of the bundle as CycloneDX: the packages whose code is in dist/server.mjs, from the bundler's
 * own record. Not from the lockfile: that also knows packages of which nothing is left in the bundle. The same bundle gives
 * the same text.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const METAFILE = join(ROOT, 'dist', 'metafile.json');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
}

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Folders of the packages that left bytes in the bundle; the innermost `node_modules` counts. */
function findPackageFolders({ outputs }: Metafile): string[] {
  const paths = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = paths.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

function createComponent(folder: string, { packages }: Lockfile): unknown {
  const { name, version, description, license } = readJson(join(ROOT, folder, 'package.json')) as Manifest;
  const [, algorithm, digest = ''] = /^(sha512)-(.+)$/.exec(packages[toLockKey(folder)]?.integrity ?? '') ?? [];
  const purl = createPurl(name, version);
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    ...(description !== undefined && { description }),
    purl,
    ...(algorithm !== undefined && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
    }),
    ...(license !== undefined && { licenses: [createLicense(license)] }),
  };
}

/** The lockfile counts from the root; the bundler may have followed a link out of it. */
function toLockKey(folder: string): string {
  return folder.slice(folder.indexOf('node_modules/'));
}

function createPurl(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** CycloneDX tells single SPDX ids from expressions. */
function createLicense(license: string): unknown {
  return /\s/.test(license) ? { expression: license } : { license: { id: license } };
}

if (!existsSync(METAFILE)) {
  console.error('dist/metafile.json is missing → npm run build -- --metafile');
  process.exit(1);
}
const program = readJson(join(ROOT, 'package.json')) as Manifest;
const lockfile = readJson(join(ROOT, 'package-lock.json')) as Lockfile;
const folders = findPackageFolders(readJson(METAFILE) as Metafile);
const purl = createPurl(program.name, program.version);
const bom = {
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    component: { type: 'application', 'bom-ref': purl, name: program.name, version: program.version, purl },
  },
  components: folders.map((folder) => createComponent(folder, lockfile)),
};
process.stdout.write(`${JSON.stringify(bom, undefined, 2)}\n`);
