/**
 * Scores investigate_alarm against made-up incidents of which all is known.
 * `npm run bench:incidents -- [--seeds 20] [--from 1] [--kind NAME] [--show]`; --show prints the answers that are wrong. How far
 * it is stands on standard error.
 */
import '../assert-node.mjs';
import { parseArgs } from 'node:util';
import { INCIDENT_KINDS } from '../../local/incidents/kinds/kinds.ts';
import { type Run, runOne } from './incidents/run-one.ts';
import { printTable, REACHES } from './incidents/table.ts';

const MINUTE_MS = 60_000;
const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    kind: { type: 'string', multiple: true, default: Object.keys(INCIDENT_KINDS) },
    show: { type: 'boolean', default: false },
  },
});
const anchorEpochMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;

const runs = new Map<string, Run[]>();
for (const kind of options.kind) {
  const own: Run[] = [];
  runs.set(kind, own);
  for (let index = 0; index < Number(options.seeds); index += 1) {
    const seed = Number(options.from) + index;
    const run = await runOne(kind, seed, anchorEpochMs);
    own.push(run);
    console.error(
      `${kind} ${seed}: ${index + 1} of ${options.seeds} seeds, ${runs.size} of ${options.kind.length} kinds`,
    );
    const { verdict, first, onset } = run.judged;
    if (options.show && !(verdict && first !== false && onset !== false))
      console.log(`\n== ${kind} ${seed}: ${JSON.stringify(run.judged)}\n${run.text}`);
  }
}
process.exitCode = printTable(runs, REACHES) ? 0 : 1;
