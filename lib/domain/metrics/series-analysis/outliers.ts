import { quantileOf, robustSigma } from './robust.ts';

const SIGMAS = 5;
/** Up to this share at each end may be outliers; more of them are the tail of the distribution. */
const TAIL_SHARE = 0.005;
/** A tail goes on for about twice its distance: 5.2 σ of a normal distribution. */
const TAIL_FACTOR = 2;
/** In short series the farthest ones themselves would be the tail. */
const LEAST_TAIL = 3;
const MAX_TAIL_SHARE = 0.1;

export interface Outlier {
  /** Position in the samples. */
  readonly at: number;
  /** Distance from what level and season let expect, in units of which five are just an outlier. */
  readonly sigmas: number;
}

/**
 * Samples far off, farthest first. Skewed and heavy-tailed series have a wider limit on that side.
 * @param residual in units in which it has the same spread everywhere
 */
export function findOutliers(residual: Float64Array): Outlier[] {
  const sorted = residual.slice().sort();
  const middle = quantileOf(sorted, 0.5);
  const sigma = robustSigma(residual, middle);
  const reach = (share: number): number => (TAIL_FACTOR * Math.abs(quantileOf(sorted, share) - middle)) / SIGMAS;
  const share = Math.max(TAIL_SHARE, Math.min(MAX_TAIL_SHARE, LEAST_TAIL / residual.length));
  const above = Math.max(sigma, reach(1 - share));
  const below = Math.max(sigma, reach(share));
  const outliers: Outlier[] = [];
  for (let at = 0; at < residual.length; at += 1) {
    const distance = (residual[at] ?? 0) - middle;
    const unit = distance > 0 ? above : below;
    if (unit > 0 && Math.abs(distance) > SIGMAS * unit) outliers.push({ at, sigmas: distance / unit });
  }
  return outliers.sort((a, b) => Math.abs(b.sigmas) - Math.abs(a.sigmas));
}
