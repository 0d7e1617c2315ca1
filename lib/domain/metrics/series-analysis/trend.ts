/** The slope of a series with an interval that its noise allows. Pure. */
import type { Samples } from './grid.ts';
import { fitSlope, levelOf, toSegments } from './level-shifts.ts';
import { blockMeans, differences } from './noise.ts';
import { varianceOf } from './robust.ts';

const Z_95 = 1.959964;
/** So many degrees of freedom are left when the noise has a memory that was estimated too. */
const FREEDOM_WITH_MEMORY = 20;
const BLOCKS = 48;
const MIN_SAMPLES = 8;
const MAX_PHI = 0.97;
/** In standard errors: a weaker memory is taken for chance, since correcting for chance would widen every interval. */
const MIN_MEMORY = 1.5;
/** Blocks that hang together so closely are taken for a random walk. */
const WANDERING_PHI = 0.8;
/** Fewer cannot tell a walk from a line. */
const MIN_WANDERING_BLOCKS = 24;
const SURE_FACTOR = 1.5;

export interface Trend {
  readonly slopePerStep: number;
  readonly lowPerStep: number;
  readonly highPerStep: number;
  /** The series moves like a random walk: its past slope says little about its future. */
  readonly isWandering: boolean;
}

/**
 * @param samples without season and spikes
 * @param starts where new levels begin
 * @param cycles of the longest season in the series; few of them may be mistaken for slope
 */
export function boundSlope(samples: Samples, starts: readonly number[], cycles: number): Trend | undefined {
  const { indices, values } = samples;
  const { length } = values;
  if (length < MIN_SAMPLES) return undefined;
  const spread = spreadOf(indices, starts);
  if (spread === 0) return undefined;
  const slopePerStep = fitSlope(samples, starts);
  const level = levelOf(samples, { starts, slope: slopePerStep });
  const residual = values.map((value, at) => value - (level[at] ?? 0));
  const block = Math.max(1, Math.floor(length / BLOCKS));
  const means = blockMeans(residual, block);
  const freedom = Math.max(1, length - 2 - starts.length);
  const phi = correctPhi(lagOne(residual), length);
  const blockPhi = correctPhi(lagOne(means), means.length);
  const short = inflate((varianceOf(residual) * length) / freedom, phi);
  const long =
    block === 1 ? 0 : inflate(varianceOf(means) * (means.length / Math.max(1, means.length - 2)), blockPhi) * block;
  let variance = Math.max(short, long) / spread;
  const isWandering = blockPhi >= WANDERING_PHI && starts.length === 0 && means.length >= MIN_WANDERING_BLOCKS;
  if (isWandering) {
    // Least squares on a random walk: 6/5 of the variance of its mean step (Durlauf and Phillips 1988).
    const stepVariance = varianceOf(differences(means)) / block;
    variance = Math.max(variance, (1.2 * 1.5 * stepVariance) / length);
  }
  const confusion = cycles > 1 ? 1 / (1 - 1 / cycles ** 2) : 1;
  const quantile = studentT95(phi > 0 || block > 1 ? Math.min(FREEDOM_WITH_MEMORY, freedom) : freedom);
  const half = quantile * Math.sqrt(variance * confusion);
  return { slopePerStep, lowPerStep: slopePerStep - half, highPerStep: slopePerStep + half, isWandering };
}

/** A slope that even an interval half as wide again does not take for none: one of 300 by chance. */
export function isSure({ slopePerStep, highPerStep, isWandering }: Trend): boolean {
  return !isWandering && Math.abs(slopePerStep) > SURE_FACTOR * (highPerStep - slopePerStep);
}

function spreadOf(indices: Int32Array, starts: readonly number[]): number {
  let spread = 0;
  for (const [from, to] of toSegments(starts, indices.length)) {
    let mean = 0;
    for (let at = from; at < to; at += 1) mean += (indices[at] ?? 0) / (to - from);
    for (let at = from; at < to; at += 1) spread += ((indices[at] ?? 0) - mean) ** 2;
  }
  return spread;
}

/** Two-sided 95 % of Student's t by its expansion about the normal distribution (Abramowitz and Stegun 26.7.5). */
function studentT95(freedom: number): number {
  const z = Z_95;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}

/** Correlation of neighbours. */
export function lagOne(values: Float64Array): number {
  let product = 0;
  let square = 0;
  for (let at = 0; at < values.length; at += 1) {
    square += (values[at] ?? 0) ** 2;
    if (at > 0) product += (values[at] ?? 0) * (values[at - 1] ?? 0);
  }
  return square === 0 ? 0 : product / square;
}

/** The estimate is too small in short series, the more so after a line was taken away (Kendall 1954). */
function correctPhi(phi: number, length: number): number {
  const corrected = phi + (2 + 4 * phi) / length;
  return corrected * Math.sqrt(length) < MIN_MEMORY ? 0 : Math.min(MAX_PHI, corrected);
}

function inflate(variance: number, phi: number): number {
  return (variance * (1 + phi)) / (1 - phi);
}
