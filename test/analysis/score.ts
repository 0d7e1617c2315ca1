/** Runs the analysis over labelled series and counts how often it is right. */
import { analyzeSeries, type SeriesAnalysis } from '../../lib/domain/metrics/series-analysis/analyze-series.ts';
import { type Grid, toGrid } from '../../lib/domain/metrics/series-analysis/grid.ts';
import { DAY_MS, type LabelledSeries } from './labelled-series.ts';

/** A period counts as right within 2 %. */
const PERIOD_TOLERANCE = 0.02;
const SHIFT_TOLERANCE_STEPS = 2;

export interface Verdict {
  readonly series: LabelledSeries;
  readonly isRight: boolean;
  readonly said: string;
}

export interface Score {
  readonly right: number;
  readonly total: number;
  readonly share: number;
  readonly wrong: readonly Verdict[];
}

function runAnalysis(grid: Grid): SeriesAnalysis {
  const steps = analyzeSeries(grid);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function analyze(series: LabelledSeries): { analysis: SeriesAnalysis; grid: Grid } {
  const grid = toGrid(series.points, series.stepMs);
  if (grid === undefined) throw new Error(`no datapoints in ${series.name}`);
  return { analysis: runAnalysis(grid), grid };
}

function judgePeriods(series: LabelledSeries): Verdict {
  const { analysis } = analyze(series);
  const found = analysis.seasons.map(({ periodSamples }) => periodSamples * series.stepMs);
  const isRight =
    found.length === series.periodsMs.length &&
    series.periodsMs.every((truth) => found.some((period) => Math.abs(period / truth - 1) < PERIOD_TOLERANCE));
  return { series, isRight, said: found.map((ms) => `${(ms / 3_600_000).toFixed(2)}h`).join(' + ') };
}

function judgeSlope(series: LabelledSeries): Verdict {
  const { trend } = analyze(series).analysis;
  const perDay = DAY_MS / series.stepMs;
  const truth = series.slopePerDay ?? 0;
  const isRight = trend !== undefined && trend.lowPerStep * perDay <= truth && truth <= trend.highPerStep * perDay;
  const said =
    trend === undefined
      ? 'none'
      : [trend.slopePerStep, trend.lowPerStep, trend.highPerStep]
          .map((slope) => (slope * perDay).toPrecision(3))
          .join(' ');
  return { series, isRight, said: `${said} for ${truth.toPrecision(3)}` };
}

function judgeShifts(series: LabelledSeries): Verdict {
  const { analysis, grid } = analyze(series);
  const found = analysis.shifts.map(({ at }) => grid.startEpochMs + (grid.indices[at] ?? 0) * grid.stepMs);
  const truths = series.shiftsEpochMs ?? [];
  const isRight =
    found.length === truths.length &&
    truths.every((truth) => found.some((at) => Math.abs(at - truth) <= SHIFT_TOLERANCE_STEPS * series.stepMs));
  return {
    series,
    isRight,
    said:
      truths.map((truth, index) => ((found[index] ?? Number.NaN) - truth) / series.stepMs).join(', ') +
      ` of ${found.length}`,
  };
}

const JUDGES = { periods: judgePeriods, slope: judgeSlope, shifts: judgeShifts };

/** Series made from `count` seeds in a row. */
export function score(
  make: (seed: number) => LabelledSeries,
  judge: keyof typeof JUDGES,
  count: number,
  firstSeed: number,
): Score {
  const verdicts = Array.from({ length: count }, (_, index) => JUDGES[judge](make(firstSeed + index)));
  const wrong = verdicts.filter(({ isRight }) => !isRight);
  const right = count - wrong.length;
  return { right, total: count, share: right / count, wrong };
}
