/**
 * Writes every file of the project that is made from another (`npm run generate`), or with `--check` compares them
 * and names those that are out of date (part of `npm run check`).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { buildCatalogue, renderCatalogue } from './catalogue.ts';
import { renderChartAssets } from './chart-assets.ts';
import { renderErrorsPage } from './errors-page.ts';
import { renderGoldenTools } from './golden-tools.ts';
import { listNamedActions } from './iam/called-actions.ts';
import { renderIamFiles } from './iam-policy.ts';
import { renderMemoryTable } from './memory-budget.ts';
import { renderMetricSources } from './metric-sources.ts';
import { renderActionList, renderToolTable } from './readme-tables.ts';
import { renderRegions } from './regions.ts';
import { renderRouteChains } from './route-chains.ts';
import { seedSections } from './seed-sections.ts';
import { renderSettingsTable } from './settings-table.ts';
import { renderToolSections } from './tool-sections.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const GOLDEN = 'test/golden/tools';

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Puts each text between the markers `<!-- generated:name -->` and `<!-- /generated:name -->` of a file's source. */
function spliceMarked(path: string, source: string, texts: ReadonlyMap<string, string>): string {
  let spliced = source;
  for (const [name, text] of texts) {
    const marked = new RegExp(`(<!-- generated:${name} -->\n)[\\s\\S]*?(<!-- /generated:${name} -->)`);
    if (!marked.test(spliced)) throw new Error(`${path} has no place marked <!-- generated:${name} -->`);
    spliced = spliced.replace(marked, (_all, start: string, end: string) => `${start}${text}${end}`);
  }
  return spliced;
}

function renderReadmeTables(): ReadonlyMap<string, string> {
  return new Map([
    ['tools', renderToolTable(TOOLS)],
    ['actions', renderActionList(listNamedActions())],
  ]);
}

async function renderAll(): Promise<Map<string, string>> {
  const catalogue = buildCatalogue();
  const files = new Map<string, string>([
    ['lib/domain/regions.ts', await renderRegions()],
    ['lib/domain/metrics/catalogue/entries.ts', renderCatalogue(catalogue)],
    ['lib/domain/metrics/chart/page-assets.ts', renderChartAssets()],
    ['docs/errors.md', renderErrorsPage()],
    [
      'docs/metric-catalogue.md',
      spliceMarked(
        'docs/metric-catalogue.md',
        read('docs/metric-catalogue.md'),
        new Map([['sources', renderMetricSources(catalogue)]]),
      ),
    ],
    [
      'docs/tools.md',
      spliceMarked('docs/tools.md', seedSections(read('docs/tools.md'), TOOLS), await renderToolSections()),
    ],
    [
      'docs/architecture.md',
      spliceMarked('docs/architecture.md', read('docs/architecture.md'), new Map([['routes', renderRouteChains()]])),
    ],
    ['README.md', spliceMarked('README.md', read('README.md'), renderReadmeTables())],
    [
      'docs/configuration.md',
      spliceMarked(
        'docs/configuration.md',
        read('docs/configuration.md'),
        new Map([['settings', renderSettingsTable()]]),
      ),
    ],
    [
      'docs/operations.md',
      spliceMarked('docs/operations.md', read('docs/operations.md'), new Map([['memory', renderMemoryTable()]])),
    ],
    ...renderIamFiles(),
  ]);
  for (const [name, text] of renderGoldenTools()) files.set(`${GOLDEN}/${name}.json`, text);
  return files;
}

function listGoldenFiles(): string[] {
  const folder = join(ROOT, GOLDEN);
  return existsSync(folder) ? readdirSync(folder).map((file) => `${GOLDEN}/${file}`) : [];
}

const files = await renderAll();
const orphans = listGoldenFiles().filter((path) => !files.has(path));
const stale = [...files].filter(([path, text]) => !existsSync(join(ROOT, path)) || read(path) !== text);

if (process.argv.includes('--check')) {
  const wrong = [...stale.map(([path]) => path), ...orphans];
  for (const path of wrong) console.error(`${path} is out of date → npm run generate`);
  console.log(`${files.size - stale.length} generated files up to date, ${wrong.length} not`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(`wrote ${path}`);
  }
  for (const path of orphans) {
    rmSync(join(ROOT, path));
    console.log(`removed ${path}`);
  }
}
