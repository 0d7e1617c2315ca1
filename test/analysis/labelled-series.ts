/** Series whose season, slope and shifts are known: what the analysis is scored against. */
import type { Datapoint } from '../../lib/domain/metrics/series-analysis/grid.ts';
import { createRandom, type Random } from './random.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const START_EPOCH_MS = Date.parse('2026-02-01T00:00:00Z');

export interface LabelledSeries {
  readonly name: string;
  readonly stepMs: number;
  readonly points: readonly Datapoint[];
  /** Fundamental periods; none for a series without season. */
  readonly periodsMs: readonly number[];
  readonly slopePerDay?: number;
  readonly shiftsEpochMs?: readonly number[];
}

const CYCLES_MS = [15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, DAY_MS, 7 * DAY_MS];
const PAIRS_MS: readonly (readonly [number, number])[] = [
  [HOUR_MS, DAY_MS],
  [DAY_MS, 7 * DAY_MS],
  [15 * MINUTE_MS, 6 * HOUR_MS],
  [6 * HOUR_MS, 7 * DAY_MS],
  [15 * MINUTE_MS, DAY_MS],
];

interface Window {
  readonly stepMs: number;
  readonly length: number;
}

const FOUR_WEEKS: Window = { stepMs: 5 * MINUTE_MS, length: 28 * 288 };
const WINDOWS: readonly Window[] = [
  FOUR_WEEKS,
  { stepMs: 5 * MINUTE_MS, length: Math.round(24.3 * 288) },
  { stepMs: MINUTE_MS, length: 14 * 1_440 },
  { stepMs: MINUTE_MS, length: 3 * 1_440 },
  { stepMs: 60 * MINUTE_MS, length: 90 * 24 },
];

/** Shapes with mean 0 and variance 1 over a phase of 0 … 1. */
const SHAPES: Readonly<Record<string, (phase: number) => number>> = {
  sine: (phase) => Math.SQRT2 * Math.sin(2 * Math.PI * phase),
  square: (phase) => (phase < 0.5 ? 1 : -1),
  saw: (phase) => Math.sqrt(12) * (phase - 0.5),
  // Two peaks a cycle, one of them lower.
  humps: (phase) => Math.cos(2 * Math.PI * phase) + Math.cos(4 * Math.PI * phase + 1),
  pulse: (phase) => (phase < 0.25 ? Math.sqrt(3) : -1 / Math.sqrt(3)),
  spike: (phase) => (phase < 1 / 12 ? Math.sqrt(11) : -1 / Math.sqrt(11)),
};
/** With three samples a cycle all shapes are alike. */
const MIN_SAMPLES_FOR_SHAPE = 12;

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random.uniform() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

type Noise = (length: number) => Float64Array;

function autoregressive(random: Random, phi: number): Noise {
  return (length) => {
    let value = random.normal();
    const step = Math.sqrt(1 - phi * phi);
    return Float64Array.from({ length }, () => {
      value = phi * value + step * random.normal();
      return value;
    });
  };
}

function randomWalk(random: Random): Noise {
  return (length) => {
    let value = 0;
    return Float64Array.from({ length }, () => {
      value += random.normal();
      return value;
    });
  };
}

const GAP_KINDS = ['none', 'one', 'single', 'stretches'] as const;

/** Gaps of 0, one datapoint, or 1–30 %, in stretches or single. */
function punchHoles(random: Random, points: readonly Datapoint[]): Datapoint[] {
  const kind = pick(random, GAP_KINDS);
  if (kind === 'none') return [...points];
  if (kind === 'one') {
    const at = 1 + Math.floor(random.uniform() * (points.length - 2));
    return points.filter((_, index) => index !== at);
  }
  const share = 0.01 + 0.29 * random.uniform();
  const longest = kind === 'single' ? 1 : points.length * 0.03;
  const missing = new Set<number>();
  while (missing.size < share * points.length) {
    const from = Math.floor(random.uniform() * points.length);
    const length = 1 + Math.floor(random.uniform() * (longest - 1));
    for (let index = from; index < Math.min(points.length, from + length); index += 1) missing.add(index);
  }
  return points.filter((_, index) => !missing.has(index));
}

function addSpikes(random: Random, values: Float64Array): void {
  const count = Math.ceil(values.length * 0.002);
  for (let spike = 0; spike < count; spike += 1) {
    const at = Math.floor(random.uniform() * values.length);
    values[at] = (values[at] ?? 0) + 20 + 40 * random.uniform();
  }
}

function toPoints(values: Float64Array, stepMs: number): Datapoint[] {
  return Array.from(values, (value, index) => ({ epochMs: START_EPOCH_MS + index * stepMs, value }));
}

/** Signal-to-noise 1–10, any shape, phase, trend, shift, gaps and spikes. */
export function makeSeasonal(seed: number): LabelledSeries {
  const random = createRandom(seed);
  const periodsMs = random.uniform() < 0.3 ? pick(random, PAIRS_MS) : [pick(random, CYCLES_MS)];
  const longestMs = Math.max(...periodsMs);
  const fitting = WINDOWS.filter(
    ({ stepMs, length }) => length * stepMs >= 3 * longestMs && Math.min(...periodsMs) >= 3 * stepMs,
  );
  const window = pick(random, fitting);
  const { stepMs, length } = window;
  const ratio = 1 + 9 * random.uniform() ** 2;
  const shapes: string[] = [];
  const amplitude = Math.sqrt(ratio / periodsMs.length);
  const signal = new Float64Array(length);
  for (const periodMs of periodsMs) {
    const isShaped = periodMs >= MIN_SAMPLES_FOR_SHAPE * stepMs && periodsMs.length === 1;
    const shape = isShaped ? pick(random, Object.keys(SHAPES)) : 'sine';
    shapes.push(shape);
    const offset = random.uniform();
    for (let index = 0; index < length; index += 1) {
      const phase = ((index * stepMs) / periodMs + offset) % 1;
      signal[index] = (signal[index] ?? 0) + amplitude * (SHAPES[shape]?.(phase) ?? 0);
    }
  }
  const phi = pick(random, [0, 0, 0.6]);
  const noise = autoregressive(random, phi)(length);
  const trend = pick(random, [0, 0, 3 * random.normal()]);
  const shift = pick(random, [0, 0, 3 * random.normal()]);
  const shiftAt = Math.floor((0.2 + 0.6 * random.uniform()) * length);
  const values = signal.map(
    (value, index) => 100 + value + (noise[index] ?? 0) + (trend * index) / length + (index >= shiftAt ? shift : 0),
  );
  if (random.uniform() < 0.25) addSpikes(random, values);
  const name = `${periodsMs.map((ms, index) => `${ms / HOUR_MS}h ${shapes[index]}`).join(' + ')}, ${(length * stepMs) / DAY_MS} d, snr ${ratio.toFixed(1)}, phi ${phi}, rise ${trend.toFixed(1)}, jump ${shift.toFixed(1)}`;
  return { name, stepMs, points: punchHoles(random, toPoints(values, stepMs)), periodsMs };
}

/** No season: noise of every kind, counters, constants, trends and shifts. */
export function makeUnseasonal(seed: number): LabelledSeries {
  const random = createRandom(seed);
  const { stepMs, length } = pick(random, WINDOWS);
  const kinds: Readonly<Record<string, () => Float64Array>> = {
    white: () => autoregressive(random, 0)(length),
    'AR(0.6)': () => autoregressive(random, 0.6)(length),
    'AR(0.9)': () => autoregressive(random, 0.9)(length),
    'AR(0.99)': () => autoregressive(random, 0.99)(length),
    'AR(0.995)': () => autoregressive(random, 0.995)(length),
    'random walk': () => randomWalk(random)(length),
    'sparse counter': () => Float64Array.from({ length }, () => random.poisson(0.02)),
    counter: () => Float64Array.from({ length }, () => random.poisson(3)),
    constant: () => new Float64Array(length).fill(42),
    'shifted noise': () => autoregressive(random, 0)(length).map((value, at) => value + (at > length * 0.6 ? 6 : 0)),
    'trending noise': () => autoregressive(random, 0.3)(length).map((value, at) => value + (8 * at) / length),
    'heavy tails': () => autoregressive(random, 0)(length).map((value) => Math.exp(1.5 * value)),
    spikes: () => {
      const values = autoregressive(random, 0)(length);
      addSpikes(random, values);
      return values;
    },
  };
  const kind = pick(random, Object.keys(kinds));
  const values = kinds[kind]?.() ?? new Float64Array(length);
  let points = punchHoles(random, toPoints(values, stepMs));
  // Metrics of errors are often published only when something happens.
  if (kind === 'sparse counter' && random.uniform() < 0.5) points = points.filter(({ value }) => value > 0);
  return { name: `${kind}, ${(length * stepMs) / DAY_MS} d`, stepMs, points, periodsMs: [] };
}

/** A known slope in white or AR(≤ 0.6) noise, half of them with a daily season. */
export function makeTrending(seed: number): LabelledSeries {
  const random = createRandom(seed);
  const { stepMs, length } = pick(random, WINDOWS);
  const phi = pick(random, [0, 0.3, 0.6]);
  const noise = autoregressive(random, phi)(length);
  const days = (length * stepMs) / DAY_MS;
  const rise = pick(random, [0, 0.05, 0.5, 3, -10]);
  const amplitude = pick(random, [0, 2]);
  const values = noise.map(
    (value, index) =>
      50 + value + (rise * index) / length + amplitude * Math.sin((2 * Math.PI * index * stepMs) / DAY_MS),
  );
  return {
    name: `rise ${rise}, phi ${phi}, season ${amplitude}, ${days} d`,
    stepMs,
    points: punchHoles(random, toPoints(values, stepMs)),
    periodsMs: amplitude === 0 ? [] : [DAY_MS],
    slopePerDay: rise / days,
  };
}

/** One or two jumps of 3–8 standard deviations of the noise, some with a season or a slope. */
export function makeShifted(seed: number): LabelledSeries {
  const random = createRandom(seed);
  const { stepMs, length } = pick(random, WINDOWS);
  const noise = autoregressive(random, pick(random, [0, 0, 0.3]))(length);
  const amplitude = pick(random, [0, 2]);
  const slope = pick(random, [0, 0, 2]);
  const places = pick(random, [
    [0.15 + 0.7 * random.uniform()],
    [0.2 + 0.2 * random.uniform(), 0.6 + 0.2 * random.uniform()],
  ]);
  const starts = places.map((share) => Math.floor(share * length));
  const sizes = starts.map(() => (3 + 5 * random.uniform()) * (random.uniform() < 0.5 ? -1 : 1));
  const values = noise.map((value, index) => {
    const jumps = starts.reduce((sum, start, at) => sum + (index >= start ? (sizes[at] ?? 0) : 0), 0);
    const season = amplitude * Math.sin((2 * Math.PI * index * stepMs) / DAY_MS);
    return 200 + value + jumps + season + (slope * index) / length;
  });
  return {
    name: `jumps ${sizes.map((size) => size.toFixed(1)).join(', ')}, slope ${slope}, season ${amplitude}, ${(length * stepMs) / DAY_MS} d`,
    stepMs,
    points: toPoints(values, stepMs),
    periodsMs: amplitude === 0 ? [] : [DAY_MS],
    shiftsEpochMs: starts.map((start) => START_EPOCH_MS + start * stepMs),
  };
}
