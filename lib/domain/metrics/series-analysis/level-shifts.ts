/** Times at which the level of a series jumps: binary segmentation (Scott and Knott 1974) with a penalty per jump. Pure. */
import type { Samples } from './grid.ts';
import { differences, longRunVariance } from './noise.ts';
import { meanOf, robustSigma } from './robust.ts';

const MAX_SHIFTS = 8;
const MIN_SEGMENT = 12;
/** Short series are asked for when something has just begun; the penalty guards against chance. */
const MIN_SHORT_SEGMENT = 4;
const SHORT_SHARE = 1 / 15;
const MIN_SEGMENT_SHARE = 0.01;
/** Once a jump is certain its place may be this near to an end: one that has just begun is what people ask for. */
const MIN_REFINED_SEGMENT = 3;
/** Of ln n, in units of the long-run variance: what a jump must save. Twice BIC, since the places are searched for. */
const PENALTY = 4;
/** A jump is far larger than what the series moves by in such a short time elsewhere: otherwise it wanders. */
const MIN_ABRUPTNESS = 5;
const WINDOW_SHARE = 1 / 84;
const MIN_WINDOW = 12;
const MAX_WINDOW = 144;
const REFINEMENTS = 2;
/** Samples on each side that tell the noise at a jump. */
const LOCAL_WINDOW = 144;
const MIN_LOCAL_SIGMAS = 4;

export interface Segmentation {
  /** Positions in the samples at which a new level begins, ascending. */
  readonly starts: readonly number[];
  /** The common slope of all segments per grid step. */
  readonly slope: number;
}

/** The best of: one level, one line, levels, levels with a common slope. */
export function findLevelShifts(samples: Samples): Segmentation {
  const noise = longRunVariance(samples);
  if (noise === 0 || samples.values.length < 2 * leastSegment(samples.values.length))
    return { starts: [], slope: fitSlope(samples, []) };
  const flat = segment(samples, 0, noise);
  let tilted: Segmentation = { starts: [], slope: fitSlope(samples, []) };
  for (let round = 0; round < REFINEMENTS; round += 1) {
    const { starts } = segment(samples, tilted.slope, noise);
    tilted = { starts, slope: fitSlope(samples, starts) };
  }
  const line = { starts: [], slope: fitSlope(samples, []) };
  const options = [{ starts: [], slope: 0 }, line, flat, tilted];
  const costs = options.map((option) => costOf(samples, option, noise));
  const { starts } = options[costs.indexOf(Math.min(...costs))] ?? line;
  const certain = keepCertain(samples, starts);
  return { starts: certain, slope: fitSlope(samples, certain) };
}

/** A jump is larger than what the noise right and left of it makes of two means: noise may grow in the middle of a series. */
function keepCertain({ indices, values }: Samples, starts: readonly number[]): number[] {
  const edges = [0, ...starts, values.length];
  return starts.filter((at, index) => {
    const from = Math.max(edges[index] ?? 0, at - LOCAL_WINDOW);
    const to = Math.min(edges[index + 2] ?? values.length, at + LOCAL_WINDOW);
    const part = (start: number, end: number): Samples => ({
      indices: indices.subarray(start, end),
      values: values.subarray(start, end),
    });
    const [before, after] = [part(from, at), part(at, to)];
    const noise = Math.max(localVariance(before), localVariance(after));
    const jump = meanOf(after.values) - meanOf(before.values);
    return jump ** 2 > MIN_LOCAL_SIGMAS ** 2 * noise * (1 / (at - from) + 1 / (to - at));
  });
}

function localVariance(samples: Samples): number {
  return samples.values.length < MIN_SEGMENT ? 0 : longRunVariance(samples);
}

/** Slope per grid step within segments, all together. */
export function fitSlope({ indices, values }: Samples, starts: readonly number[]): number {
  let covariance = 0;
  let variance = 0;
  for (const [from, to] of toSegments(starts, values.length)) {
    const count = to - from;
    let meanX = 0;
    let meanY = 0;
    for (let at = from; at < to; at += 1) {
      meanX += (indices[at] ?? 0) / count;
      meanY += (values[at] ?? 0) / count;
    }
    for (let at = from; at < to; at += 1) {
      const x = (indices[at] ?? 0) - meanX;
      covariance += x * ((values[at] ?? 0) - meanY);
      variance += x * x;
    }
  }
  return variance === 0 ? 0 : covariance / variance;
}

export function toSegments(starts: readonly number[], length: number): [number, number][] {
  const edges = [0, ...starts, length];
  return edges.slice(0, -1).map((from, index) => [from, edges[index + 1] ?? length]);
}

/** The level of each segment and the slope, as one value per sample. */
export function levelOf(samples: Samples, { starts, slope }: Segmentation): Float64Array {
  const level = new Float64Array(samples.values.length);
  for (const [from, to] of toSegments(starts, samples.values.length)) {
    let mean = 0;
    for (let at = from; at < to; at += 1) {
      mean += ((samples.values[at] ?? 0) - slope * (samples.indices[at] ?? 0)) / (to - from);
    }
    for (let at = from; at < to; at += 1) level[at] = mean + slope * (samples.indices[at] ?? 0);
  }
  return level;
}

function costOf(samples: Samples, option: Segmentation, noise: number): number {
  const level = levelOf(samples, option);
  let squares = 0;
  for (let at = 0; at < level.length; at += 1) squares += ((samples.values[at] ?? 0) - (level[at] ?? 0)) ** 2;
  const logLength = Math.log(level.length);
  return squares / noise + option.starts.length * PENALTY * logLength + (option.slope === 0 ? 0 : 2 * logLength);
}

function segment({ indices, values }: Samples, slope: number, noise: number): Segmentation {
  const flat = values.map((value, at) => value - slope * (indices[at] ?? 0));
  const sums = new Float64Array(flat.length + 1);
  for (let at = 0; at < flat.length; at += 1) sums[at + 1] = (sums[at] ?? 0) + (flat[at] ?? 0);
  const least = PENALTY * Math.log(flat.length) * noise;
  const minSegment = leastSegment(flat.length);
  const splitOf = (from: number, to: number) => ({ from, to, split: bestSplit(sums, from, to, minSegment) });
  let segments = [splitOf(0, flat.length)];
  while (segments.length <= MAX_SHIFTS) {
    const best = segments.reduce((a, b) => (b.split.gain > a.split.gain ? b : a));
    if (best.split.gain < least) break;
    const { from, to, split } = best;
    segments = segments.flatMap((other) => (other === best ? [splitOf(from, split.at), splitOf(split.at, to)] : other));
  }
  let starts = segments.slice(1).map(({ from }) => from);
  for (let round = 0; round < REFINEMENTS; round += 1) {
    starts = starts.map((start, index) => {
      const moved = bestSplit(sums, starts[index - 1] ?? 0, starts[index + 1] ?? flat.length, MIN_REFINED_SEGMENT);
      return moved.gain > 0 ? moved.at : start;
    });
  }
  const isAbrupt = judgeAbruptness(flat, sums);
  return { starts: [...new Set(starts)].filter(isAbrupt), slope };
}

function leastSegment(length: number): number {
  const short = Math.max(MIN_SHORT_SEGMENT, Math.min(MIN_SEGMENT, Math.round(length * SHORT_SHARE)));
  return Math.max(short, Math.floor(length * MIN_SEGMENT_SHARE));
}

/** The place between two ends that takes most off the sum of squares. */
function bestSplit(sums: Float64Array, from: number, to: number, least: number): { at: number; gain: number } {
  const start = sums[from] ?? 0;
  const whole = (sums[to] ?? 0) - start;
  let best = { at: from, gain: 0 };
  for (let at = from + least; at <= to - least; at += 1) {
    const left = (sums[at] ?? 0) - start;
    const offset = left - (whole * (at - from)) / (to - from);
    const gain = (offset * offset * (to - from)) / ((at - from) * (to - at));
    if (gain > best.gain) best = { at, gain };
  }
  return best;
}

function judgeAbruptness(flat: Float64Array, sums: Float64Array): (at: number) => boolean {
  const least = Math.min(MIN_WINDOW, leastSegment(flat.length));
  const window = Math.min(MAX_WINDOW, Math.max(least, Math.floor(flat.length * WINDOW_SHARE)));
  const jumpAt = (at: number): number => {
    const from = Math.max(0, at - window);
    const to = Math.min(flat.length, at + window);
    const before = ((sums[at] ?? 0) - (sums[from] ?? 0)) / Math.max(1, at - from);
    const after = ((sums[to] ?? 0) - (sums[at] ?? 0)) / Math.max(1, to - at);
    return after - before;
  };
  const count = Math.max(0, flat.length - 2 * window);
  const stride = Math.max(1, Math.floor(window / 4));
  const usual = Float64Array.from({ length: Math.ceil(count / stride) }, (_, index) => jumpAt(window + index * stride));
  const sigma = Math.max(robustSigma(usual, 0), robustSigma(differences(flat), 0) / Math.sqrt(window));
  return (at) => Math.abs(jumpAt(at)) >= MIN_ABRUPTNESS * sigma;
}
