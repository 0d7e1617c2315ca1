/**
 * Every figure of the analysis of some series of each family, as it is today: a change of the method shows here what it
 * changes (`npx vitest run <this file> --update` takes it over). Whether the figures are right is asked by the scores
 * in test/analysis, which know what was put into the series.
 */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  makeBursts,
  makeCurve,
  makeDaily,
  makeGappy,
  makeHour,
  makeJob,
  makeQuiet,
  makeSpread,
  makeStep,
} from '../../../../test/analysis/incident-series.ts';
import { makeSeasonal, makeShifted, makeTrending, makeUnseasonal } from '../../../../test/analysis/labelled-series.ts';
import { analyzeSeries } from './analyze-series.ts';
import { leaveOutIncidents } from './baseline.ts';
import { compareLastHour } from './compare-last-hour.ts';
import { listFindings } from './findings.ts';
import { type Datapoint, toGrid } from './grid.ts';

interface Series {
  readonly points: readonly Datapoint[];
  readonly stepMs: number;
}

const GOLDEN = '../../../../test/golden/series-analysis.txt';
/** Of a list; the others are summed up. */
const MAX_LISTED = 3;
/** Digits that every machine has in common. */
const DIGITS = 8;

/** The longest cost most: one of each. */
const LONG_SEEDS = [1];
const LONG_FAMILIES: Readonly<Record<string, (seed: number) => Series>> = {
  season: makeSeasonal,
  'no season': makeUnseasonal,
  trend: makeTrending,
  shifts: makeShifted,
};
const SEEDS = [1, 2];
const FAMILIES: Readonly<Record<string, (seed: number) => Series>> = {
  step: makeStep,
  'hour + 5 σ': (seed) => makeHour(seed, 5),
  'hour − 5 σ': (seed) => makeHour(seed, -5),
  'daily points': makeDaily,
  curve: makeCurve,
  'bursts as ever': (seed) => makeBursts(seed, 'none'),
  'bursts that stop': (seed) => makeBursts(seed, 'stop'),
  'bursts that triple': (seed) => makeBursts(seed, 'triple'),
  'always on': (seed) => makeBursts(seed, 'stuck'),
  'a job a day': (seed) => makeJob(seed, 'none'),
  'a job that did not come': (seed) => makeJob(seed, 'missing'),
  spread: makeSpread,
  '20 % missing': (seed) => makeGappy(seed, 0.2),
  quiet: makeQuiet,
  constant: (seed) => ({
    stepMs: 60_000,
    points: Array.from({ length: 90 }, (_, at) => ({ epochMs: at * 60_000, value: seed })),
  }),
  few: (seed) => ({
    stepMs: 60_000,
    points: Array.from({ length: 2 + seed }, (_, at) => ({ epochMs: at * 60_000, value: (at * seed) % 3 })),
  }),
};

/** Numbers to some digits; of a long row its length, its sum, and its sum with growing weight. */
function shorten(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(DIGITS));
  if (Array.isArray(value) && value.length > MAX_LISTED) {
    const rest = createHash('sha256')
      .update(JSON.stringify(value.map((item) => JSON.stringify(item, shorten))))
      .digest('hex');
    return [...value.slice(0, MAX_LISTED), `${value.length}: ${rest.slice(0, 12)}`];
  }
  if (!(value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array)) return value;
  const numbers = Array.from(value);
  const sum = numbers.reduce((all, one) => all + one, 0);
  const weighted = numbers.reduce((all, one, at) => all + one * (at + 1), 0);
  return [numbers.length, sum, weighted].map((number) => number.toPrecision(DIGITS)).join(' ');
}

function figuresOf({ points, stepMs }: Series): string {
  const grid = toGrid(points, stepMs);
  if (grid === undefined) return 'nothing';
  const steps = analyzeSeries(grid);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const analysis = step.value;
  const baseline = leaveOutIncidents(grid, analysis);
  const season = analysis.seasons[0]?.periodSamples;
  const hour = compareLastHour(grid, baseline.grid, season);
  return Object.entries({ ...analysis, findings: listFindings(grid, analysis), ...baseline, comparison: hour })
    .map(([name, value]) => `  ${name} ${JSON.stringify(value, shorten)}`)
    .join('\n');
}

it('is what it was', async () => {
  const write = (families: typeof FAMILIES, seeds: readonly number[]) =>
    Object.entries(families).flatMap(([family, make]) =>
      seeds.map((seed) => `${family}, seed ${seed}\n${figuresOf(make(seed))}\n`),
    );
  const text = [...write(LONG_FAMILIES, LONG_SEEDS), ...write(FAMILIES, SEEDS)];
  await expect(text.join('\n')).toMatchFileSnapshot(GOLDEN);
});
