/** Whether a series repeats after a period of which it holds few cycles, such as a week in a month. Pure. */
import { powerAt } from './power-spectrum.ts';
import { meanOf } from './robust.ts';

/** With fewer cycles a season cannot be told from a coincidence. */
export const MIN_CYCLES = 3;
/** So much of a cycle may be missing at the ends. */
export const CYCLE_TOLERANCE = 0.05;
const MAX_BINS_PER_CYCLE = 48;
const MIN_BINS_PER_CYCLE = 6;
const HARMONICS = 3;
/** The spectrum up to this harmonic tells the noise. */
const NOISE_HARMONICS = 4;
/** Power of the period over the noise at its frequency: the noise is told by few frequencies. */
const MIN_RATIO = 14;
/** E[ln X] of a standard exponential X is −γ. */
const EULER_GAMMA = 0.5772;
/** Frequencies with more power than ten times the fit are other seasons, not noise. */
const MAX_LOG_EXCESS = Math.log(10);

export interface LongCycle {
  readonly isSignificant: boolean;
  /** Variance of the sine with this period. */
  readonly energy: number;
}

/**
 * The newest whole cycles, so that all harmonics fall on frequencies of their own and between them is only noise. Its
 * level there is a power law fitted to the frequencies in between: flat for white noise, 1/f² for a random walk.
 */
export function judgeLongCycle(series: Float64Array, periodSamples: number): LongCycle {
  const cycles = Math.floor(series.length / periodSamples + CYCLE_TOLERANCE);
  const binsPerCycle = Math.min(MAX_BINS_PER_CYCLE, Math.floor(periodSamples));
  if (cycles < MIN_CYCLES || binsPerCycle < MIN_BINS_PER_CYCLE) return { isSignificant: false, energy: 0 };
  const bins = matchEnds(averageBins(series, cycles * periodSamples, cycles * binsPerCycle), binsPerCycle);
  const top = Math.min(NOISE_HARMONICS * cycles, Math.floor(bins.length / 2)) - 1;
  const noise: { x: number; y: number }[] = [];
  for (let cycle = 1; cycle <= top; cycle += 1) {
    if (cycle % cycles !== 0) noise.push({ x: Math.log(cycle), y: Math.log(powerAt(bins, cycle) + Number.MIN_VALUE) });
  }
  const noiseAt = fitPowerLaw(noise);
  const powers = Array.from({ length: HARMONICS }, (_, index) => powerAt(bins, (index + 1) * cycles));
  const isOut = powers.map((power, index) => power >= MIN_RATIO * noiseAt((index + 1) * cycles));
  const [first = 0] = powers;
  return {
    // A short pulse per cycle may have a weak first harmonic, but then both others stand out.
    isSignificant: isOut[0] === true || (isOut[1] === true && isOut[2] === true),
    energy: (2 * first) / bins.length ** 2,
  };
}

/** Means of `count` equal parts of the newest `span` samples. */
function averageBins(series: Float64Array, span: number, count: number): Float64Array {
  const start = series.length - span;
  const bins = new Float64Array(count);
  for (let bin = 0; bin < count; bin += 1) {
    const from = Math.max(0, Math.floor(start + (bin * span) / count));
    const to = Math.max(from + 1, Math.floor(start + ((bin + 1) * span) / count));
    let sum = 0;
    for (let index = from; index < to; index += 1) sum += series[index] ?? 0;
    bins[bin] = sum / (to - from);
  }
  return bins;
}

/** Takes away the line from the first cycle to the last one: a jump from end to start would leak into all frequencies. */
function matchEnds(bins: Float64Array, binsPerCycle: number): Float64Array {
  const mean = (from: number): number => {
    let sum = 0;
    for (let bin = from; bin < from + binsPerCycle; bin += 1) sum += bins[bin] ?? 0;
    return sum / binsPerCycle;
  };
  const span = bins.length - binsPerCycle;
  const slope = (mean(span) - mean(0)) / span;
  const level = bins.map((value, bin) => value - slope * bin);
  const center = meanOf(level);
  return level.map((value) => value - center);
}

function fitPowerLaw(points: readonly { readonly x: number; readonly y: number }[]): (cycle: number) => number {
  const first = fitLine(points);
  const kept = points.filter(({ x, y }) => y - first(x) < MAX_LOG_EXCESS);
  const line = kept.length >= points.length / 2 ? fitLine(kept) : first;
  return (cycle) => Math.exp(line(Math.log(cycle)) + EULER_GAMMA);
}

function fitLine(points: readonly { readonly x: number; readonly y: number }[]): (x: number) => number {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  const variance = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  // Noise is never blue here, and redder than 1/f⁴ only by chance.
  const slope = Math.min(0, Math.max(-4, variance === 0 ? 0 : covariance / variance));
  return (x) => meanY + slope * (x - meanX);
}
