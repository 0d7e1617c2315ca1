/** The table of docs/scaling.md, from the model in scripts/bench/scaling/. With `--check` compares instead of writing. */
import '../../assert-node.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callsPerSecond, coresNeeded, SCENARIOS } from './model.ts';
import { simulate } from './simulate.ts';

const PAGE = join(import.meta.dirname, '..', '..', '..', 'docs/scaling.md');
const MARKED = /(<!-- generated:scaling -->\n)[\s\S]*?(<!-- \/generated:scaling -->)/;
const HEAD =
  '| users | active at the peak | accounts × regions | calls/s | cores | pods | thread busy | p50 | p95 | refused |\n' +
  '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n';

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 && share > 0 ? 1 : 0)} %`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

const rows = SCENARIOS.map((scenario) => {
  const { pods, cpuShare, p50Ms, p95Ms, refusedShare } = simulate(scenario);
  const cells = [
    scenario.users.toLocaleString('en-US'),
    percent(scenario.activeShare),
    scenario.targets,
    callsPerSecond(scenario).toFixed(1),
    coresNeeded(scenario).toFixed(2),
    pods,
    percent(cpuShare),
    seconds(p50Ms),
    seconds(p95Ms),
    percent(refusedShare),
  ];
  return `| ${cells.join(' | ')} |\n`;
});
const table = HEAD + rows.join('');
const page = readFileSync(PAGE, 'utf8');
const wanted = page.replace(MARKED, (_all, start: string, end: string) => `${start}${table}${end}`);
console.log(table);
if (!process.argv.includes('--check')) writeFileSync(PAGE, wanted);
else if (page !== wanted) {
  console.error('docs/scaling.md is out of date → node scripts/bench/scaling/simulate-scaling.ts');
  process.exitCode = 1;
}
