/** Small series of the kinds that the parts of the analysis tell apart. */
import type { Grid } from '../../lib/domain/metrics/series-analysis/grid.ts';
import { createRandom, type Random } from './random.ts';

/** 2026-02-06, a Friday. */
const START_EPOCH_MS = 1_770_336_000_000;

type Values = (length: number, random: Random) => readonly number[];

const of =
  (valueAt: (index: number, length: number, random: Random) => number): Values =>
  (length, random) =>
    Array.from({ length }, (_, index) => valueAt(index, length, random));

function walk(length: number, random: Random): number[] {
  let at = 0;
  return Array.from({ length }, () => (at += random.normal()));
}

/** Two states, each for a while. */
function telegraph(length: number, random: Random): number[] {
  let isOn = false;
  return Array.from({ length }, () => {
    if (random.uniform() < 0.2) isOn = !isOn;
    return (isOn ? 40 : 2) + random.normal();
  });
}

/** Whole numbers among them: only they are equal, and lie on limits. */
const KINDS = {
  constant: of(() => 3),
  'two values': of((index) => index % 2),
  'whole numbers': of((_index, _length, random) => Math.floor(5 * random.uniform())),
  'nearly always 0': of((_index, _length, random) => Math.floor(random.uniform() * 1.06)),
  noise: of((_index, _length, random) => random.normal()),
  'positive noise': of((_index, _length, random) => Math.exp(random.normal())),
  line: of((index) => 2 * index - 7),
  slope: of((index, _length, random) => 0.1 * index + random.normal()),
  step: of((index, length, random) => (index < 0.6 * length ? 0 : 9) + random.normal()),
  'whole step': of((index, length, random) => (index < length / 2 ? 0 : 8) + Math.floor(3 * random.uniform())),
  'late step': of((index, length, random) => (index < length - 4 ? 20 : 8) + random.normal()),
  'step and back': of((index, length, random) => (Math.abs(index / length - 0.4) < 0.1 ? 15 : 1) + random.normal()),
  walk,
  spikes: of((index, _length, random) => random.normal() + (index % 37 === 20 ? 30 * ((index % 2) - 0.5) : 0)),
  wave: of((index, _length, random) => 4 * Math.sin((2 * Math.PI * index) / 12) + 0.3 * random.normal()),
  pulses: of((index, _length, random) => (index % 12 === 5 ? 9 : 0) + 0.1 * random.normal()),
  states: telegraph,
  'whole states': of((index) => (index % 11 < 3 ? 7 : index % 2)),
  accelerating: of((index, length, random) => Math.exp((4 * index) / length) + 0.1 * random.normal()),
  saturating: of((index, length, random) => Math.min(index, 0.6 * length) + 0.1 * random.normal()),
  wider: of((index, length, random) => random.normal() * (index < 0.7 * length ? 1 : 5)),
  growing: of((index, length, random) => Math.exp(0.2 * random.normal() + index / length)),
} satisfies Readonly<Record<string, Values>>;

type Kind = keyof typeof KINDS;
export const ALL_KINDS = Object.keys(KINDS) as Kind[];

export function valuesOf(kind: Kind, length: number, seed = 1): Float64Array {
  return Float64Array.from(KINDS[kind](length, createRandom(seed)));
}

/** @param missing share of the datapoints that are not there; the first and the last are */
export function gridOf(kind: Kind, length: number, stepMs = 300_000, missing = 0, seed = 1): Grid {
  return toGridOf(valuesOf(kind, length, seed), stepMs, missing);
}

export function toGridOf(values: Float64Array, stepMs = 300_000, missing = 0): Grid {
  const random = createRandom(7);
  const { length } = values;
  const kept = Int32Array.from(values.keys()).filter(
    (index) => index === 0 || index === length - 1 || random.uniform() >= missing,
  );
  return {
    startEpochMs: START_EPOCH_MS,
    stepMs,
    length,
    indices: kept,
    values: values.filter((_, at) => kept.includes(at)),
  };
}
