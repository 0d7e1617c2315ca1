/** A threshold out of a metric's own history, or why there is none. Pure. */
import { DAY_MS } from '../../time.ts';
import { type AlarmRule, type Direction, directionOf } from './alarm-rule.ts';
import { clearDrift, type Drift } from './clear-drift.ts';
import { isQuiet, judgeRule, type Verdict } from './judge-rule.ts';
import { type KnownIncident, sortUsual } from './known-incidents.ts';
import { type PeriodValues, spanMs } from './period-values.ts';
import { type Bounds, placeBetween, placeThreshold, quantileOf } from './place-threshold.ts';

/** With less nothing is derived. */
export const MIN_DATAPOINTS = 20;
const MIN_SPAN_MS = DAY_MS;
const PERCENTS = [99, 99.5, 99.9, 100];
/** Of the datapoints off the median, where most datapoints are the same. */
const ACTIVE_PERCENTS = [50, 90, 99, 100];
const FULL_PERCENT = 100;

export interface Derivation {
  readonly threshold: number;
  /** Percentile counted from the good side: 100 is the worst datapoint. */
  readonly percent: number;
  /** Value of that percentile. */
  readonly level: number;
  readonly median: number;
  /** The percentile is one of the datapoints that lie off the median on the bad side: so many. */
  readonly activeCount?: number;
  /**
   * `margin`: a quarter of the distance to the median was added; `zero`, `top`: half of the way to the bound was
   * taken; `incident`: half of the way to the mildest incident.
   */
  readonly bound: 'margin' | 'zero' | 'top' | 'incident';
  /** With `top`: what the metric cannot exceed. */
  readonly top?: number;
  /** Moved away from a steady drift: by four weeks of it, or to a week before the end that the metric has. */
  readonly moved?: 'growth' | 'end';
  readonly verdict: Verdict;
}

/** `state`: there are two values only. */
export type NoDerivation = 'few' | 'short' | 'constant' | 'state' | 'bound';

export interface DeriveOptions {
  readonly unit: string | undefined;
  /** Its name says that it is a part of a whole. */
  readonly isShare?: boolean;
  /** Left out of what is usual. */
  readonly incidents: readonly KnownIncident[];
  readonly drift?: Drift | undefined;
}

export function deriveThreshold(
  history: PeriodValues,
  rule: AlarmRule,
  { unit, isShare = false, incidents, drift }: DeriveOptions,
): Derivation | NoDerivation {
  const sorted = sortUsual(history, incidents);
  if (sorted.length < MIN_DATAPOINTS) return 'few';
  if (spanMs(history) < MIN_SPAN_MS) return 'short';
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  const direction = directionOf(rule);
  const bounds: Bounds = {
    top: topOf(unit, isShare, { first, last }),
    isNeverNegative: first >= 0,
    isWhole: sorted.every(Number.isInteger),
  };
  const judge = (threshold: number): Verdict => judgeRule(history, rule, threshold, incidents);
  if (first === last) {
    const level = mildest(history, incidents, { usual: first, direction });
    const threshold = level === undefined ? undefined : placeBetween(first, level, rule, bounds);
    if (level === undefined || threshold === undefined) return 'constant';
    return { threshold, percent: FULL_PERCENT, level, median: first, bound: 'incident', verdict: judge(threshold) };
  }
  if (sorted.every((value) => value === first || value === last)) return 'state';
  let found: Derivation | undefined;
  for (const level of listLevels(sorted, direction)) {
    const placed = placeThreshold(level, rule, bounds);
    if (placed === undefined) continue;
    const verdict = judge(placed.threshold);
    found = { ...level, ...placed, verdict };
    if (isQuiet(verdict.usual)) break;
  }
  if (found === undefined) return 'bound';
  const moved = drift === undefined ? undefined : clearDrift(found.threshold, drift, direction, bounds);
  return moved === undefined
    ? found
    : { ...found, threshold: moved.threshold, moved: moved.by, verdict: judge(moved.threshold) };
}

/** 100 of a percentage, 1 or 100 of a share without a unit: an alarm above could never fire. */
function topOf(
  unit: string | undefined,
  isShare: boolean,
  { first, last }: { readonly first: number; readonly last: number },
): number | undefined {
  const isPart = unit === 'Percent' || (isShare && (unit === undefined || unit === 'None'));
  if (!isPart || first < 0) return undefined;
  const ends = unit === 'Percent' ? [FULL_PERCENT] : [1, FULL_PERCENT];
  return ends.find((end) => last <= end);
}

/** The nearest of the incidents' medians beyond what is usual. */
function mildest(
  { values, startEpochMs, periodMs }: PeriodValues,
  incidents: readonly KnownIncident[],
  { usual, direction }: { readonly usual: number; readonly direction: Direction },
): number | undefined {
  const levels = incidents.flatMap((incident) => {
    const from = Math.max(0, Math.ceil((incident.startEpochMs - startEpochMs) / periodMs));
    const to = Math.ceil((incident.endEpochMs - startEpochMs) / periodMs);
    const beyond = values
      .slice(from, Math.max(from, to))
      .filter((value) => (direction === 'above' ? value > usual : value < usual));
    return beyond.length === 0 ? [] : [quantileOf(beyond.sort(), 0.5)];
  });
  if (levels.length === 0) return undefined;
  return direction === 'above' ? Math.min(...levels) : Math.max(...levels);
}

type Level = Pick<Derivation, 'percent' | 'level' | 'median' | 'activeCount'>;

/** From the most sensitive one on. */
function listLevels(sorted: Float64Array, direction: Direction): Level[] {
  const median = quantileOf(sorted, 0.5);
  const read = (values: Float64Array, percent: number): number =>
    quantileOf(values, direction === 'above' ? percent / FULL_PERCENT : 1 - percent / FULL_PERCENT);
  const plain = PERCENTS.map((percent) => ({ percent, level: read(sorted, percent), median }));
  if (plain[0]?.level !== median) return plain;
  const active = sorted.filter((value) => (direction === 'above' ? value > median : value < median));
  if (active.length === 0) return [];
  return ACTIVE_PERCENTS.map((percent) => ({
    percent,
    level: read(active, percent),
    median,
    activeCount: active.length,
  }));
}
