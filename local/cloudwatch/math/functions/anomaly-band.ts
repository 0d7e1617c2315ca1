import { assertArgumentCount, type FunctionCall, type MathFunction, readScalar, readSeries } from '../function.ts';
import { MathError } from '../math-error.ts';
import { listPeriodStarts, listPoints, makeSeries, type Series } from '../series.ts';
import { seriesArray } from '../value.ts';
import { mean, standardDeviation } from './aggregates.ts';

const DEFAULT_DEVIATIONS = 2;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Like hours are judged by themselves only if they were seen on as many days as this. */
const MIN_PHASE_DAYS = 3;

/** What the service trains its model on (User Guide, "Using CloudWatch anomaly detection"). */
const TRAINING_MS = 14 * DAY_MS;

/**
 * ANOMALY_DETECTION_BAND(m1, deviations = 2): the upper bound, then the lower one, for every period of the range. In place
 * of a model this takes the mean and standard deviation of the same hour of the day, workdays and weekends apart, in the two
 * weeks up to the end of the range, or of all their hours while there are less than three days of data.
 */
export const anomalyBand: MathFunction = (call) => {
  assertArgumentCount(call, 1, 2);
  const series = readSeries(call, 0);
  const deviations = call.args.length === 2 ? readScalar(call, 1) : DEFAULT_DEVIATIONS;
  if (!(deviations > 0)) throw new MathError("Argument 2 of function 'ANOMALY_DETECTION_BAND' must be greater than 0");
  const expectationAt = makeExpectation(readTraining(call) ?? series);
  const bound = (name: string, direction: 1 | -1): Series =>
    makeSeries(
      `${series.label} ${name}`.trim(),
      series.periodSeconds,
      listPeriodStarts(call.scope.range, series.periodSeconds).map((timestamp) => {
        const { expected, deviation } = expectationAt(timestamp);
        // Without any data there is no band, which is not a failed computation.
        return [
          timestamp,
          series.values.length === 0 ? undefined : expected + direction * deviations * deviation,
        ] as const;
      }),
    );
  return seriesArray([bound('upper', 1), bound('lower', -1)]);
};

function readTraining({ scope, sources }: FunctionCall): Series | undefined {
  const { startEpochMs, endEpochMs } = scope.range;
  const range = { startEpochMs: Math.min(startEpochMs, endEpochMs - TRAINING_MS), endEpochMs };
  const [source] = sources;
  const value = source === undefined ? undefined : scope.interpretOver(range, source);
  return value?.kind === 'series' ? value.series : undefined;
}

interface Expectation {
  readonly expected: number;
  readonly deviation: number;
}

/** The narrowest group of like hours that was seen on enough days: of workdays or weekends, else of all days, else all. */
function makeExpectation(series: Series): (timestampEpochMs: number) => Expectation {
  const points = listPoints(series);
  const likeHours = [summarizeBy(points, phaseOfWeek), summarizeBy(points, hourOfDay)];
  const overall = summarize(series.values);
  return (timestamp) => {
    for (const find of likeHours) {
      const known = find(timestamp);
      if (known !== undefined) return known;
    }
    return overall;
  };
}

function summarizeBy(
  points: readonly (readonly [number, number])[],
  phaseOf: (timestampEpochMs: number) => number,
): (timestampEpochMs: number) => Expectation | undefined {
  const phases = new Map<number, Expectation>();
  for (const [phase, alike] of Map.groupBy(points, ([timestamp]) => phaseOf(timestamp))) {
    const days = new Set(alike.map(([timestamp]) => Math.floor(timestamp / DAY_MS)));
    if (days.size >= MIN_PHASE_DAYS) phases.set(phase, summarize(alike.map(([, value]) => value)));
  }
  return (timestamp) => phases.get(phaseOf(timestamp));
}

function hourOfDay(timestampEpochMs: number): number {
  return Math.floor((timestampEpochMs % DAY_MS) / HOUR_MS);
}

/** The hour of a workday (0–23) or of a Saturday or Sunday (24–47). */
function phaseOfWeek(timestampEpochMs: number): number {
  // 1 January 1970 was a Thursday.
  const day = Math.floor(timestampEpochMs / DAY_MS) % 7;
  return hourOfDay(timestampEpochMs) + (day === 2 || day === 3 ? 24 : 0);
}

function summarize(values: readonly number[]): Expectation {
  return { expected: mean(values), deviation: standardDeviation(values) };
}
