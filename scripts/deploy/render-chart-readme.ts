/**
 * The comments of helm-chart/values.yaml → the table of helm-chart/README.md. A comment that begins with `# --` describes
 * the value below it. With `--check` compares instead. Copies scripts/deploy/smoke.mjs, which `helm test` runs, since Helm reads nothing outside.
 */
import '../assert-node.mjs';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CHART = join(import.meta.dirname, '..', '..', 'helm-chart');
const README = join(CHART, 'README.md');
const MARKED = /(<!-- generated:values -->\n)[\s\S]*?(<!-- \/generated:values -->)/;
const INDENT = 2;

interface Value {
  readonly path: string;
  readonly fallback: string;
  readonly description: string;
}

/** Reads the subset of YAML that a values file is written in: maps by two spaces, a description above each value. */
function readValues(text: string): Value[] {
  const values: Value[] = [];
  const path: string[] = [];
  let description = '';
  for (const line of text.split('\n')) {
    const comment = /^\s*# -- (.+)$/.exec(line)?.[1];
    if (comment !== undefined) description = comment;
    const [, indent, key, rest] = /^(\s*)([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (indent === undefined || key === undefined) continue;
    path.splice(indent.length / INDENT, path.length, key);
    if (description === '') continue;
    values.push({ path: path.join('.'), fallback: rest === '' ? 'see values.yaml' : `\`${rest}\``, description });
    description = '';
  }
  return values;
}

if (!process.argv.includes('--check'))
  copyFileSync(join(CHART, '..', 'scripts', 'deploy', 'smoke.mjs'), join(CHART, 'files', 'smoke.mjs'));
const values = readValues(readFileSync(join(CHART, 'values.yaml'), 'utf8'));
const rows = values.map((value) => `| \`${value.path}\` | ${value.fallback} | ${value.description} |\n`).join('');
const table = `| value | default | meaning |\n| --- | --- | --- |\n${rows}`;
const readme = readFileSync(README, 'utf8');
const wanted = readme.replace(MARKED, (_all, start: string, end: string) => `${start}${table}${end}`);
if (process.argv.includes('--check')) {
  if (readme !== wanted) {
    console.error('helm-chart/README.md is out of date → node scripts/deploy/render-chart-readme.ts');
    process.exitCode = 1;
  }
} else writeFileSync(README, wanted);
