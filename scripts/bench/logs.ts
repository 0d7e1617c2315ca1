/**
 * What analyze_log_group finds in labelled log windows, and what it makes up: over the wire, in both log classes, in
 * windows that are read whole and in larger ones. `npm run bench:logs -- [seeds] [first seed] [--class=STANDARD] [--show]`
 */
import { addScores, REACHES, type Scores, shareOf, startChangeJudge, TOLD } from '../../test/support/judge-changes.ts';
import { makeWindows } from '../../test/support/labelled-windows.ts';

const isShown = process.argv.includes('--show');
const [seeds = 10, from = 1] = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('--'))
  .map(Number);
const CLASSES = (['STANDARD', 'INFREQUENT_ACCESS'] as const).filter(
  (name) => !process.argv.some((argument) => argument.startsWith('--class=') && argument !== `--class=${name}`),
);
/** Events of a window, about: read whole, and beyond what is read whole of a STANDARD log group. */
const SIZES = [4_000, 13_000];
const PERCENT = 100;

const percent = (part: number, whole: number): string =>
  `${(shareOf(part, whole) * PERCENT).toFixed(1)} % (${part} of ${whole})`;

const first = makeWindows(from, SIZES[0] ?? 0);
console.log(`${seeds} seeds from ${from}, ${first.fates.size} labels, two windows of an hour`);
console.log('class | events a window | queries | kind | recall | precision');
const judge = await startChangeJudge();
const all: Scores[] = [];
for (const logGroupClass of CLASSES) {
  for (const size of SIZES) {
    const scores: Scores[] = [];
    let queries = 0;
    let events = 0;
    for (let seed = from; seed < from + seeds; seed += 1) {
      const windows = makeWindows(seed, size);
      const judged = await judge.judge(windows, logGroupClass);
      scores.push(judged.scores);
      queries = Math.max(queries, judged.queries);
      events += windows.now.length / seeds;
      if (isShown) for (const fault of judged.faults) console.log(`  seed ${seed}: ${fault.slice(0, 300)}`);
    }
    all.push(...scores);
    print(`${logGroupClass} | ${Math.round(events)} | ${queries}`, addScores(scores));
  }
}
await judge.close();
const total = addScores(all);
print('all | |', total);
process.exitCode = TOLD.every((kind) => {
  const { labels, found, told, right } = total[kind];
  return shareOf(found, labels) >= REACHES[kind] && shareOf(right, told) >= REACHES[kind];
})
  ? 0
  : 1;

function print(what: string, scores: Scores): void {
  for (const kind of TOLD) {
    const { labels, found, told, right } = scores[kind];
    console.log(`${what} | ${kind} | ${percent(found, labels)} | ${percent(right, told)}`);
  }
}
