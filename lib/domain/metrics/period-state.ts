/** Which datapoints of a series are final: one rule for every series, whatever made it and wherever it is shown. Pure. */

import { MINUTE_MS } from '../time.ts';
import { type Point, type SeriesSummary, summarize } from './series-summary.ts';

/**
 * So long after its end a period may still grow: metrics come up to some minutes late (User Guide, "CloudWatch metrics
 * concepts"; exporters therefore leave out the newest two minutes). AWS states no bound.
 */
export const SETTLING_MS = 3 * MINUTE_MS;

/** `running`: not over. `settling`: over for less than three minutes. `cut`: reaches beyond the range that was asked for. */
export const POINT_STATES = ['running', 'settling', 'cut'] as const;
export type PointState = (typeof POINT_STATES)[number];

export interface OpenPoint extends Point {
  readonly state: PointState;
}

export interface PeriodQuestion {
  /** What a datapoint stands for, from its time on; 0 for the value of an instant. */
  readonly periodMs: number;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly nowEpochMs: number;
}

export interface SettledSeries {
  /** The final datapoints in time order; where none is final, those that there are. */
  readonly points: readonly Point[];
  /** Not final, in time order. */
  readonly open: readonly OpenPoint[];
  /** No datapoint is final. */
  readonly isProvisional: boolean;
  /** Of the final ones; maximum and total (and minimum, where a part can tell one) of the open ones too. */
  readonly summary?: SeriesSummary;
}

/** @param points in time order */
export function settleSeries(
  points: readonly Point[],
  question: PeriodQuestion,
  statistic: string | undefined,
): SettledSeries {
  const settled: Point[] = [];
  const open: OpenPoint[] = [];
  for (const point of points) {
    const state = stateOf(point.epochMs, question);
    if (state === undefined) settled.push(point);
    else open.push({ ...point, state });
  }
  if (settled.length === 0 && open.length > 0) {
    const summary = summarize(open);
    return { points: open, open, isProvisional: true, ...(summary !== undefined && { summary }) };
  }
  const summary = summarize(settled);
  return {
    points: settled,
    open,
    isProvisional: false,
    ...(summary !== undefined && { summary: includeOpen(summary, open, boundOfPart(statistic)) }),
  };
}

/** All datapoints in time order, also those that are not final. */
export function listPoints({ points, open, isProvisional }: SettledSeries): readonly Point[] {
  if (isProvisional || open.length === 0) return points;
  return [...points, ...open].sort((a, b) => a.epochMs - b.epochMs);
}

function stateOf(epochMs: number, question: PeriodQuestion): PointState | undefined {
  const { periodMs, startEpochMs, endEpochMs, nowEpochMs } = question;
  const overEpochMs = epochMs + periodMs;
  if (overEpochMs > nowEpochMs) return 'running';
  if (overEpochMs > nowEpochMs - SETTLING_MS) return 'settling';
  return overEpochMs > Math.max(endEpochMs, epochMs) || epochMs < startEpochMs ? 'cut' : undefined;
}

/** The end of the newest period that is final. */
export function settledEnd({ periodMs, endEpochMs, nowEpochMs }: Omit<PeriodQuestion, 'startEpochMs'>): number {
  const lastEpochMs = Math.min(endEpochMs, nowEpochMs - SETTLING_MS);
  return periodMs > 0 ? Math.floor(lastEpochMs / periodMs) * periodMs : lastEpochMs;
}

/** What the value of a part of a period says of the whole one; undefined for an expression, of which nothing is known. */
type PartBound = 'lower' | 'upper' | 'estimate' | undefined;

/** E.g. a sum can only grow. */
function boundOfPart(statistic: string | undefined): PartBound {
  if (statistic === undefined) return undefined;
  if (/^(Sum|SampleCount|Maximum)$/.test(statistic) || /^(tc|ts|TC\(|TS\()/.test(statistic)) return 'lower';
  return statistic === 'Minimum' ? 'upper' : 'estimate';
}

/** Extremes and total with the datapoints that are not final: a partial sum is a lower bound. All other figures stay. */
function includeOpen(summary: SeriesSummary, open: readonly OpenPoint[], bound: PartBound): SeriesSummary {
  let { min, max, total } = summary;
  for (const point of open) {
    if (point.value > max.value) max = point;
    if (point.value < min.value && (bound === 'upper' || bound === 'estimate')) min = point;
    total += point.value;
  }
  return { ...summary, min, max, total: Math.min(Math.max(total, -Number.MAX_VALUE), Number.MAX_VALUE) };
}
