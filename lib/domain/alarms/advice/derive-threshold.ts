/** A threshold out of a metric's own history, or why there is none. Pure. */
import { DAY_MS } from '../../time.ts';
import { type AlarmRule, type Direction, directionOf } from './alarm-rule.ts';
import { type PeriodValues, spanMs } from './period-values.ts';
import { type Replay, replayAlarm } from './replay-alarm.ts';
import { roundOutward } from './round-outward.ts';

/** With less nothing is derived. */
export const MIN_DATAPOINTS = 20;
const MIN_SPAN_MS = DAY_MS;
/** The first level that would have fired no more than this is taken. */
export const MAX_ALARMS_PER_WEEK = 1;
const MAX_ALARM_SHARE = 0.01;
/** Of the distance between level and median. */
const MARGIN_SHARE = 0.25;
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
  /** `margin`: a quarter of the distance to the median was added; otherwise half of the way to the bound was taken. */
  readonly bound: 'margin' | 'zero' | 'hundred';
  readonly replay: Replay;
}

/** `state`: there are two values only. */
export type NoDerivation = 'few' | 'short' | 'constant' | 'state' | 'bound';

export interface DeriveOptions {
  readonly unit: string | undefined;
}

export function deriveThreshold(
  history: PeriodValues,
  rule: AlarmRule,
  { unit }: DeriveOptions,
): Derivation | NoDerivation {
  if (history.count < MIN_DATAPOINTS) return 'few';
  if (spanMs(history) < MIN_SPAN_MS) return 'short';
  const sorted = history.values.filter((value) => !Number.isNaN(value)).sort();
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  if (first === last) return 'constant';
  if (sorted.every((value) => value === first || value === last)) return 'state';
  const direction = directionOf(rule);
  const bounds = {
    isPercent: unit === 'Percent' && first >= 0 && last <= FULL_PERCENT,
    isNeverNegative: first >= 0,
    isWhole: sorted.every(Number.isInteger),
  };
  let found: Derivation | undefined;
  for (const level of listLevels(sorted, direction)) {
    const placed = place(level, rule, bounds);
    if (placed === undefined) continue;
    const replay = replayAlarm(history, rule, placed.threshold);
    found = { ...level, ...placed, replay };
    if (replay.alarmsPerWeek <= MAX_ALARMS_PER_WEEK && replay.alarmShare <= MAX_ALARM_SHARE) return found;
  }
  return found ?? 'bound';
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

interface Bounds {
  readonly isPercent: boolean;
  readonly isNeverNegative: boolean;
  readonly isWhole: boolean;
}

/** Beyond the level, but where the metric can still get to. */
function place(
  { level, median }: Level,
  rule: AlarmRule,
  { isPercent, isNeverNegative, isWhole }: Bounds,
): Pick<Derivation, 'threshold' | 'bound'> | undefined {
  const direction = directionOf(rule);
  // Halves, since the difference of the two largest numbers would not fit.
  const margin = (level / 2 - median / 2) * 2 * MARGIN_SHARE;
  const raw = level + margin;
  if (margin === 0 || !Number.isFinite(raw)) return undefined;
  const threshold = roundOutward(raw, direction, Math.abs(margin));
  if (direction === 'below' && isNeverNegative && threshold <= 0) {
    return level > 0 ? { threshold: roundOutward(level / 2, 'below', level / 4), bound: 'zero' } : undefined;
  }
  if (direction === 'above' && isPercent && threshold >= FULL_PERCENT) {
    const room = FULL_PERCENT - level;
    return room > 0 ? { threshold: roundOutward(level + room / 2, 'above', room / 4), bound: 'hundred' } : undefined;
  }
  return { threshold: isWhole ? toWhole(threshold, median, rule) : threshold, bound: 'margin' };
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
function quantileOf(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  const part = position % 1;
  return below === above ? below : below * (1 - part) + above * part;
}
