/** What an alarm's value is now, how far from its threshold, and where it goes. Pure. */
import { type OpenPoint, settleSeries } from '../metrics/period-state.ts';
import { type Point, toPoints } from '../metrics/series-summary.ts';
import { SECOND_MS } from '../time.ts';
import type { AlarmCondition } from './alarm.ts';

/** So many final datapoints tell a direction. */
export const DIRECTION_POINTS = 10;
/** Of these the newest, whose median is compared with that of the others. */
const RECENT_POINTS = 3;
/** A smaller change is none. */
const MIN_CHANGE = 0.1;

export const TENDENCIES = ['worse', 'better', 'steady'] as const;
export type Tendency = (typeof TENDENCIES)[number];

export interface ValueSeries {
  readonly label: string;
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
}

export interface ValueNow {
  /** Of the newest period that is final; never of one that still runs. */
  readonly value: number;
  readonly epochMs: number;
  /** Of the threshold, or of the edge of the band that is crossed; undefined where it says nothing (zero, other sign). */
  readonly factor?: number;
  readonly isBreaching: boolean;
  /** Away from the threshold on its bad side, or towards it; undefined with a single datapoint. */
  readonly tendency?: Tendency;
  readonly isRising?: boolean;
  readonly threshold?: number;
  readonly band?: { readonly lower: number; readonly upper: number };
  /** Of several series the worst one's. */
  readonly label?: string;
  readonly seriesCount: number;
  /** Newer and not final, told where it is worse already: it can only grow. */
  readonly open?: OpenPoint;
}

interface ValueQuestion {
  readonly condition: AlarmCondition;
  /** Statistic of the metric; undefined for an expression. */
  readonly statistic: string | undefined;
  readonly startEpochMs: number;
  readonly nowEpochMs: number;
}

/** Both edges of a band as CloudWatch gives them: two series of one id, in no stated order. */
type Band = readonly ValueSeries[];
type Side = 'above' | 'below' | 'outside';

const SIDES: Readonly<Record<string, Side>> = {
  GreaterThanThreshold: 'above',
  GreaterThanOrEqualToThreshold: 'above',
  LessThanThreshold: 'below',
  LessThanOrEqualToThreshold: 'below',
  GreaterThanUpperThreshold: 'above',
  LessThanLowerThreshold: 'below',
  LessThanLowerOrGreaterThanUpperThreshold: 'outside',
};

/**
 * The worst of the series an alarm watches.
 * @returns undefined where no datapoint is final, or nothing says which side is bad
 */
export function findValueNow(
  series: readonly ValueSeries[],
  band: Band | undefined,
  question: ValueQuestion,
): ValueNow | undefined {
  const side = SIDES[question.condition.operator ?? ''];
  if (side === undefined) return undefined;
  const edges = band === undefined ? undefined : readBand(band);
  const found = series
    .flatMap((one) => judge(one, side, edges, question) ?? [])
    .sort((a, b) => b.severity - a.severity);
  const [worst] = found;
  if (worst === undefined) return undefined;
  return {
    ...worst.now,
    seriesCount: found.length,
    ...(found.length > 1 && { label: worst.label }),
  };
}

interface Judged {
  readonly label: string;
  /** Distance on the bad side; negative within. */
  readonly severity: number;
  readonly now: Omit<ValueNow, 'seriesCount'>;
}

function judge(
  series: ValueSeries,
  side: Side,
  edges: Edges | undefined,
  { condition, statistic, startEpochMs, nowEpochMs }: ValueQuestion,
): Judged | undefined {
  const periodMs = (condition.periodSeconds ?? 0) * SECOND_MS;
  const range = { startEpochMs, endEpochMs: nowEpochMs, nowEpochMs, periodMs };
  const settled = settleSeries(toPoints(series.timestampsEpochMs, series.values), range, statistic);
  const last = settled.points.at(-1);
  if (settled.isProvisional || last === undefined) return undefined;
  const limitsAt = ({ epochMs }: Point): Limits | undefined =>
    edges === undefined ? plainLimits(condition.threshold) : edges.get(epochMs);
  const limits = limitsAt(last);
  if (limits === undefined) return undefined;
  const severityOf = (point: Point): number => distance(point.value, limitsAt(point) ?? limits, side);
  const severity = severityOf(last);
  const newest = settled.points.slice(-DIRECTION_POINTS);
  const open = settled.open.at(-1);
  const factor = factorOf(last.value, limits, side);
  const isOpenWorse =
    open !== undefined &&
    side === 'above' &&
    /^(Sum|SampleCount|Maximum)$/.test(statistic ?? '') &&
    open.value > last.value;
  return {
    label: series.label,
    severity,
    now: {
      value: last.value,
      epochMs: last.epochMs,
      isBreaching: isBeyond(last.value, limits, condition.operator ?? '', side),
      ...(factor !== undefined && { factor }),
      ...(edges === undefined ? { threshold: limits.upper } : { band: limits }),
      ...describeCourse(newest, severityOf),
      ...(isOpenWorse && { open }),
    },
  };
}

interface Limits {
  readonly lower: number;
  readonly upper: number;
}
type Edges = ReadonlyMap<number, Limits>;

function plainLimits(threshold: number | undefined): Limits | undefined {
  return threshold === undefined ? undefined : { lower: threshold, upper: threshold };
}

function readBand(band: Band): Edges {
  const edges = new Map<number, Limits>();
  for (const { timestampsEpochMs, values } of band) {
    for (const { epochMs, value } of toPoints(timestampsEpochMs, values)) {
      const known = edges.get(epochMs) ?? { lower: value, upper: value };
      edges.set(epochMs, { lower: Math.min(known.lower, value), upper: Math.max(known.upper, value) });
    }
  }
  return edges;
}

function distance(value: number, { lower, upper }: Limits, side: Side): number {
  if (side === 'above') return value - upper;
  return side === 'below' ? lower - value : Math.max(value - upper, lower - value);
}

function isBeyond(value: number, limits: Limits, operator: string, side: Side): boolean {
  const over = distance(value, limits, side);
  return /OrEqualTo/.test(operator) ? over >= 0 : over > 0;
}

function factorOf(value: number, { lower, upper }: Limits, side: Side): number | undefined {
  const isLow = side === 'below' || (side === 'outside' && lower - value > value - upper);
  const edge = isLow ? lower : upper;
  const factor = value / edge;
  return edge !== 0 && factor >= 0 && Number.isFinite(factor) ? factor : undefined;
}

/** Medians of the newest and of the ones before them: a single spike is no direction. */
function describeCourse(
  points: readonly Point[],
  severityOf: (point: Point) => number,
): Pick<ValueNow, 'tendency' | 'isRising'> {
  if (points.length < 2) return {};
  const recentCount = points.length >= 2 * RECENT_POINTS ? RECENT_POINTS : 1;
  const recent = points.slice(-recentCount);
  const before = points.slice(0, -recentCount);
  const values = before.map(({ value }) => value);
  const [now, then] = [medianOf(recent.map(({ value }) => value)), medianOf(values)];
  const noise = medianOf(values.map((value) => Math.abs(value - then)));
  const severer = medianOf(recent.map(severityOf)) - medianOf(before.map(severityOf));
  const isChange = Math.abs(severer) > Math.max(noise, MIN_CHANGE * Math.max(Math.abs(now), Math.abs(then)));
  if (!isChange) return { tendency: 'steady' };
  return { tendency: severer > 0 ? 'worse' : 'better', ...(now !== then && { isRising: now > then }) };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
