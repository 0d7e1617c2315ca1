/** The first time at which a series leaves what is usual for it. Pure. */
import { medianOf, quantileOf, robustSigma } from '../metrics/series-analysis/robust.ts';
import { finite } from './grid.ts';

export interface ShiftQuestion {
  /** One value a period, NaN where there is no datapoint. */
  readonly values: Float64Array;
  /** Levels at the same times of earlier days, in any scale: only their course counts. */
  readonly earlier: readonly Float64Array[];
  /** Values before it tell what is usual. */
  readonly usualEnd: number;
  /** Whether it counts things: counts scatter by their root (Poisson). */
  readonly isCount: boolean;
  /** Standard deviations that two values in a row must be away. */
  readonly bar: number;
}

export interface Shift {
  /** Of the first unusual value. */
  readonly index: number;
  /** Of the first value that is usual again for good; undefined = it still is unusual. */
  readonly endIndex?: number;
  /** Usual level, and the typical one since. */
  readonly before: number;
  readonly after: number;
  /** Standard deviations by which the typical value is away, at most 1,000. */
  readonly deviations: number;
  readonly direction: 'up' | 'down' | 'stopped' | 'began';
}

/** Fewer values do not tell what is usual. */
const MIN_USUAL = 8;
/** A series with less has datapoints only when something happens: where there is none, nothing did. */
const DENSE = 0.7;
/** Smaller changes are of no interest however sure they are. */
const MIN_EFFECT = 0.12;
/** Part of the bar from which on values before and after belong to the shift. */
const EDGE = 0.5;
/** So many usual values in a row end it. */
const CALM = 5;
/** Values that tell the level since. */
const LEVEL_VALUES = 30;
/** A season moves a level by no more within some hours. */
const MAX_DRIFT = 4;
const MAX_DEVIATIONS = 1_000;
const HALF = 0.5;

export function findShift(question: ShiftQuestion): Shift | undefined {
  const { values, usualEnd, isCount } = question;
  const present = finite(values.subarray(0, usualEnd));
  const density = usualEnd === 0 ? 0 : present.length / usualEnd;
  const isDense = density >= DENSE;
  if (!isDense && !isCount) return present.length >= MIN_USUAL ? undefined : findBegin(question, present.length);
  // A counter that pauses now and then counts nothing meanwhile; any other series that pauses has stopped.
  const isSteady = isDense && !(isCount && isByChance(present, values, usualEnd));
  const stopped = isSteady ? findStop(question, present) : undefined;
  if (usualEnd < MIN_USUAL) return stopped;
  const departure = findDeparture(isCount ? withZeros(question, isSteady) : question);
  // What stopped may have failed more and more before.
  if (stopped !== undefined) return departure !== undefined && departure.index < stopped.index ? departure : stopped;
  return departure ?? (isSteady ? findGap(question, present) : undefined);
}

/** How far values of `series` are from what is usual, in standard deviations; NaN where there is none. */
function findDeparture(question: ShiftQuestion): Shift | undefined {
  const { values, usualEnd, isCount, bar } = question;
  const expected = expect(question);
  const sigma = spreadOf(question, expected);
  // What is counted in whole ones may lie half a one beside its level.
  const resolution = finite(values).every(Number.isInteger) ? HALF : 0;
  const z = values.map((value, index) => {
    const level = expected[index] ?? 0;
    const floor = isCount ? Math.sqrt(Math.max(1, level)) : Math.max(resolution, 0.01 * Math.abs(level));
    const deviation = (value - level) / Math.max(sigma, floor, Number.MIN_VALUE);
    return Math.abs(value - level) < MIN_EFFECT * Math.abs(level)
      ? Math.sign(deviation) * Math.min(1, Math.abs(deviation))
      : deviation;
  });
  const start = firstPair(z, usualEnd, bar);
  if (start === undefined) return undefined;
  const sign = Math.sign(z[start] ?? 0);
  let index = start;
  while (index > usualEnd && sign * (z[index - 1] ?? 0) >= bar * EDGE) index -= 1;
  const endIndex = findCalm(z, start + 1, bar * EDGE, sign);
  const since = finite(values.subarray(start, Math.min(endIndex ?? values.length, start + LEVEL_VALUES)));
  const away = finite(z.subarray(start, Math.min(endIndex ?? z.length, start + LEVEL_VALUES)));
  return {
    index,
    ...(endIndex !== undefined && { endIndex }),
    before: expected[start] ?? 0,
    after: medianOf(since),
    deviations: Math.min(MAX_DEVIATIONS, Math.abs(medianOf(away))),
    direction: sign > 0 ? 'up' : 'down',
  };
}

function firstPair(z: Float64Array, from: number, bar: number): number | undefined {
  let last: { readonly index: number; readonly sign: number } | undefined;
  for (let index = from; index < z.length; index += 1) {
    const value = z[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const sign = Math.abs(value) >= bar ? Math.sign(value) : 0;
    if (sign !== 0 && last?.sign === sign) return last.index;
    last = { index, sign };
  }
  return undefined;
}

function findCalm(z: Float64Array, from: number, bar: number, sign: number): number | undefined {
  let calm = 0;
  for (let index = from; index < z.length; index += 1) {
    if (Number.isNaN(z[index] ?? Number.NaN)) continue;
    calm = sign * (z[index] ?? 0) < bar ? calm + 1 : 0;
    if (calm === CALM) return index - CALM + 1;
  }
  return undefined;
}

/** The level before, moved as the same hours of earlier days moved: by the least of them, so that one odd day moves nothing. */
function expect({ values, earlier, usualEnd }: ShiftQuestion): Float64Array {
  const level = medianOf(finite(values.subarray(0, usualEnd)));
  const drifts = earlier.flatMap((day) => {
    const present = finite(day.subarray(0, usualEnd));
    const base = present.length < MIN_USUAL ? 0 : medianOf(present);
    return base > 0 ? [day.map((value) => value / base)] : [];
  });
  return values.map((_, index) => {
    const known = drifts.map((drift) => drift[index] ?? Number.NaN).filter((drift) => drift > 0);
    const least = known.reduce(
      (best, drift) => (Math.abs(Math.log(drift)) < Math.abs(Math.log(best)) ? drift : best),
      known[0] ?? 1,
    );
    return level * Math.min(MAX_DRIFT, Math.max(1 / MAX_DRIFT, least));
  });
}

/** Today's scatter around what is expected. */
function spreadOf({ values, usualEnd }: ShiftQuestion, expected: Float64Array): number {
  const residuals = finite(values.subarray(0, usualEnd).map((value, index) => value - (expected[index] ?? 0)));
  return Math.max(robustSigma(residuals, 0), tailSigma(residuals));
}

/** The 95th percentile of the distances as a normal distribution has it: for series of which most values are equal. */
function tailSigma(residuals: Float64Array): number {
  return quantileOf(residuals.map(Math.abs).sort(), 0.95) / 1.96;
}

/** Logarithm of how unlikely a pause must be to be no chance: 6 in a million. */
const CHANCE = 12;

/** A counter is silent where there is nothing to count: whether so long a silence at the end is to be expected now and then. */
function isByChance(present: Float64Array, values: Float64Array, usualEnd: number): boolean {
  const missing = values.length - 1 - values.findLastIndex((value) => !Number.isNaN(value));
  const silent = (usualEnd - present.length + 1) / (usualEnd + 2);
  return missing > 0 && -Math.log(silent) * missing < CHANCE;
}

/** Datapoints came all the time, and then none came any more. */
function findStop({ values, usualEnd }: ShiftQuestion, present: Float64Array): Shift | undefined {
  if (present.length < MIN_USUAL) return undefined;
  const last = values.findLastIndex((value) => !Number.isNaN(value));
  if (values.length - 1 - last < longestPause(usualEnd, present) || last + 1 < usualEnd) return undefined;
  return toStop(last + 1, present);
}

/** The same for a while. */
function findGap({ values, usualEnd }: ShiftQuestion, present: Float64Array): Shift | undefined {
  if (present.length < MIN_USUAL) return undefined;
  const least = longestPause(usualEnd, present);
  let begin = usualEnd;
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    if (index - begin >= least && index > usualEnd) return { ...toStop(begin, present), endIndex: index };
    begin = Math.max(usualEnd, index + 1);
  }
  return undefined;
}

/** So many periods without a datapoint are no chance. */
function longestPause(usualEnd: number, present: Float64Array): number {
  return Math.max(3, 2 * Math.ceil(usualEnd / present.length));
}

function toStop(index: number, present: Float64Array): Shift {
  return { index, before: medianOf(present), after: 0, deviations: MAX_DEVIATIONS, direction: 'stopped' };
}

/** A series that was not there before. */
function findBegin({ values, usualEnd }: ShiftQuestion, known: number): Shift | undefined {
  const since = finite(values.subarray(usualEnd));
  const index = values.findIndex((value, at) => at >= usualEnd && !Number.isNaN(value));
  if (known > 0 || since.length < MIN_USUAL || index <= usualEnd) return undefined;
  return { index, before: 0, after: medianOf(since), deviations: MIN_USUAL, direction: 'began' };
}

/** @param isSteady it may have begun later, and its newest datapoints may not have come yet */
function withZeros(question: ShiftQuestion, isSteady: boolean): ShiftQuestion {
  const isKnown = (value: number) => !Number.isNaN(value);
  const fill = (values: Float64Array, from = 0, until = values.length) =>
    values.map((value, index) => (isKnown(value) || index < from || index > until ? value : 0));
  const { values, earlier } = question;
  const [first, last] = isSteady ? [values.findIndex(isKnown), values.findLastIndex(isKnown)] : [];
  return { ...question, values: fill(values, first, last), earlier: earlier.map((day) => fill(day)) };
}
