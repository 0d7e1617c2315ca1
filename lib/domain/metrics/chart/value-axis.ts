/** Range and ticks of a vertical axis. Safe for any finite numbers up to 1e300. Pure. */
import { axisFactor } from './format-measure.ts';

/** Values that reach up from below this part of the highest are shown from zero. */
const ZERO_SHARE = 0.65;
const PADDING_SHARE = 0.08;
/** A threshold that would press the data into less than this part of the height is named at the edge instead. */
const MIN_DATA_SHARE = 0.2;
const NICE = [1, 2, 2.5, 5];
const MAX_TICKS = 50;

export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** @param low and `high` of the data in view; undefined without any */
export function chooseRange(
  low: number | undefined,
  high: number | undefined,
  thresholds: readonly number[],
  unit: string,
): ValueRange {
  const reach = includeThresholds(low, high, thresholds);
  if (reach === undefined) return unit === 'Percent' ? { min: 0, max: 100 } : { min: 0, max: 1 };
  const { min, max } = fromZero(reach);
  const range = min === max ? widen(min) : pad({ min, max });
  // A share of a whole does not go beyond it.
  return unit === 'Percent' && max <= 100 ? { min: range.min, max: Math.min(range.max, 100) } : range;
}

/** Not beyond zero. */
function pad({ min, max }: ValueRange): ValueRange {
  const padding = (max - min) * PADDING_SHARE;
  return { min: min === 0 ? 0 : min - padding, max: max === 0 ? 0 : max + padding };
}

function fromZero({ min, max }: ValueRange): ValueRange {
  if (min >= 0 && min <= max * ZERO_SHARE) return { min: 0, max };
  return max <= 0 && max >= min * ZERO_SHARE ? { min, max: 0 } : { min, max };
}

function includeThresholds(
  low: number | undefined,
  high: number | undefined,
  thresholds: readonly number[],
): ValueRange | undefined {
  if (low === undefined || high === undefined) {
    return thresholds.length === 0 ? undefined : { min: Math.min(0, ...thresholds), max: Math.max(0, ...thresholds) };
  }
  let reach = { min: low, max: high };
  const data = fromZero(reach);
  const height = data.max - data.min === 0 ? Math.abs(data.max) || 1 : data.max - data.min;
  for (const value of [...thresholds].sort((a, b) => Math.abs(a - high) - Math.abs(b - high))) {
    const next = { min: Math.min(reach.min, value), max: Math.max(reach.max, value) };
    if (next.max - next.min <= height / MIN_DATA_SHARE) reach = next;
  }
  return reach;
}

/** Around a constant. */
function widen(value: number): ValueRange {
  if (value === 0) return { min: 0, max: 1 };
  const room = Math.abs(value) / 2;
  return { min: value - room, max: value + room };
}

/** Round numbers of the unit that the axis will be labelled in, at least `smallest`, ascending. */
export function listIncrements({ min, max }: ValueRange, smallest: number, unit: string): number[] {
  const factor = axisFactor(Math.max(Math.abs(min), Math.abs(max)), unit);
  const scaled = smallest / factor;
  if (!(scaled > 0) || !Number.isFinite(scaled)) return [1];
  const power = Math.floor(Math.log10(scaled));
  return [power, power + 1].flatMap((exponent) =>
    NICE.map((part) => factor * Number(`${part}e${exponent}`)).filter((step) => step >= smallest),
  );
}

/** The multiples of the increment inside the range. */
export function splitAxis({ min, max }: ValueRange, increment: number): number[] {
  const first = Math.ceil(min / increment - 1e-9);
  const count = Math.floor(max / increment + 1e-9) - first + 1;
  if (!(increment > 0) || !(count > 0)) return [];
  return Array.from({ length: Math.min(count, MAX_TICKS) }, (_, index) => (first + index) * increment);
}
