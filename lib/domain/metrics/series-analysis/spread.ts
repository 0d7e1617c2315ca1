/** From when on a series swings farther, or less far, about the same mean. Pure. */
import { meanOf, varianceOf } from './robust.ts';

export interface SpreadChange {
  /** Position in the samples. */
  readonly at: number;
  /** The standard deviations are shares of the level. */
  readonly isRelative?: boolean;
  /** Standard deviations. */
  readonly before: number;
  readonly after: number;
}

const MIN_SAMPLES = 96;
const BLOCKS = 84;
const MIN_BLOCK = 6;
const MIN_BLOCKS = 5;
const MIN_FACTOR = 1.7;
const MIN_Z = 6;

/**
 * @param residual what level, season and slope leave; single wild values count little, being taken by their logarithm
 * @param expected what they leave it from, in the units of the series
 * @param isRelative the residual is a share of what is expected
 */
export function findSpreadChange(
  residual: Float64Array,
  expected: Float64Array,
  isRelative: boolean,
): SpreadChange | undefined {
  const { length } = residual;
  if (length < MIN_SAMPLES) return undefined;
  const block = Math.max(MIN_BLOCK, Math.floor(length / BLOCKS));
  const count = Math.floor(length / block);
  const logs = Float64Array.from({ length: count }, (_, index) => {
    const variance = varianceOf(residual.subarray(index * block, (index + 1) * block));
    return Math.log(variance + Number.MIN_VALUE);
  });
  if (logs.some((log) => log < -600)) return undefined;
  let best = { at: 0, gain: 0, left: 0, right: 0 };
  const sums = new Float64Array(count + 1);
  for (let at = 0; at < count; at += 1) sums[at + 1] = (sums[at] ?? 0) + (logs[at] ?? 0);
  for (let at = MIN_BLOCKS; at <= count - MIN_BLOCKS; at += 1) {
    const left = (sums[at] ?? 0) / at;
    const right = ((sums[count] ?? 0) - (sums[at] ?? 0)) / (count - at);
    const gain = ((right - left) ** 2 * at * (count - at)) / count;
    if (gain > best.gain) best = { at, gain, left, right };
  }
  if (best.at === 0) return undefined;
  let squares = 0;
  for (let at = 0; at < count; at += 1) squares += ((logs[at] ?? 0) - (at < best.at ? best.left : best.right)) ** 2;
  const noise = squares / (count - 2);
  const factor = Math.exp(Math.abs(best.right - best.left) / 2);
  if (factor < MIN_FACTOR || best.gain < MIN_Z ** 2 * noise) return undefined;
  const at = refine(residual, best.at * block, 2 * block);
  const grown = factorOfLevel(expected, at) ** (isRelative ? 1 : -1);
  const change = Math.exp((best.right - best.left) / 2);
  if (Math.max(change, change * grown) >= 1 / MIN_FACTOR && Math.min(change, change * grown) <= MIN_FACTOR)
    return undefined;
  return { at, before: Math.exp(best.left / 2), after: Math.exp(best.right / 2) };
}

/**
 * How much higher what is expected lies after a place than before. Counts and latencies swing with their level, by its
 * root or in proportion: only a spread that changed both as such and as a share of the level has changed by itself.
 */
function factorOfLevel(expected: Float64Array, at: number): number {
  if (expected.some((value) => value < 0)) return 1;
  const before = meanOf(expected.subarray(0, at));
  return before === 0 ? 1 : meanOf(expected.subarray(at)) / before || 1;
}

/** The likeliest place nearby, of two normal distributions. */
function refine(residual: Float64Array, near: number, reach: number): number {
  const squares = new Float64Array(residual.length + 1);
  for (let at = 0; at < residual.length; at += 1) squares[at + 1] = (squares[at] ?? 0) + (residual[at] ?? 0) ** 2;
  let best = { at: near, cost: Number.POSITIVE_INFINITY };
  const total = squares[residual.length] ?? 0;
  for (let at = Math.max(2, near - reach); at <= Math.min(residual.length - 2, near + reach); at += 1) {
    const left = (squares[at] ?? 0) / at;
    const right = (total - (squares[at] ?? 0)) / (residual.length - at);
    const cost = at * Math.log(left + Number.MIN_VALUE) + (residual.length - at) * Math.log(right + Number.MIN_VALUE);
    if (cost < best.cost) best = { at, cost };
  }
  return best.at;
}
