/** What an analysis of 20,160 points costs, and its longest step between two turns of the loop. */
import { analyzeSeries } from '../../lib/domain/metrics/series-analysis/analyze-series.ts';
import { toGrid } from '../../lib/domain/metrics/series-analysis/grid.ts';
import { createRandom } from './random.ts';

const LENGTH = 20_160;
const STEP_MS = 60_000;
const ROUNDS = 9;
const MS_PER_US = 1e-3;

export interface StepTimes {
  readonly name: string;
  /** Median of several rounds after the first. */
  readonly totalMs: number;
  readonly longestMs: number;
}

export function timeSteps(): StepTimes[] {
  const random = createRandom(1);
  const kinds: Readonly<Record<string, (index: number) => number>> = {
    noise: () => random.normal(),
    'two seasons': (index) =>
      random.normal() + 2 * Math.sin((2 * Math.PI * index) / 1_440) + 2 * Math.sin((2 * Math.PI * index) / 60),
    'two seasons and spikes': (index) =>
      random.normal() + 2 * Math.sin((2 * Math.PI * index) / 1_440) + (random.uniform() < 0.01 ? 50 : 0),
  };
  return Object.entries(kinds).map(([name, valueAt]) => {
    const points = Array.from({ length: LENGTH }, (_, index) => ({ epochMs: index * STEP_MS, value: valueAt(index) }));
    const rounds = Array.from({ length: ROUNDS }, () => timeOnce(points)).slice(1);
    const sorted = rounds.toSorted((a, b) => a.totalMs - b.totalMs);
    return { name, ...(sorted[Math.floor(sorted.length / 2)] ?? { totalMs: 0, longestMs: 0 }) };
  });
}

/** Processor time of this process: the clock on the wall also counts what other programs take. */
function timeOnce(points: readonly { epochMs: number; value: number }[]): { totalMs: number; longestMs: number } {
  const grid = toGrid(points, STEP_MS);
  if (grid === undefined) throw new Error('no datapoints');
  const steps = analyzeSeries(grid);
  let totalMs = 0;
  let longestMs = 0;
  for (let isDone = false; !isDone; ) {
    const before = process.cpuUsage();
    isDone = steps.next().done === true;
    const used = process.cpuUsage(before);
    const ms = (used.user + used.system) * MS_PER_US;
    totalMs += ms;
    longestMs = Math.max(longestMs, ms);
  }
  return { totalMs, longestMs };
}
