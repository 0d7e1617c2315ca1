/** What moved around a time: windows of now, a day and a week before, and two weeks of what moved. */

import { inParallel } from '../../../domain/async/in-parallel.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import { beginWithin } from '../../../domain/investigation/begin-within.ts';
import type { ChosenMetric } from '../../../domain/investigation/choose-metrics.ts';
import { findRamp } from '../../../domain/investigation/find-ramp.ts';
import { findRepeats } from '../../../domain/investigation/find-repeats.ts';
import { findShift, type Shift } from '../../../domain/investigation/find-shift.ts';
import { type Datapoints, levelsBefore, paceOf, timeAt, toGrid } from '../../../domain/investigation/grid.ts';
import { statisticFor } from '../../../domain/investigation/metric-role.ts';
import { type MetricShift, strengthOf } from '../../../domain/investigation/metric-shift.ts';
import { metricKey } from '../../../domain/investigation/resource.ts';
import { finestStoredSeconds } from '../../../domain/metrics/period.ts';
import { SETTLING_MS } from '../../../domain/metrics/period-state.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../domain/time.ts';
import { type AskedMetric, type ReadMetrics, readMetrics } from './read-metrics.ts';
import type { Session } from './session.ts';

export interface ShiftWindow {
  readonly startEpochMs: number;
  /** Until then values tell what is usual. */
  readonly usualEndEpochMs: number;
  readonly endEpochMs: number;
}

export interface ShiftOptions {
  /** Statistics of the alarm's own metrics. */
  readonly statistics: ReadonlyMap<string, string>;
  readonly window: ShiftWindow;
  /** What comes every day is what is asked for. */
  readonly isRecurring: boolean;
  /** Only these distances back are compared with; default: a day and a week. */
  readonly daysBack?: readonly number[];
}

export interface ReadShifts {
  readonly shifts: readonly MetricShift[];
  /** Metrics that were looked at and did not move. */
  readonly unchanged: readonly ChosenMetric[];
}

const DAYS_BACK = [1, 7];
const USUAL_MS = 2 * HOUR_MS;
/** What led to the onset may have begun so long before it. */
const LEAD_MS = 15 * MINUTE_MS;
/** Two values in a row of so many deviations are no chance among one series; more for more series. */
const BAR = 3.5;
/** Series of which two weeks are read. */
const MAX_LONG = 16;
const EARLIER_SECONDS = 300;
/** GetMetricData gives so many datapoints a page (API reference); a long window is read in longer periods. */
const PAGE_DATAPOINTS = 100_800;
const LONG_MS = 14 * DAY_MS;
const LONG_SECONDS = 300;
const RAMP_SECONDS = 3_600;
/** A climb that began later is found as a shift. */
const MIN_RAMP_MS = 4 * HOUR_MS;
const MIN_RAMP_GROWTH = 0.2;

export async function readShifts(
  session: Session,
  metrics: readonly ChosenMetric[],
  options: ShiftOptions,
): Promise<ReadShifts> {
  const { window } = options;
  const asked = metrics.map((metric): AskedMetric & ChosenMetric => ({
    ...metric,
    statistic: options.statistics.get(metricKey(metric)) ?? statisticFor(metric.metricName),
  }));
  const stored = finestStoredSeconds(window.startEpochMs, session.context.nowEpochMs);
  const minutes = (asked.length * (window.endEpochMs - window.startEpochMs)) / MINUTE_MS;
  const seconds = Math.max(minutes > PAGE_DATAPOINTS ? EARLIER_SECONDS : 60, stored);
  const now = await readMetrics(session, 'metrics', asked, window, seconds);
  if (now === undefined) return { shifts: [], unchanged: [] };
  const known = asked.slice(0, now.length);
  const [days, ramps] = await Promise.all([
    inParallel(options.daysBack ?? DAYS_BACK, DAYS_BACK.length, (back) => readEarlier(session, known, window, back)),
    readRamps(session, known, window),
  ]);
  const bar = BAR + 0.5 * Math.log10(Math.max(1, known.length));
  const compared = await mapInSlices(known, (metric, index) => {
    const series = now[index];
    const earlier = options.isRecurring ? [] : days.map((day) => day?.[index]);
    return series === undefined ? undefined : shiftOf(metric, series, earlier, { ...window, seconds, bar }, options);
  });
  const found = compared.flatMap((shift) => shift ?? []);
  const slow = ramps.filter((ramp) => !found.some(({ metric }) => metric === ramp.metric));
  const shifts = [...(options.isRecurring ? found : await markRegular(session, found, window)), ...slow];
  const moved = new Set<ChosenMetric>(shifts.map(({ metric }) => metric));
  return {
    shifts,
    unchanged: known.filter((metric, index) => !moved.has(metric) && (now[index]?.values.length ?? 0) > 0),
  };
}

/** In longer periods: only the course of the level is wanted. */
function readEarlier(
  session: Session,
  metrics: readonly AskedMetric[],
  window: ShiftWindow,
  days: number,
): Promise<ReadMetrics | undefined> {
  const back = days * DAY_MS;
  const range = {
    startEpochMs: floorTo(window.startEpochMs - back, EARLIER_SECONDS),
    // A whole period at the end: it is long over.
    endEpochMs: -floorTo(back - window.endEpochMs, EARLIER_SECONDS),
  };
  const about = days === 1 ? 'the same hours a day before' : `the same hours ${days} days before`;
  return readMetrics(session, about, metrics, range, EARLIER_SECONDS);
}

function shiftOf(
  metric: AskedMetric & ChosenMetric,
  series: Datapoints,
  earlier: readonly (Datapoints | undefined)[],
  window: ShiftWindow & { readonly seconds: number; readonly bar: number },
  { daysBack = DAYS_BACK }: ShiftOptions,
): MetricShift | undefined {
  const periodMs = paceOf(series, window.seconds * SECOND_MS);
  const startEpochMs = Math.floor(window.startEpochMs / periodMs) * periodMs;
  const endEpochMs = Math.floor(window.endEpochMs / periodMs) * periodMs;
  const grid = toGrid(series, startEpochMs, endEpochMs, periodMs);
  const shift = findShift({
    values: grid.values,
    earlier: earlier.flatMap((day, index) =>
      day === undefined ? [] : [levelsBefore(day, EARLIER_SECONDS * SECOND_MS, (daysBack[index] ?? 1) * DAY_MS, grid)],
    ),
    usualEnd: Math.floor((window.usualEndEpochMs - grid.startEpochMs) / periodMs),
    isCount: /^(Sum|SampleCount)$/.test(metric.statistic),
    bar: window.bar,
  });
  if (shift === undefined) return undefined;
  const stampEpochMs = timeAt(grid, shift.index);
  const begin = periodMs > MINUTE_MS ? beginWithin(shift, grid.values, metric.statistic) : 0;
  return {
    metric,
    statistic: metric.statistic,
    shift,
    atEpochMs: stampEpochMs + Math.round((begin * periodMs) / MINUTE_MS) * MINUTE_MS,
    stampEpochMs,
    periodMs,
    ...(shift.endIndex !== undefined && { endedEpochMs: timeAt(grid, shift.endIndex) }),
    isRegular: false,
    isSlow: false,
  };
}

/** What goes as far now and then, or at this hour of each day, is no news. */
async function markRegular(
  session: Session,
  shifts: readonly MetricShift[],
  window: ShiftWindow,
): Promise<readonly MetricShift[]> {
  const chosen = [...shifts].sort((a, b) => strengthOf(b) - strengthOf(a)).slice(0, MAX_LONG);
  const range = {
    startEpochMs: floorTo(window.endEpochMs - LONG_MS, LONG_SECONDS),
    endEpochMs: floorTo(window.endEpochMs, LONG_SECONDS),
  };
  const metrics = chosen.map((one) => ({ ...one.metric, statistic: one.statistic }));
  const long = await readMetrics(session, 'whether it happened before', metrics, range, LONG_SECONDS);
  const repeated = await mapInSlices(chosen, (one, index) => isRegular(one, long?.[index], range));
  const regular = new Set(chosen.filter((_, index) => repeated[index]));
  return shifts.map((one) => (regular.has(one) ? { ...one, isRegular: true } : one));
}

function isRegular(
  { shift, atEpochMs, metric }: MetricShift,
  series: Datapoints | undefined,
  range: { startEpochMs: number; endEpochMs: number },
): boolean {
  if (series === undefined || shift.direction === 'stopped' || shift.direction === 'began') return false;
  const side = shift.direction === 'up' ? 'above' : 'below';
  const isCount = metric.role === 'load' || metric.role === 'fault';
  return findRepeats(isCount ? withZeros(series, range) : series, atEpochMs, side) !== undefined;
}

function withZeros(
  series: Datapoints,
  { startEpochMs, endEpochMs }: { startEpochMs: number; endEpochMs: number },
): Datapoints {
  const grid = toGrid(series, startEpochMs, endEpochMs, LONG_SECONDS * SECOND_MS);
  return {
    timestampsEpochMs: [...grid.values.keys()].map((index) => timeAt(grid, index)),
    values: [...grid.values].map((value) => (Number.isNaN(value) ? 0 : value)),
  };
}

/** Memory that leaks, disks that fill: two weeks of what can run out. */
async function readRamps(
  session: Session,
  metrics: readonly (AskedMetric & ChosenMetric)[],
  window: ShiftWindow,
): Promise<readonly MetricShift[]> {
  const chosen = metrics.filter(({ role }) => role === 'capacity' || role === 'backlog').slice(0, MAX_LONG);
  const range = {
    startEpochMs: floorTo(window.endEpochMs - LONG_MS, RAMP_SECONDS),
    endEpochMs: floorTo(window.endEpochMs, RAMP_SECONDS),
  };
  const series = await readMetrics(session, 'slow changes of capacity', chosen, range, RAMP_SECONDS);
  return chosen.flatMap((metric, index): MetricShift[] => {
    const points = series?.[index];
    if (points === undefined) return [];
    const grid = toGrid(points, range.startEpochMs, range.endEpochMs, HOUR_MS);
    const ramp = findRamp(grid.values);
    if (ramp === undefined || Math.abs(ramp.after - ramp.before) < MIN_RAMP_GROWTH * Math.abs(ramp.before)) return [];
    const atEpochMs = timeAt(grid, ramp.index);
    if (window.endEpochMs - atEpochMs < MIN_RAMP_MS) return [];
    const shift: Shift = {
      index: ramp.index,
      before: ramp.before,
      after: ramp.after,
      deviations: 10,
      direction: ramp.slope > 0 ? 'up' : 'down',
    };
    return [
      { metric, statistic: metric.statistic, shift, atEpochMs, periodMs: HOUR_MS, isRegular: false, isSlow: true },
    ];
  });
}

function floorTo(epochMs: number, seconds: number): number {
  return Math.floor(epochMs / (seconds * SECOND_MS)) * seconds * SECOND_MS;
}

/**
 * The window around an onset: so long before it as is asked for, and up to an hour since the change.
 * @param lookbackMs at least the hours that tell what is usual are read
 */
export function windowAround(
  onsetEpochMs: number,
  atEpochMs: number,
  nowEpochMs: number,
  lookbackMs: number,
): ShiftWindow {
  const minute = (epochMs: number): number => Math.floor(epochMs / MINUTE_MS) * MINUTE_MS;
  const leadMs = Math.max(LEAD_MS, lookbackMs - USUAL_MS);
  return {
    startEpochMs: minute(onsetEpochMs - USUAL_MS - leadMs),
    usualEndEpochMs: minute(onsetEpochMs - leadMs),
    endEpochMs: minute(Math.min(nowEpochMs - SETTLING_MS, Math.max(atEpochMs, onsetEpochMs) + HOUR_MS)),
  };
}
