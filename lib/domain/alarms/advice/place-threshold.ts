/** Where beyond a level of usual values a threshold is put. Pure. */
import { type AlarmRule, directionOf } from './alarm-rule.ts';
import { roundOutward } from './round-outward.ts';

/** Of the distance between level and median. */
const MARGIN_SHARE = 0.25;

export interface Bounds {
  /** What the metric cannot exceed, e.g. 100 of a percentage; absent where there is no such end. */
  readonly top?: number | undefined;
  readonly isNeverNegative: boolean;
  readonly isWhole: boolean;
}

export interface Placed {
  readonly threshold: number;
  readonly bound: 'margin' | 'zero' | 'top';
  /** With `top`: that end. */
  readonly top?: number;
}

/** Beyond the level, but where the metric can still get to; undefined where there is no such place. */
export function placeThreshold(
  { level, median }: { readonly level: number; readonly median: number },
  rule: AlarmRule,
  { top, isNeverNegative, isWhole }: Bounds,
): Placed | undefined {
  const direction = directionOf(rule);
  // Halves, since the difference of the two largest numbers would not fit.
  const margin = (level / 2 - median / 2) * 2 * MARGIN_SHARE;
  const raw = level + margin;
  if (margin === 0 || !Number.isFinite(raw)) return undefined;
  const threshold = roundOutward(raw, direction, Math.abs(margin));
  if (direction === 'below' && isNeverNegative && threshold <= 0) {
    return level > 0 ? { threshold: roundOutward(level / 2, 'below', level / 4), bound: 'zero' } : undefined;
  }
  if (direction === 'above' && top !== undefined && threshold >= top) {
    const room = top - level;
    return room > 0 ? { threshold: roundOutward(level + room / 2, 'above', room / 4), bound: 'top', top } : undefined;
  }
  return { threshold: isWhole ? toWhole(threshold, median, rule) : threshold, bound: 'margin' };
}

/** Half of the way from the only usual value to the level of an incident; undefined where that is no number between them. */
export function placeBetween(
  usual: number,
  incident: number,
  rule: AlarmRule,
  { isWhole }: Bounds,
): number | undefined {
  const direction = directionOf(rule);
  const half = (incident / 2 - usual / 2) * 0.5 * 2;
  const near = roundOutward(usual + half, direction, Math.abs(half) / 2);
  const threshold = isWhole && Number.isInteger(incident) ? Math.trunc(near) : near;
  const isBetween =
    direction === 'above' ? threshold >= usual && threshold < incident : threshold <= usual && threshold > incident;
  return Number.isFinite(threshold) && isBetween ? threshold : undefined;
}

/** Of whole numbers the threshold is one too: that which fires at the same values, as long as it is beyond the median. */
function toWhole(threshold: number, median: number, rule: AlarmRule): number {
  const isAbove = directionOf(rule) === 'above';
  const isUp = rule.comparison === 'GreaterThanOrEqualToThreshold' || rule.comparison === 'LessThanThreshold';
  const same = isUp ? Math.ceil(threshold) : Math.floor(threshold);
  if (isAbove ? same > median : same < median) return same;
  return isAbove ? Math.ceil(threshold) : Math.floor(threshold);
}

/** Linear interpolation between neighbours; `sorted` ascending and not empty. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  const part = position % 1;
  return below === above ? below : below * (1 - part) + above * part;
}
