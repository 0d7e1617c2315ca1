/** How wide an anomaly band should be, told by what a season leaves over. Our own estimate, not CloudWatch's model. Pure. */
import type { AlarmRule } from './alarm-rule.ts';
import { isQuiet, judgeRule, type Verdict } from './judge-rule.ts';
import type { KnownIncident } from './known-incidents.ts';

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
  readonly verdict?: Verdict;
  /** Even the widest would have fired too often at usual times. */
  readonly isNoisy: boolean;
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

/** The narrowest width outside of which the residuals would have brought an alarm once a week at most at usual times. */
export function estimateBand(
  residuals: Residuals,
  rule: AlarmRule,
  side: BandSide,
  incidents: readonly KnownIncident[],
): BandEstimate {
  const { sigma } = residuals;
  if (!(sigma > 0) || !Number.isFinite(sigma)) return { width: DEFAULT_WIDTH, isNoisy: false };
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
  // The distance is measured upwards whatever the side.
  const asked = incidents.map(({ side: went, ...one }): KnownIncident => {
    const isOther = went !== undefined && side !== 'both' && went !== side;
    return { ...one, ...(isOther && { side: 'below' }) };
  });
  let estimate: BandEstimate = { width: DEFAULT_WIDTH, isNoisy: true };
  for (const width of WIDTHS) {
    const verdict = judgeRule(history, { ...rule, comparison: 'GreaterThanThreshold' }, width, asked);
    estimate = { width, verdict, isNoisy: !isQuiet(verdict.usual) };
    if (!estimate.isNoisy) break;
  }
  return estimate;
}
