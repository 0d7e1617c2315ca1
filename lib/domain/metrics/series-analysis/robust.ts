/** Statistics that single wild values do not tilt. Pure. */

/** A standard deviation is so many median absolute deviations of a normal distribution. */
const MAD_TO_SIGMA = 1.4826;

/** Linear interpolation between neighbours; `sorted` ascending. 0 for no values. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position % 1);
}

export function medianOf(values: Float64Array): number {
  return quantileOf(values.slice().sort(), 0.5);
}

/** So many values tell a median to a few percent; sorting all of them would be the dearest part of the analysis. */
const ENOUGH_VALUES = 3_000;

/** Standard deviation from the median absolute deviation; 0 when more than half of the values are equal. */
export function robustSigma(values: Float64Array, center?: number): number {
  // An odd stride does not fall in step with the periods of clocks for long.
  const stride = 2 * Math.floor(values.length / ENOUGH_VALUES / 2 + 0.5) + 1;
  const chosen = stride <= 1 ? values.slice() : thin(values, stride);
  const middle = center ?? medianOf(chosen);
  for (let at = 0; at < chosen.length; at += 1) chosen[at] = Math.abs((chosen[at] ?? 0) - middle);
  return MAD_TO_SIGMA * quantileOf(chosen.sort(), 0.5);
}

function thin(values: Float64Array, stride: number): Float64Array {
  const chosen = new Float64Array(Math.ceil(values.length / stride));
  for (let at = 0; at < chosen.length; at += 1) chosen[at] = values[at * stride] ?? 0;
  return chosen;
}

export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at] ?? 0;
  return values.length === 0 ? 0 : sum / values.length;
}

export function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) {
    const deviation = (values[at] ?? 0) - mean;
    sum += deviation * deviation;
  }
  return values.length === 0 ? 0 : sum / values.length;
}
