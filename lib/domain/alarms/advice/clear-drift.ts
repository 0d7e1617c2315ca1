/** Thresholds of metrics that grow or shrink steadily: one that time alone reaches in days is no threshold. Pure. */
import type { Direction } from './alarm-rule.ts';
import type { Bounds } from './place-threshold.ts';
import { roundOutward } from './round-outward.ts';

/** A threshold that is reached by drift alone within so many days is moved. */
export const DRIFT_DAYS = 28;
/** Before a disk is full there should be a week to act. */
export const LEAD_DAYS = 7;
const ROUNDING_SHARE = 0.05;

/** A steady change of which one may be sure. */
export interface Drift {
  readonly perDay: number;
  /** What is expected at the end of the history. */
  readonly now: number;
}

export interface MovedThreshold {
  readonly threshold: number;
  /** `end`: to where the metric is a week before its end; `growth`: by four weeks of the drift. */
  readonly by: 'end' | 'growth';
}

/** Undefined where the drift does not reach the threshold soon, or where the end is so near that it should be reached. */
export function clearDrift(
  threshold: number,
  { perDay, now }: Drift,
  direction: Direction,
  { top, isNeverNegative }: Pick<Bounds, 'top' | 'isNeverNegative'>,
): MovedThreshold | undefined {
  const isTowards = direction === 'above' ? perDay > 0 : perDay < 0;
  if (!isTowards || (threshold - now) / perDay > DRIFT_DAYS) return undefined;
  const end = direction === 'below' ? (isNeverNegative ? 0 : undefined) : top;
  const wanted = end === undefined ? threshold + perDay * DRIFT_DAYS : end - perDay * LEAD_DAYS;
  const rounded = roundOutward(wanted, direction, Math.abs(perDay) * LEAD_DAYS * ROUNDING_SHARE * 2);
  const isOutward = direction === 'above' ? rounded > threshold : rounded < threshold;
  const isPossible = end === undefined || (direction === 'above' ? rounded < end : rounded > end);
  if (!isOutward || !isPossible || !Number.isFinite(rounded)) return undefined;
  return { threshold: rounded, by: end === undefined ? 'growth' : 'end' };
}
