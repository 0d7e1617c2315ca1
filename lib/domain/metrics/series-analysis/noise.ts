/** How strong the noise of a series is over long stretches, however its level jumps. Pure. */
import { clamp } from './arrays.ts';
import type { Samples } from './grid.ts';
import { medianOf, robustSigma, varianceOf } from './robust.ts';

const WINDOW = 7;
const CLIP_SIGMAS = 5;
const BLOCKS = 64;
const MIN_BLOCK = 4;
const MAX_PHI = 0.99;

/** Spikes of up to three datapoints cut to the local median; steps and slopes stay what they are. */
export function cutSpikes({ indices, values: sloping }: Samples): Samples {
  const sigma = robustSigma(differences(sloping)) / Math.SQRT2;
  if (sigma === 0) return { indices, values: sloping };
  // Of a slope, the median of a window at an end lies inside of it: cutting there would bend both ends.
  const slope = medianSlope(indices, sloping);
  const values = sloping.map((value, at) => value - slope * (indices[at] ?? 0));
  const limit = CLIP_SIGMAS * sigma;
  const half = (WINDOW - 1) / 2;
  const calm = values.slice();
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    const before = values[at - 1] ?? value;
    const after = values[at + 1] ?? value;
    // Most datapoints are near their neighbours: they need no median.
    if (Math.abs(value - before) < limit && Math.abs(value - after) < limit) continue;
    const from = Math.min(Math.max(0, at - half), Math.max(0, values.length - WINDOW));
    const median = medianOf(values.slice(from, from + WINDOW));
    if (Math.abs(value - median) > limit) calm[at] = median;
  }
  return { indices, values: calm.map((value, at) => value + slope * (indices[at] ?? 0)) };
}

const SLOPE_POINTS = 40;

/** Theil and Sen: the median slope of pairs of points. */
function medianSlope(indices: Int32Array, values: Float64Array): number {
  const stride = Math.max(1, values.length / SLOPE_POINTS);
  const places = Array.from({ length: Math.min(values.length, SLOPE_POINTS) }, (_, index) =>
    Math.floor(index * stride),
  );
  const slopes = places.flatMap((right, index) =>
    places
      .slice(0, index)
      .map((left) => ((values[right] ?? 0) - (values[left] ?? 0)) / ((indices[right] ?? 0) - (indices[left] ?? 0))),
  );
  return medianOf(Float64Array.from(slopes.filter(Number.isFinite)));
}

export function differences(values: Float64Array): Float64Array {
  const result = new Float64Array(Math.max(0, values.length - 1));
  for (let at = 0; at < result.length; at += 1) result[at] = (values[at + 1] ?? 0) - (values[at] ?? 0);
  return result;
}

/**
 * Long-run variance per datapoint: that of a mean of n datapoints, times n. The larger of two estimates that steps do
 * not touch: AR(1) told by neighbouring differences, and differences of block means.
 */
export function longRunVariance({ values }: Samples): number {
  const steps = clipFar(differences(values));
  const gamma0 = varianceOf(steps);
  if (gamma0 === 0) return varianceOf(values);
  let gamma1 = 0;
  for (let at = 1; at < steps.length; at += 1) gamma1 += ((steps[at] ?? 0) * (steps[at - 1] ?? 0)) / steps.length;
  // Neighbouring differences of an AR(1) series correlate with −(1 − φ) / 2.
  const phi = Math.min(MAX_PHI, Math.max(0, 1 + (2 * gamma1) / gamma0));
  const short = (gamma0 * (1 + phi)) / (2 * (1 - phi) ** 2);
  const block = Math.floor(values.length / BLOCKS);
  if (block < MIN_BLOCK) return short;
  const sigma = robustSigma(differences(blockMeans(values, block)));
  return Math.max(short, (sigma ** 2 / 2) * block);
}

export function blockMeans(values: Float64Array, block: number): Float64Array {
  const means = new Float64Array(Math.floor(values.length / block));
  for (let at = 0; at < means.length * block; at += 1) {
    const index = Math.floor(at / block);
    means[index] = (means[index] ?? 0) + (values[at] ?? 0) / block;
  }
  return means;
}

function clipFar(values: Float64Array): Float64Array {
  const limit = CLIP_SIGMAS * robustSigma(values, 0);
  return limit === 0 ? values : clamp(values, limit);
}
