/** Periods that stand out of the spectrum of a series, however red its noise. Pure. */
import { powerSpectrum } from './power-spectrum.ts';
import { meanOf, medianOf } from './robust.ts';

/** Below so many cycles the neighbourhood of a line is too small to judge it by; see `judgeLongCycle`. */
export const MIN_SPECTRAL_CYCLES = 16;
/** A cycle has at least 2.5 samples. */
const MAX_FREQUENCY = 0.4;
/**
 * Power over local background. Noise is distributed exponentially, so one of 10,000 frequencies passes with
 * 10⁴ · e⁻²⁰ = 2·10⁻⁵; the rest of the margin is for the background, which is an estimate.
 */
const MIN_RATIO = 20;
/** Cheap first look, against the mean of the neighbourhood with the line in it. */
const FIRST_LOOK_RATIO = 3;
/** The main lobe of the Hann window reaches 2 frequency steps to each side; the rest of them leak no more. */
const LOBE_STEPS = 3;
const MAX_REACH_STEPS = 24;
const MIN_REACH_STEPS = 8;
/** What stands closer to a stronger line is its own flank. */
const SEPARATION_STEPS = 4;
const MAX_LINES = 300;

export interface Line {
  /** Cycles per sample. */
  readonly frequency: number;
  /** Variance of the sine. */
  readonly energy: number;
}

/** Lines in order of their energy. The Hann window keeps slow wandering from leaking into other frequencies. */
export function findLines(series: Float64Array): Line[] {
  const { length } = series;
  const size = 2 ** Math.ceil(Math.log2(1.5 * length));
  const powers = powerSpectrum(applyHann(series), size);
  const binsPerStep = size / length;
  const sums = new Float64Array(powers.length + 1);
  for (let bin = 0; bin < powers.length; bin += 1) sums[bin + 1] = (sums[bin] ?? 0) + (powers[bin] ?? 0);
  const reachBins = Math.round(MAX_REACH_STEPS * binsPerStep);
  const peaks: { bin: number; power: number }[] = [];
  const last = Math.floor(MAX_FREQUENCY * size);
  for (let bin = Math.floor((MIN_SPECTRAL_CYCLES - 0.5) * binsPerStep); bin <= last; bin += 1) {
    const power = powers[bin] ?? 0;
    if (power <= (powers[bin - 1] ?? 0) || power < (powers[bin + 1] ?? 0)) continue;
    const from = Math.max(1, bin - reachBins);
    const to = Math.min(powers.length, bin + reachBins + 1);
    const mean = ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
    if (power < FIRST_LOOK_RATIO * mean) continue;
    if (power >= MIN_RATIO * background(powers, bin, binsPerStep)) peaks.push({ bin, power });
  }
  peaks.sort((a, b) => b.power - a.power);
  const lines: Line[] = [];
  for (const { bin, power } of peaks) {
    const frequency = (bin + vertex(powers, bin)) / size;
    if (lines.some((line) => Math.abs(line.frequency - frequency) * length < SEPARATION_STEPS)) continue;
    // A sine of amplitude A gives (A · length / 4)²: the Hann window sums to half the length.
    lines.push({ frequency, energy: (8 * power) / length ** 2 });
    if (lines.length === MAX_LINES) break;
  }
  return lines;
}

function applyHann(series: Float64Array): Float64Array {
  const { length } = series;
  const mean = meanOf(series);
  const turn = (2 * Math.PI) / length;
  const tapered = new Float64Array(length);
  for (let index = 0; index < length; index += 1) {
    tapered[index] = ((series[index] ?? 0) - mean) * (0.5 - 0.5 * Math.cos(turn * (index + 0.5)));
  }
  return tapered;
}

/** Mean power of the noise around a line: the median of both sides, which are as wide as the spectrum is locally even. */
function background(powers: Float64Array, bin: number, binsPerStep: number): number {
  const near = Math.ceil(LOBE_STEPS * binsPerStep);
  const reachSteps = Math.min(MAX_REACH_STEPS, Math.max(MIN_REACH_STEPS, bin / binsPerStep / 2));
  const far = Math.ceil(reachSteps * binsPerStep);
  const around = new Float64Array(2 * (far - near + 1));
  let count = 0;
  for (let distance = near; distance <= far; distance += 1) {
    for (const at of [bin - distance, bin + distance]) {
      if (at < 1 || at >= powers.length) continue;
      around[count] = powers[at] ?? 0;
      count += 1;
    }
  }
  // The median of an exponential distribution is ln 2 of its mean.
  return medianOf(around.subarray(0, count)) / Math.LN2 + Number.MIN_VALUE;
}

/** Where between its neighbours a peak stands, −0.5 … 0.5. */
function vertex(powers: Float64Array, bin: number): number {
  const log = (at: number): number => Math.log((powers[at] ?? 0) + Number.MIN_VALUE);
  const curvature = log(bin - 1) - 2 * log(bin) + log(bin + 1);
  const shift = curvature === 0 ? 0 : (log(bin - 1) - log(bin + 1)) / (2 * curvature);
  return Math.min(0.5, Math.max(-0.5, shift));
}
