/** The shift of one metric among many, and how much it weighs by itself. Pure. */
import type { ChosenMetric } from './choose-metrics.ts';
import type { Shift } from './find-shift.ts';

export interface MetricShift {
  readonly metric: ChosenMetric;
  readonly statistic: string;
  readonly shift: Shift;
  /** When it began, as well as its datapoints tell. */
  readonly atEpochMs: number;
  /** Timestamp of the first unusual datapoint, where that is another: it stands for a whole period. */
  readonly stampEpochMs?: number;
  readonly periodMs: number;
  /** It is usual again since. */
  readonly endedEpochMs?: number;
  /** It did the same some times in the two weeks before. */
  readonly isRegular: boolean;
  /** It came slowly, over hours or days. */
  readonly isSlow: boolean;
}

/** Deviations and growth from which on more says no more. */
const FULL_DEVIATIONS = 30;
const FULL_GROWTH = Math.log(4);

/** How far out of the usual, 0 to 1: half by deviations, half by growth. */
export function strengthOf({ shift, isSlow }: Pick<MetricShift, 'shift' | 'isSlow'>): number {
  if (isSlow || shift.direction === 'stopped') return 1;
  const growth = Math.abs(growthOf(shift));
  return 0.5 * Math.min(1, shift.deviations / FULL_DEVIATIONS) + 0.5 * Math.min(1, growth / FULL_GROWTH);
}

/** Logarithm of the ratio; of counts near zero as if there were one more. */
export function growthOf({ before, after }: Shift): number {
  const floor =
    Math.max(Math.abs(before), Math.abs(after)) >= 10 ? 1 : Math.max(Math.abs(before), Math.abs(after)) / 10;
  return Math.log((Math.abs(after) + floor) / (Math.abs(before) + floor || 1));
}
