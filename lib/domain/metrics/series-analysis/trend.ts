/** The slope of a series with an interval that its noise allows. Pure. */
import type { Samples } from './grid.ts';
import { toSegments } from './level-shifts.ts';
import { blockMeans, differences } from './noise.ts';
import { varianceOf } from './robust.ts';

/** Student's t, two-sided 95 %, for the 20 or so degrees of freedom that estimating the noise leaves. */
const T_95 = 2.09;
const BLOCKS = 48;
const MIN_SAMPLES = 24;
const MAX_PHI = 0.97;
/** Blocks that hang together so closely are taken for a random walk. */
const WANDERING_PHI = 0.8;

export interface Trend {
  readonly slopePerStep: number;
  readonly lowPerStep: number;
  readonly highPerStep: number;
  /** The series moves like a random walk: its past slope says little about its future. */
  readonly isWandering: boolean;
}

/**
 * @param residual what is left of each sample without level, slope and season
 * @param starts where new levels begin
 * @param cycles of the longest season in the series; few of them may be mistaken for slope
 */
export function boundSlope(
  { indices }: Samples,
  residual: Float64Array,
  slopePerStep: number,
  starts: readonly number[],
  cycles: number,
): Trend | undefined {
  const { length } = residual;
  if (length < MIN_SAMPLES) return undefined;
  let spread = 0;
  for (const [from, to] of toSegments(starts, length)) {
    let mean = 0;
    for (let at = from; at < to; at += 1) mean += (indices[at] ?? 0) / (to - from);
    for (let at = from; at < to; at += 1) spread += ((indices[at] ?? 0) - mean) ** 2;
  }
  if (spread === 0) return undefined;
  const block = Math.max(1, Math.floor(length / BLOCKS));
  const means = blockMeans(residual, block);
  const phi = correctPhi(lagOne(residual), length);
  const blockPhi = correctPhi(lagOne(means), means.length);
  const short = inflate(varianceOf(residual), phi);
  const long = inflate(varianceOf(means), blockPhi) * block;
  let variance = Math.max(short, long) / spread;
  const isWandering = blockPhi >= WANDERING_PHI && starts.length === 0;
  if (isWandering) {
    // Least squares on a random walk: 6/5 of the variance of its mean step (Durlauf and Phillips 1988).
    const stepVariance = varianceOf(differences(means)) / block;
    variance = Math.max(variance, (1.2 * 1.5 * stepVariance) / length);
  }
  const confusion = cycles > 1 ? 1 / (1 - 1 / cycles ** 2) : 1;
  const half = T_95 * Math.sqrt(variance * confusion);
  return { slopePerStep, lowPerStep: slopePerStep - half, highPerStep: slopePerStep + half, isWandering };
}

function lagOne(values: Float64Array): number {
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
  return Math.min(MAX_PHI, Math.max(0, phi + (2 + 4 * phi) / length));
}

function inflate(variance: number, phi: number): number {
  return (variance * (1 + phi)) / (1 - phi);
}
