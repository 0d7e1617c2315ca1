/**
 * `npm run mutate -- [--count 300] [--from 0] [--seed 1] [--minutes 60] [--seconds 120] [--tests 60] [--workers 2] [--under lib/]`
 * Changes the program in random places, one at a time, and sees whether a test fails. Prints each change, then the figures.
 * The same seed gives the same changes of the same tree; `--from` goes on where another run ended. `--seconds` bounds one
 * change, `--minutes` the run, `--tests` the test files that are tried with one change; `--workers` try a change each.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { applyChange, findPlaces, type Place } from './changes.ts';
import { EXCUSED } from './excused.ts';
import { type Outcome, printFigures } from './figures.ts';
import { createHunt, type Hunt } from './hunt.ts';
import { readImportGraph } from './related-tests.ts';
import { createRandom, shuffle } from './shuffle.ts';
import { startTester } from './tester.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['lib/domain/', 'lib/tool/', 'lib/auth/', 'lib/middleware/', 'lib/mcp/'];
/** Generated data, and what only a browser runs (`npm run test:browser`). */
const LEFT_OUT = [
  'lib/domain/metrics/catalogue/entries.ts',
  'lib/domain/regions.ts',
  'lib/domain/metrics/chart/page-assets.ts',
  'lib/domain/metrics/chart/client/',
];
const MAX_SHOWN_CHARS = 60;

const text = (value: string) => ({ type: 'string', default: value }) as const;
const { values } = parseArgs({
  options: {
    count: text('300'),
    from: text('0'),
    seed: text('1'),
    minutes: text('60'),
    seconds: text('120'),
    tests: text('60'),
    workers: text('2'),
    under: text('lib/'),
  },
});
const [count, from, seed] = [Number(values.count), Number(values.from), Number(values.seed)];

interface Candidate {
  readonly file: string;
  readonly source: string;
  readonly place: Place;
  readonly after: string;
}

const listing = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
const files = listing.toString('utf8').split('\n').slice(0, -1);
const scripts = files.filter((file) => /\.(ts|mts)$/.test(file));
const sources = scripts.filter(
  (file) =>
    FOLDERS.some((folder) => file.startsWith(folder)) &&
    !LEFT_OUT.some((path) => file.startsWith(path)) &&
    !file.endsWith('.test.ts'),
);
const random = createRandom(seed);
const candidates = sources.flatMap((file): Candidate[] => {
  const source = readFileSync(join(ROOT, file), 'utf8');
  return findPlaces(file, source).map((place) => {
    const after = place.alternatives[Math.floor(random() * place.alternatives.length)] ?? '';
    return { file, source, place, after };
  });
});
const wanted = candidates.filter(({ file }) => file.startsWith(values.under));
const chosen = shuffle(wanted, random).slice(from, from + count);
console.log(`${chosen.length} of ${wanted.length} places, seed ${seed}, from ${from}`);

const limits = { limitMs: Number(values.seconds) * 1_000, maxTests: Number(values.tests) };
const graph = readImportGraph(ROOT, scripts);
const endMs = performance.now() + Number(values.minutes) * 60_000;
const outcomes: Outcome[] = [];
const waiting = chosen.entries();
const workers = Array.from({ length: Number(values.workers) }, () => {
  const tester = startTester(ROOT, files);
  return { tester, hunt: createHunt(tester, graph, limits) };
});
await Promise.all(workers.map(({ hunt }) => work(hunt)));
for (const { tester } of workers) tester.close();
const unsound = new Set(workers.flatMap(({ hunt }) => [...hunt.unsound]));
if (unsound.size > 0) console.log(`Fail on the program as it is: ${[...unsound].join(', ')}`);
process.exitCode = printFigures(outcomes, seed) ? 0 : 1;

/** Tries one change after the other, as long as there are any and time is left. */
async function work(hunt: Hunt): Promise<void> {
  for (const [index, candidate] of waiting) {
    if (performance.now() > endMs) return;
    const { file, source, place, after } = candidate;
    const before = source.slice(place.start, place.end);
    const line = lineAt(candidate);
    const isExcused = EXCUSED.some(
      (excuse) => excuse.file === file && excuse.line === line && excuse.from === before && excuse.to === after,
    );
    const noticedBy = isExcused ? undefined : await hunt.findNoticing(file, source, applyChange(source, place, after));
    const verdict = isExcused ? 'excused' : noticedBy === undefined ? 'survived' : 'noticed';
    outcomes.push({ file, verdict });
    const number = source.slice(0, place.start).split('\n').length;
    const change = `${place.operator}: ${JSON.stringify(before.slice(0, MAX_SHOWN_CHARS))} → ${JSON.stringify(after)}`;
    console.log(`${from + index + 1} ${verdict} ${file}:${number} ${change} ${noticedBy ?? `in: ${line}`}`);
  }
}

function lineAt({ source, place }: Candidate): string {
  const start = source.lastIndexOf('\n', place.start - 1) + 1;
  return source.slice(start, source.indexOf('\n', place.start)).trim();
}
