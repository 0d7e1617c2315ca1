/** Series as they look around an incident, with what is to be said of them: steps in traffic, bursts, jobs, gaps, curves. */
import { createRandom, type Random } from './random.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const START_EPOCH_MS = Date.parse('2026-02-02T00:00:00Z');

export interface IncidentSeries {
  readonly name: string;
  readonly stepMs: number;
  readonly points: readonly { readonly epochMs: number; readonly value: number }[];
  /** What happened began here (position on the grid). */
  readonly at?: number;
  /** It was over here. */
  readonly until?: number;
  readonly periodMs?: number;
  readonly slopePerDay?: number;
  /** Half the width of the interval that theory allows with known noise. */
  readonly halfPerDay?: number;
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random.uniform() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

export function toSeries(
  name: string,
  stepMs: number,
  values: ArrayLike<number>,
  more: Omit<IncidentSeries, 'name' | 'stepMs' | 'points'> = {},
): IncidentSeries {
  const points = Array.from(values, (value, index) => ({ epochMs: START_EPOCH_MS + index * stepMs, value }));
  return { name, stepMs, points: points.filter(({ value }) => !Number.isNaN(value)), ...more };
}

/** Requests, bytes, orders: the season, the noise and what happens multiply. */
function makeTraffic(random: Random, days: number, amplitude: number) {
  const stepMs = pick(random, [5 * MINUTE_MS, 5 * MINUTE_MS, HOUR_MS]);
  const length = Math.round((days * DAY_MS) / stepMs);
  const level = 10 ** (1 + 3 * random.uniform());
  const noise = 0.02 + 0.08 * random.uniform();
  const offset = random.uniform();
  const second = 0.4 * random.uniform();
  const hasWeekend = random.uniform() < 0.3;
  const isCounted = random.uniform() < 0.4;
  const normal = (1 + second) * amplitude;
  const valueAt = (index: number, factor = 1): number => {
    const phase = (index * stepMs) / DAY_MS + offset;
    const wave =
      (Math.sin(2 * Math.PI * phase) + second * Math.sin(4 * Math.PI * phase + 1)) * (amplitude / (normal / amplitude));
    const day = Math.floor((index * stepMs) / DAY_MS) % 7;
    const weekend = hasWeekend && day >= 5 ? 0.8 : 1;
    const value = level * (1 + wave) * weekend * factor * Math.exp(noise * random.normal());
    return isCounted ? Math.round(value) : value;
  };
  return {
    stepMs,
    length,
    valueAt,
    name: `±${Math.round(amplitude * 100)} % over ${days} d at ${stepMs / MINUTE_MS} min`,
  };
}

/** A step of × 0.5 … × 3 in seasonal traffic, anywhere but in the first and last tenth. */
export function makeStep(seed: number): IncidentSeries {
  const random = createRandom(seed);
  const days = pick(random, [14, 28]);
  const amplitude = pick(random, [0.3, 0.5]);
  const factor = pick(random, [0.5, 0.7, 1.5, 2, 3]);
  const { stepMs, length, valueAt, name } = makeTraffic(random, days, amplitude);
  const at = Math.floor(length * (0.1 + 0.8 * random.uniform()));
  const values = Array.from({ length }, (_, index) => valueAt(index, index >= at ? factor : 1));
  return toSeries(`× ${factor}, ${name}`, stepMs, values, { at });
}

type Noise = (index: number) => number;

function makeNoise(random: Random): { noise: Noise; name: string } {
  const phi = pick(random, [0, 0, 0.3, 0.6]);
  const step = Math.sqrt(1 - phi * phi);
  let last = random.normal();
  return {
    name: `phi ${phi}`,
    noise: () => {
      last = phi * last + step * random.normal();
      return last;
    },
  };
}

/** Noise or a daily season; the last hour stands `sigmas` standard deviations of the noise higher. */
export function makeHour(seed: number, sigmas: number): IncidentSeries {
  const random = createRandom(seed);
  const stepMs = pick(random, [MINUTE_MS, 5 * MINUTE_MS, 5 * MINUTE_MS]);
  const days = stepMs === MINUTE_MS ? 7 : pick(random, [14, 28]);
  const length = (days * DAY_MS) / stepMs;
  const { noise, name } = makeNoise(random);
  const amplitude = pick(random, [0, 1, 4]);
  const offset = random.uniform();
  // An incident of earlier days, larger than the one asked about.
  const earlier = random.uniform() < 0.4 ? Math.floor(length * (0.2 + 0.5 * random.uniform())) : -1;
  const perHour = HOUR_MS / stepMs;
  const sign = random.uniform() < 0.75 ? 1 : -1;
  const values = Array.from({ length }, (_, index) => {
    const season = amplitude * Math.sin(2 * Math.PI * ((index * stepMs) / DAY_MS + offset));
    const before = earlier >= 0 && index >= earlier && index < earlier + perHour ? 12 : 0;
    return 100 + season + noise(index) + before + (index >= length - perHour ? sign * sigmas : 0);
  });
  return toSeries(
    `last hour ${sign * sigmas} σ, season ${amplitude}, ${name}${earlier >= 0 ? ', earlier incident' : ''}`,
    stepMs,
    values,
    {
      at: length - perHour,
    },
  );
}

/** 21 to 60 daily points with a slope. */
export function makeDaily(seed: number): IncidentSeries {
  const random = createRandom(seed);
  const length = pick(random, [21, 28, 28, 42, 60]);
  const slope = pick(random, [10, 10, -25]);
  const sigma = pick(random, [5, 10, 20]);
  const values = Array.from({ length }, (_, index) => 1_000 + slope * index + sigma * random.normal());
  const spread = (length * (length * length - 1)) / 12;
  return toSeries(`${length} days, ${slope} a day, σ ${sigma}`, DAY_MS, values, {
    slopePerDay: slope,
    halfPerDay: (studentT95(length - 2) * sigma) / Math.sqrt(spread),
  });
}

/** Two-sided 95 % of Student's t (Cornish–Fisher). */
function studentT95(freedom: number): number {
  const z = 1.959964;
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}

const CURVES: Readonly<Record<string, (share: number) => number>> = {
  'ever faster': (share) => Math.expm1(3.5 * share) / Math.expm1(3.5),
  'levels off': (share) => (1 - Math.exp(-4 * share)) / (1 - Math.exp(-4)),
  'ramp then plateau': (share) => Math.min(1, share / 0.55),
  straight: (share) => share,
};
export type CurveKind = 'ever faster' | 'levels off' | 'straight';

/** Smooth curves with little noise, some falling: disks, certificates, connections. */
export function makeCurve(seed: number): IncidentSeries & { readonly curve: CurveKind } {
  const random = createRandom(seed);
  const kind = pick(random, Object.keys(CURVES));
  const [stepMs, length] = pick(random, [
    [DAY_MS, 28],
    [HOUR_MS, 28 * 24],
    [5 * MINUTE_MS, 14 * 288],
  ] as const);
  const sign = random.uniform() < 0.7 ? 1 : -1;
  const noise = 0.004 + 0.016 * random.uniform();
  const values = Array.from(
    { length },
    (_, index) => 1_000 * (2 + sign * (CURVES[kind]?.(index / (length - 1)) ?? 0) + noise * random.normal()),
  );
  const curve = kind === 'ever faster' || kind === 'straight' ? kind : 'levels off';
  return {
    ...toSeries(`${sign < 0 ? 'falling ' : ''}${kind}, ${length} points, noise ${noise.toFixed(3)}`, stepMs, values),
    curve,
  };
}

/** A host that works in bursts: on for 20–90 minutes, off for 40–240; at last it stops, triples or stays on. */
export function makeBursts(seed: number, event: 'none' | 'stop' | 'triple' | 'stuck'): IncidentSeries {
  const random = createRandom(seed);
  const stepMs = 5 * MINUTE_MS;
  const length = 14 * 288;
  const [low, high] = pick(random, [
    [2, 80],
    [1e3, 9e6],
    [0, 500],
  ] as const);
  const at = length - Math.floor((30 + 18 * random.uniform()) * 12);
  const values = new Float64Array(length);
  const long = pick(random, [8, 18]);
  for (let index = 0; index < length; ) {
    const off = Math.round((long * (0.5 + 2 * random.uniform())) / 1);
    const on = Math.round(long * (0.3 + 0.7 * random.uniform()));
    for (let count = 0; count < off && index < length; count += 1) values[index++] = low * (1 + 0.1 * random.normal());
    for (let count = 0; count < on && index < length; count += 1) values[index++] = high * (1 + 0.1 * random.normal());
  }
  for (let index = at; index < length; index += 1) {
    const value = values[index] ?? 0;
    if (event === 'stop') values[index] = low * (1 + 0.1 * random.normal());
    if (event === 'stuck') values[index] = high * (1 + 0.1 * random.normal());
    if (event === 'triple' && value > (low + high) / 2) values[index] = 3 * value;
  }
  return toSeries(`bursts ${low}/${high}, ${event}`, stepMs, values, event === 'none' ? {} : { at });
}

/** A job once a day within 40 minutes; nothing else happens, or it did not come today. */
export function makeJob(seed: number, event: 'none' | 'missing'): IncidentSeries {
  const random = createRandom(seed);
  const stepMs = 5 * MINUTE_MS;
  const days = pick(random, [14, 21, 28]);
  const length = days * 288;
  const base = 50;
  const size = base * (1 + 4 * random.uniform());
  const from = Math.floor(random.uniform() * 240);
  const values = Array.from({ length }, () => base + 3 * random.normal());
  for (let day = 0; day < days - (event === 'missing' ? 1 : 0); day += 1) {
    const at = day * 288 + from + Math.floor(8 * random.uniform());
    const lasts = 2 + Math.floor(4 * random.uniform());
    for (let index = at; index < Math.min(length, at + lasts); index += 1) values[index] = (values[index] ?? 0) + size;
  }
  return toSeries(`daily job of +${size.toFixed(0)} within 40 min, ${days} d, ${event}`, stepMs, values, {
    periodMs: DAY_MS,
  });
}

/** The same mean, but from a time on it swings two to four times as far. */
export function makeSpread(seed: number): IncidentSeries {
  const random = createRandom(seed);
  const stepMs = pick(random, [5 * MINUTE_MS, HOUR_MS]);
  const length = (14 * DAY_MS) / stepMs;
  const { noise, name } = makeNoise(random);
  const at = Math.floor(length * (0.2 + 0.6 * random.uniform()));
  const factor = pick(random, [0.3, 2.5, 4]);
  const amplitude = pick(random, [0, 3]);
  const values = Array.from(
    { length },
    (_, index) =>
      200 + amplitude * Math.sin((2 * Math.PI * index * stepMs) / DAY_MS) + noise(index) * (index >= at ? factor : 1),
  );
  return toSeries(`spread × ${factor}, season ${amplitude}, ${name}`, stepMs, values, { at });
}

/** A daily season of which a part is missing, in single datapoints or in stretches of up to six hours. */
export function makeGappy(seed: number, share: number): IncidentSeries {
  const random = createRandom(seed);
  const { stepMs, length, valueAt, name } = makeTraffic(random, 14, pick(random, [0.3, 0.5]));
  const values = Array.from({ length }, (_, index) => valueAt(index));
  const longest = random.uniform() < 0.5 ? 1 : Math.round((6 * HOUR_MS) / stepMs);
  let missing = 0;
  while (missing < share * length) {
    const from = Math.floor(random.uniform() * length);
    const count = 1 + Math.floor(random.uniform() * longest);
    for (let index = from; index < Math.min(length, from + count) && missing < share * length; index += 1) {
      if (Number.isNaN(values[index])) continue;
      values[index] = Number.NaN;
      missing += 1;
    }
  }
  return toSeries(`${share * 100} % missing in stretches of up to ${longest}, ${name}`, stepMs, values, {
    periodMs: DAY_MS,
  });
}

/** Nothing happens: traffic, noise, counters, gauges, slow wander. */
export function makeQuiet(seed: number, days = 10): IncidentSeries {
  const random = createRandom(seed);
  const stepMs = 5 * MINUTE_MS;
  const length = days * 288;
  const kind = pick(random, ['traffic', 'noise', 'counter', 'skewed', 'wander', 'bursts', 'job'] as const);
  if (kind === 'traffic') {
    const { stepMs: traffic, length: count, valueAt, name } = makeTraffic(random, days, pick(random, [0.3, 0.5]));
    return toSeries(
      `quiet ${name}`,
      traffic,
      Array.from({ length: count }, (_, index) => valueAt(index)),
    );
  }
  if (kind === 'bursts') return makeBursts(seed, 'none');
  if (kind === 'job') return makeJob(seed, 'none');
  const phi = kind === 'wander' ? 0.995 : 0.3;
  let last = random.normal();
  const values = Array.from({ length }, () => {
    last = phi * last + Math.sqrt(1 - phi * phi) * random.normal();
    if (kind === 'counter') return random.poisson(2);
    return kind === 'skewed' ? Math.exp(0.6 * last) * 100 : 100 + last;
  });
  return toSeries(`quiet ${kind}`, stepMs, values);
}
