/** What the analysis says of series around an incident, against what happened. */
import { analyzeSeries, type SeriesAnalysis } from '../../lib/domain/metrics/series-analysis/analyze-series.ts';
import { listFindings } from '../../lib/domain/metrics/series-analysis/findings.ts';
import { type Grid, toGrid } from '../../lib/domain/metrics/series-analysis/grid.ts';
import { isSure } from '../../lib/domain/metrics/series-analysis/trend.ts';
import { makeFollowingNoise, makeHoliday, makeHourlyJob, makeWander } from './everyday-series.ts';
import {
  type IncidentSeries,
  makeBursts,
  makeCurve,
  makeDaily,
  makeGappy,
  makeHour,
  makeJob,
  makeQuiet,
  makeSpread,
  makeStep,
} from './incident-series.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const SHIFT_TOLERANCE_STEPS = 2;

export interface Examined {
  readonly grid: Grid;
  readonly analysis: SeriesAnalysis;
}

function examine({ points, stepMs }: Pick<IncidentSeries, 'points' | 'stepMs'>): Examined {
  const grid = toGrid(points, stepMs);
  if (grid === undefined) throw new Error('no datapoints');
  const steps = analyzeSeries(grid);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { grid, analysis: step.value };
  }
}

const placeOf = ({ grid }: Examined, at: number): number => grid.indices[at] ?? 0;

function saysUnusual({ analysis }: Examined): boolean {
  return analysis.hour !== undefined && analysis.hour.verdict !== 'usual';
}

/** Located within two periods, no others, and no trend told. */
function isStepFound(series: IncidentSeries): boolean {
  const examined = examine(series);
  const { shifts, trend } = examined.analysis;
  const [shift] = shifts;
  return (
    shifts.length === 1 &&
    shift !== undefined &&
    Math.abs(placeOf(examined, shift.at) - (series.at ?? 0)) <= SHIFT_TOLERANCE_STEPS &&
    (trend === undefined || !isSure(trend))
  );
}

function isCurveNamed(series: ReturnType<typeof makeCurve>): boolean {
  const { curve, trend, shifts } = examine(series).analysis;
  const named = curve === undefined ? 'straight' : curve.kind === 'accelerating' ? 'ever faster' : 'levels off';
  return (
    named === series.curve &&
    trend?.isWandering === false &&
    shifts.length === 0 &&
    (named !== 'straight' || isSure(trend))
  );
}

function isDaily({ analysis, grid }: Examined): boolean {
  return analysis.seasons.some(({ periodSamples }) => Math.abs((periodSamples * grid.stepMs) / DAY_MS - 1) < 0.02);
}

/** The change is told and the last hour is not called usual. */
function isBurstChangeFound(series: IncidentSeries): boolean {
  const examined = examine(series);
  const { switching } = examined.analysis;
  return switching?.change !== undefined && saysUnusual(examined);
}

function isHourly(series: IncidentSeries): boolean {
  const { analysis } = examine(series);
  const [season] = analysis.seasons;
  const isHour = season !== undefined && Math.abs((season.periodSamples * series.stepMs) / HOUR_MS - 1) < 0.02;
  return isHour && analysis.seasons.length === 1 && analysis.shifts.length === 0;
}

/** One event that came and went where it did, and no other change of level. */
function isHolidayTold(series: IncidentSeries): boolean {
  const { grid, analysis } = examine(series);
  const events = listFindings(grid, analysis).filter(({ kind }) => kind === 'shift' || kind === 'excursion');
  const [event] = events;
  const offMs = (event?.startEpochMs ?? 0) - (grid.startEpochMs + (series.at ?? 0) * series.stepMs);
  return events.length === 1 && event?.kind === 'excursion' && Math.abs(offMs) <= DAY_MS / 2;
}

function isSpreadFound(series: IncidentSeries): boolean {
  const { spread } = examine(series).analysis;
  return spread !== undefined && Math.abs(spread.at - (series.at ?? 0)) * series.stepMs <= DAY_MS / 2;
}

export interface Row {
  readonly question: string;
  readonly reach: string;
  /** Of the series made by a seed: 1 for right, or a number whose mean is told. */
  readonly judge: (seed: number) => number;
  readonly isReached: (mean: number) => boolean;
  readonly isShare: boolean;
  /** 24 analyses a series: fewer series are enough. */
  readonly isSlow?: boolean;
}

const SLOW_SHARE = 8;

function atLeast(question: string, share: number, isRight: (seed: number) => boolean): Row {
  return {
    question,
    reach: `≥ ${share * 100} %`,
    judge: (seed) => Number(isRight(seed)),
    isReached: (mean) => mean >= share,
    isShare: true,
  };
}

function atMost(question: string, most: number, count: (seed: number) => number, isShare = false): Row {
  return {
    question,
    reach: isShare ? `≤ ${most * 100} %` : `≤ ${most}`,
    judge: count,
    isReached: (mean) => mean <= most,
    isShare,
  };
}

export const ROWS: readonly Row[] = [
  atLeast('a step of × 0.5 … 3 in traffic of ±30 and ±50 % located, no trend told', 0.95, (seed) =>
    isStepFound(makeStep(seed)),
  ),
  atLeast('a last hour + 5 σ is called unusual', 0.95, (seed) => saysUnusual(examine(makeHour(seed, 5)))),
  atMost(
    'a last hour in which nothing happened is called unusual',
    0.01,
    (seed) => Number(saysUnusual(examine(makeHour(seed, 0)))),
    true,
  ),
  atLeast('a slope of daily points is in its interval', 0.93, (seed) => {
    const series = makeDaily(seed);
    const { trend } = examine(series).analysis;
    const truth = series.slopePerDay ?? 0;
    return trend !== undefined && trend.lowPerStep <= truth && truth <= trend.highPerStep;
  }),
  atMost(
    'bias of these slopes',
    0.01,
    (seed) => {
      const series = makeDaily(seed);
      const truth = series.slopePerDay ?? 1;
      return (examine(series).analysis.trend?.slopePerStep ?? 0) / truth - 1;
    },
    true,
  ),
  atMost('width of these intervals, in those of theory', 1.3, (seed) => {
    const series = makeDaily(seed);
    const { trend } = examine(series).analysis;
    return ((trend?.highPerStep ?? 0) - (trend?.slopePerStep ?? 0)) / (series.halfPerDay ?? 1);
  }),
  atLeast('a curve, or a straight line, is named', 0.95, (seed) => isCurveNamed(makeCurve(seed))),
  atLeast('bursts that stop', 0.9, (seed) => isBurstChangeFound(makeBursts(seed, 'stop'))),
  atLeast('bursts that triple', 0.9, (seed) => isBurstChangeFound(makeBursts(seed, 'triple'))),
  atLeast('a host that stays on', 0.9, (seed) => isBurstChangeFound(makeBursts(seed, 'stuck'))),
  atMost(
    'bursts as ever, something claimed',
    0.02,
    (seed) => {
      const examined = examine(makeBursts(seed, 'none'));
      const { switching, outliers, shifts } = examined.analysis;
      return Number(
        switching?.change !== undefined || saysUnusual(examined) || outliers.length > 0 || shifts.length > 0,
      );
    },
    true,
  ),
  atLeast('a daily job with jitter is a daily season, and no outlier', 0.9, (seed) => {
    const examined = examine(makeJob(seed, 'none'));
    return isDaily(examined) && examined.analysis.outliers.length === 0;
  }),
  atLeast('a daily job that did not come', 0.9, (seed) => {
    const series = makeJob(seed, 'missing');
    const { event } = examine(series).analysis;
    return event?.missingAt !== undefined;
  }),
  atLeast('an hourly job that comes ± 4 min is an hourly season', 0.9, (seed) => isHourly(makeHourlyJob(seed))),
  atLeast('a week of holidays is one event that came and went', 0.9, (seed) => isHolidayTold(makeHoliday(seed))),
  atLeast('a change of spread', 0.9, (seed) => isSpreadFound(makeSpread(seed))),
  atMost(
    'level shifts invented where only the spread changes',
    0.05,
    (seed) => examine(makeSpread(seed)).analysis.shifts.length,
  ),
  atLeast('a daily season with 20 % missing', 0.9, (seed) => isDaily(examine(makeGappy(seed, 0.2)))),
  atLeast('a daily season with 40 % missing', 0.9, (seed) => isDaily(examine(makeGappy(seed, 0.4)))),
  atMost('level shifts invented in a quiet series', 0.05, (seed) => examine(makeQuiet(seed)).analysis.shifts.length),
  atMost(
    'a spread that changed in a quiet series',
    0.02,
    (seed) => Number(examine(makeQuiet(seed)).analysis.spread !== undefined),
    true,
  ),
  atMost(
    'a spread that is claimed where the noise follows the level',
    0.02,
    (seed) => Number(examine(makeFollowingNoise(seed)).analysis.spread !== undefined),
    true,
  ),
  { ...atMost('claims on a quiet day, asked each hour', 0.3, (seed) => countClaims(makeQuiet(seed))), isSlow: true },
  {
    ...atMost('claims a week about slow wander, asked each hour', 1.25, (seed) => 7 * countClaims(makeWander(seed))),
    isSlow: true,
  },
];

/** The mean over `count` seeds in a row, and the seeds that are not as they should be. */
export function rate(
  { judge, isSlow, reach }: Row,
  count: number,
  firstSeed: number,
): { mean: number; odd: readonly number[] } {
  const series = isSlow ? Math.ceil(count / SLOW_SHARE) : count;
  const found = Array.from({ length: series }, (_, index) => judge(firstSeed + index));
  const best = reach.startsWith('≥') ? 1 : 0;
  return {
    mean: found.reduce((sum, value) => sum + value, 0) / series,
    odd: found.flatMap((value, index) => (Number.isInteger(value) && value !== best ? [firstSeed + index] : [])),
  };
}

/** On the last day, asked at each hour of which nothing is known afterwards: what is said to have happened in the last hour. */
function countClaims(series: IncidentSeries): number {
  let claims = 0;
  const end = (series.points.at(-1)?.epochMs ?? 0) + series.stepMs;
  for (let back = 0; back < 24; back += 1) {
    const nowEpochMs = end - back * HOUR_MS;
    const points = series.points.filter(({ epochMs }) => epochMs < nowEpochMs);
    const examined = examine({ points, stepMs: series.stepMs });
    const { shifts, outliers, spread, switching, event } = examined.analysis;
    const isNew = (at: number | undefined): boolean =>
      at !== undefined && examined.grid.startEpochMs + placeOf(examined, at) * series.stepMs >= nowEpochMs - HOUR_MS;
    const places = [...shifts, ...outliers].map(({ at }) => at);
    if (saysUnusual(examined) || [...places, spread?.at, switching?.change?.at, event?.missingAt].some(isNew))
      claims += 1;
  }
  return claims;
}
