/**
 * One ESM file, dist/server.mjs (or --outdir), that runs as a command and as a Lambda function. Prints its size and the
 * five largest inputs; fails above the limit.
 */
import { writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

/** A guard against what slips in: 350 kB of it are allowed to the catalogue of metrics, 75 kB are the client of CloudTrail. */
const MAX_BUNDLE_BYTES = 2_400_000;
const ROOT = import.meta.dirname;
const LARGEST_COUNT = 5;

const { values } = parseArgs({
  options: { outdir: { type: 'string', default: join(ROOT, 'dist') }, metafile: { type: 'boolean', default: false } },
});
const outdir = resolve(values.outdir);

/** Error texts of 50 languages; ours are written in the schemas. */
const withoutLocales = {
  name: 'without-zod-locales',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

/**
 * ajv compiles JSON Schemas for elicitation and client-side checks; this server validates with zod in its own frame.
 * The stand-in fails at first use, so a future use cannot go unnoticed.
 */
const withoutAjv = {
  name: 'without-ajv',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]@modelcontextprotocol[\\/]server[\\/]dist[\\/]ajvProvider-[\w-]+\.mjs$/ }, () => ({
      contents: `
        class AbsentValidator {
          getValidator() { throw new Error('No JSON Schema validator is bundled.'); }
        }
        export { AbsentValidator as n };`,
      loader: 'js',
    }));
  },
};

/**
 * An ESM import of a built-in module runs before anything else, wherever it stands, and reads every export; for node:http
 * that loads the whole of fetch. As CommonJS inside the bundle it is loaded when the first module that needs it runs.
 */
const lateBuiltins = {
  name: 'late-builtins',
  setup(builder) {
    const names = new Set(builtinModules);
    builder.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, namespace }) => {
      const name = path.replace(/^node:/, '');
      if (namespace === 'builtin' || !names.has(name)) return undefined;
      return { path: `node:${name}`, namespace: 'builtin' };
    });
    builder.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};

/** A generated source of ours that holds the text of a package: licences and list of components must know. */
const CARRIED = new Map([['lib/domain/metrics/chart/page-assets.ts', 'node_modules/uplot/dist/uPlot.esm.js']]);

const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: { server: 'adapters/main.ts' },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  // Lower than what the program needs, so that an older Node can read the file far enough to say so.
  target: 'node20',
  mainFields: ['module', 'main'],
  minify: true,
  lineLimit: 200,
  legalComments: 'none',
  metafile: true,
  // CommonJS packages inside ask for Node's own modules through require.
  banner: { js: "import { createRequire as __cr } from 'node:module';const require = __cr(import.meta.url);" },
  plugins: [withoutLocales, withoutAjv, lateBuiltins],
  logLevel: 'warning',
});

const [output] = Object.values(metafile.outputs);
const largest = Object.entries(output.inputs)
  .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
  .sort((a, b) => b.bytes - a.bytes)
  .slice(0, LARGEST_COUNT);
if (values.metafile) {
  recordCarried(output.inputs);
  await writeFile(join(outdir, 'metafile.json'), JSON.stringify(metafile));
}

const lines = [
  `${join(outdir, 'server.mjs')}  ${formatKilobytes(output.bytes)} of at most ${formatKilobytes(MAX_BUNDLE_BYTES)}`,
  ...largest.map(({ path, bytes }) => `  ${formatKilobytes(bytes).padStart(9)}  ${path}`),
];
process.stdout.write(`${lines.join('\n')}\n`);
if (output.bytes > MAX_BUNDLE_BYTES) {
  process.stderr.write('The bundle is too large: see the largest inputs above, and --metafile for all of them.\n');
  process.exitCode = 1;
}

function recordCarried(inputs) {
  for (const [carrier, original] of CARRIED) {
    if (!(carrier in inputs)) continue;
    inputs[original] = inputs[carrier];
    metafile.inputs[original] = metafile.inputs[carrier];
  }
}

function formatKilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
