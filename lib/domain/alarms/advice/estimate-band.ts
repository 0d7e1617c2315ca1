/** How wide an anomaly band should be, told by what a season leaves over. Our own estimate, not CloudWatch's model. Pure. */
import type { AlarmRule } from './alarm-rule.ts';
import { MAX_ALARMS_PER_WEEK } from './derive-threshold.ts';
import { type Replay, replayAlarm } from './replay-alarm.ts';

/** Where it cannot be estimated: the console's own. */
const DEFAULT_WIDTH = 2;
const WIDTHS = [2, 3, 4, 5, 6];

export const BAND_COMPARISONS = {
  above: 'GreaterThanUpperThreshold',
  below: 'LessThanLowerThreshold',
  both: 'LessThanLowerOrGreaterThanUpperThreshold',
} as const;
export type BandSide = keyof typeof BAND_COMPARISONS;

export interface BandEstimate {
  /** Standard deviations on each side. */
  readonly width: number;
  /** Absent where most of the residuals are the same. */
  readonly replay?: Replay;
}

export interface Residuals {
  readonly startEpochMs: number;
  readonly stepMs: number;
  readonly length: number;
  /** Places of the values, ascending. */
  readonly indices: Int32Array;
  /** Value minus what season, trend and level let expect. */
  readonly values: Float64Array;
  /** Their standard deviation without the pull of far ones. */
  readonly sigma: number;
}

/** The narrowest width outside of which the residuals would have brought an alarm once a week at most. */
export function estimateBand(residuals: Residuals, rule: AlarmRule, side: BandSide): BandEstimate {
  const { sigma } = residuals;
  if (!(sigma > 0) || !Number.isFinite(sigma)) return { width: DEFAULT_WIDTH };
  const values = new Float64Array(residuals.length).fill(Number.NaN);
  for (const [at, index] of residuals.indices.entries()) {
    const sigmas = (residuals.values[at] ?? 0) / sigma;
    values[index] = side === 'above' ? sigmas : side === 'below' ? -sigmas : Math.abs(sigmas);
  }
  const history = {
    startEpochMs: residuals.startEpochMs,
    periodMs: residuals.stepMs,
    values,
    count: residuals.values.length,
  };
  let estimate: BandEstimate = { width: DEFAULT_WIDTH };
  for (const width of WIDTHS) {
    const replay = replayAlarm(history, { ...rule, comparison: 'GreaterThanThreshold' }, width);
    estimate = { width, replay };
    if (replay.alarmsPerWeek <= MAX_ALARMS_PER_WEEK) break;
  }
  return estimate;
}
