/** Whether a series follows a smooth curve: one that bends ever more, or one that levels off. Pure. */
import type { Samples } from './grid.ts';
import { blockMeans } from './noise.ts';
import { lagOne } from './trend.ts';

export interface Curve {
  /** `accelerating`: moves ever faster; `saturating`: levels off. */
  readonly kind: 'accelerating' | 'saturating';
  readonly direction: 'up' | 'down';
  /** Where a ramp became level, or began: position in the samples; absent where it bends all along. */
  readonly at?: number;
}

export interface FittedCurve {
  readonly curve: Curve;
  readonly level: Float64Array;
}

const MAX_BLOCKS = 56;
const MIN_SAMPLES = 14;
/** Curvatures k of A + B·exp(k·t) over the whole range, and places of a kink: so many are tried, then the best is refined. */
const [MIN_RATE, MAX_RATE] = [0.7, 12];
const MIN_KINK = 0.1;
const TRIES = 16;
const REFINEMENTS = 14;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Of ln n: what two more parameters must save. */
const PENALTY = 3;
/** A curve explains nearly all, and what it leaves does not hang together: random walks leave walks. */
const MIN_EXPLAINED = 0.85;
const MAX_LAG = 0.45;
/** So near to the curve, what hangs together in the rest is that the curve has another formula. */
const CLOSE_EXPLAINED = 0.985;
/** Of the steeper part: below this the other part is level. */
const LEVEL_SHARE = 0.25;

interface Shape {
  readonly valueAt: (x: number) => number;
  readonly kink?: number;
}

/** Shapes with one parameter, from 0 to 1. */
type Family = (share: number) => Shape;

const rateOf = (share: number): number => MIN_RATE * (MAX_RATE / MIN_RATE) ** share;
const kinkOf = (share: number): number => MIN_KINK + (1 - 2 * MIN_KINK) * share;
const FAMILIES: readonly Family[] = [
  (share) => ({ valueAt: (x) => Math.exp(rateOf(share) * x) }),
  (share) => ({ valueAt: (x) => Math.exp(-rateOf(share) * x) }),
  (share) => ({ kink: kinkOf(share), valueAt: (x) => Math.min(x, kinkOf(share)) }),
  (share) => ({ kink: kinkOf(share), valueAt: (x) => Math.max(x - kinkOf(share), 0) }),
];

/**
 * @param samples without season and spikes
 * @returns undefined for what a straight line or none fits as well
 */
export function findCurve(samples: Samples): FittedCurve | undefined {
  const { indices, values } = samples;
  const { length } = values;
  if (length < MIN_SAMPLES) return undefined;
  const block = Math.max(1, Math.floor(length / MAX_BLOCKS));
  const y = blockMeans(values, block);
  const last = Math.max(1, indices[length - 1] ?? 1);
  const x = blockMeans(
    Float64Array.from(indices, (index) => index / last),
    block,
  );
  const line = fitShape(x, y, { valueAt: (at) => at });
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const whole = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const fits = FAMILIES.map((family) => fitFamily(x, y, family));
  const best = fits.reduce((a, b) => (b.squares < a.squares ? b : a));
  const saved = y.length * Math.log((line.squares + Number.MIN_VALUE) / (best.squares + Number.MIN_VALUE));
  if (saved < PENALTY * Math.log(y.length) || best.squares > (1 - MIN_EXPLAINED) * whole) return undefined;
  const rest = y.map((value, index) => value - best.offset - best.factor * best.shape.valueAt(x[index] ?? 0));
  if (lagOne(rest) > MAX_LAG && best.squares > (1 - CLOSE_EXPLAINED) * whole) return undefined;
  const valueAt = (at: number): number => best.offset + best.factor * best.shape.valueAt(at);
  const steep = (from: number): number => Math.abs(valueAt(from + 0.1) - valueAt(from)) / 0.1;
  const [first, end] = [steep(0), steep(0.9)];
  if (Math.min(first, end) > (1 - LEVEL_SHARE) * Math.max(first, end)) return undefined;
  const { kink } = best.shape;
  return {
    curve: {
      kind: end > first ? 'accelerating' : 'saturating',
      direction: valueAt(1) > valueAt(0) ? 'up' : 'down',
      ...(kink !== undefined && { at: Math.min(length - 1, indexOf(indices, kink * last)) }),
    },
    level: Float64Array.from(indices, (index) => valueAt(index / last)),
  };
}

function indexOf(indices: Int32Array, place: number): number {
  const found = indices.findIndex((index) => index >= place);
  return found < 0 ? indices.length - 1 : found;
}

interface FittedShape {
  readonly shape: Shape;
  readonly squares: number;
  readonly offset: number;
  readonly factor: number;
}

/** The best of some, then by golden section between its neighbours. */
function fitFamily(x: Float64Array, y: Float64Array, family: Family): FittedShape {
  const fitAt = (share: number): FittedShape => {
    const shape = family(share);
    return { shape, ...fitShape(x, y, shape) };
  };
  const tries = Array.from({ length: TRIES }, (_, index) => fitAt(index / (TRIES - 1)));
  const at = tries.reduce((best, fit, index) => (fit.squares < (tries[best]?.squares ?? 0) ? index : best), 0);
  let [low, high] = [Math.max(0, at - 1) / (TRIES - 1), Math.min(TRIES - 1, at + 1) / (TRIES - 1)];
  for (let round = 0; round < REFINEMENTS; round += 1) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (fitAt(left).squares < fitAt(right).squares) high = right;
    else low = left;
  }
  return fitAt((low + high) / 2);
}

/** Least squares of offset + factor · shape. */
function fitShape(
  x: Float64Array,
  y: Float64Array,
  { valueAt }: Shape,
): { squares: number; offset: number; factor: number } {
  let sumF = 0;
  let sumY = 0;
  for (let at = 0; at < y.length; at += 1) {
    sumF += valueAt(x[at] ?? 0);
    sumY += y[at] ?? 0;
  }
  const [meanF, meanY] = [sumF / y.length, sumY / y.length];
  let covariance = 0;
  let variance = 0;
  let whole = 0;
  for (let at = 0; at < y.length; at += 1) {
    const f = valueAt(x[at] ?? 0) - meanF;
    const g = (y[at] ?? 0) - meanY;
    covariance += f * g;
    variance += f * f;
    whole += g * g;
  }
  const factor = variance === 0 ? 0 : covariance / variance;
  return { squares: Math.max(0, whole - factor * covariance), offset: meanY - factor * meanF, factor };
}
