/** Scores the analysis of analyze_metric against series of which all is known. `npm run bench:analysis -- [series per kind] [first seed]` */
import { makeSeasonal, makeShifted, makeTrending, makeUnseasonal } from '../../test/analysis/labelled-series.ts';
import { score } from '../../test/analysis/score.ts';
import { ROWS as INCIDENTS, rate } from '../../test/analysis/score-incidents.ts';
import { timeSteps } from '../../test/analysis/time-steps.ts';

const [count = 400, firstSeed = 20_000] = process.argv.slice(2).map(Number);
const MAX_WRONG_SHOWN = 5;
const PERCENT = 100;

const ROWS = [
  { question: 'season: the fundamental periods, no others', make: makeSeasonal, judge: 'periods', reach: 0.95 },
  { question: 'no season: none is named', make: makeUnseasonal, judge: 'periods', reach: 0.99 },
  { question: 'slope: within its 95 % interval', make: makeTrending, judge: 'slope', reach: 0.93 },
  { question: 'level shifts: all, within two periods, no others', make: makeShifted, judge: 'shifts', reach: 0.9 },
] as const;

console.log(`${count} series each, seeds from ${firstSeed}`);
console.log('question | right | reach');
let isReached = true;
for (const { question, make, judge, reach } of ROWS) {
  const { right, total, share, wrong } = score(make, judge, count, firstSeed);
  if (share < reach) isReached = false;
  console.log(
    `${question} | ${right} of ${total} = ${(share * PERCENT).toFixed(1)} % | ≥ ${reach * PERCENT} %${share < reach ? ' MISSED' : ''}`,
  );
  for (const { series, said } of wrong.slice(0, MAX_WRONG_SHOWN)) console.log(`    ${series.name} → ${said || 'none'}`);
}
for (const row of INCIDENTS) {
  const { mean, odd } = rate(row, count, firstSeed);
  if (!row.isReached(mean)) isReached = false;
  const told = row.isShare ? `${(mean * PERCENT).toFixed(1)} %` : mean.toFixed(2);
  console.log(`${row.question} | ${told} | ${row.reach}${row.isReached(mean) ? '' : ' MISSED'}`);
  if (odd.length > 0) console.log(`    seeds ${odd.slice(0, MAX_WRONG_SHOWN).join(', ')}`);
}
for (const { name, totalMs, longestMs } of timeSteps()) {
  console.log(
    `20,160 points, ${name}: ${totalMs.toFixed(1)} ms of processor time, longest step ${longestMs.toFixed(1)} ms (reach 50)`,
  );
}
process.exitCode = isReached ? 0 : 1;
