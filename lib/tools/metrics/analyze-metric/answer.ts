/** What analyze_metric found, in words. Pure. */

import { formatNumber, formatValue } from '../../../domain/metrics/metric-value.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import { DAY_MS, formatDuration, formatTime, HOUR_MS } from '../../../domain/time.ts';
import { type MetricAnalysis, timeOf } from '../shared/analyze-fetched.ts';
import type { SeriesView } from '../shared/view-series.ts';
import { isSignificant } from './output.ts';

const MAX_TOLD_OUTLIERS = 5;
const PERCENT = 100;
const VERDICTS = { usual: 'usual', high: 'unusually high', low: 'unusually low' };

/** Goes on from the name of the metric: ` repeats every 1d; rises …`. */
export function describeShortly(view: SeriesView, analysis: MetricAnalysis): string {
  const { seasons, shifts, lastHour, trend, grid } = analysis;
  const periods = seasons.map(({ periodSamples }) => formatDuration(periodSamples * grid.stepMs));
  const slope = trend === undefined || trend.isWandering || !isSignificant(trend) ? 0 : trend.slopePerStep;
  const perDay = formatValue(Math.abs(slope) * (DAY_MS / grid.stepMs), view.unit);
  const last = shifts.at(-1);
  return [
    periods.length === 0 ? 'has no season' : `repeats every ${periods.join(' and every ')}`,
    trend?.isWandering === true
      ? 'wanders like a random walk'
      : slope === 0
        ? 'has no trend'
        : `${slope > 0 ? 'rises' : 'falls'} by ${perDay} per day`,
    last === undefined
      ? 'has no level shift'
      : `has ${shifts.length === 1 ? 'a level shift' : `${shifts.length} level shifts, the last`} at ${formatTime(timeOf(grid, last.at))}`,
    ...(lastHour?.verdict === undefined
      ? []
      : [`its last ${isHourly(analysis) ? 'datapoint' : 'hour'} is ${VERDICTS[lastHour.verdict]}`]),
  ].join('; ');
}

/** One line per finding. */
export function describeFindings(view: SeriesView, analysis: MetricAnalysis): string[] {
  return [
    describeSeasons(analysis),
    ...analysis.notJudged,
    describeTrend(view, analysis),
    describeShifts(view, analysis),
    describeOutliers(view, analysis),
    describeLastHour(view, analysis),
    describeValues(view),
    `Course: ${view.sparkline}`,
  ].filter((line) => line !== undefined);
}

function describeSeasons({ seasons, grid }: MetricAnalysis): string {
  if (seasons.length === 0) return 'Season: none that stands out of the noise.';
  const named = seasons.map(
    ({ periodSamples, strength }) =>
      `every ${formatDuration(periodSamples * grid.stepMs)} (strength ${Math.round(strength * PERCENT)}%)`,
  );
  return `Season: ${named.join(', ')}.`;
}

function describeTrend({ unit }: SeriesView, { trend, grid, shifts }: MetricAnalysis): string | undefined {
  if (trend === undefined) return 'Trend: too few datapoints.';
  const perDay = DAY_MS / grid.stepMs;
  const signed = (slope: number): string => `${slope < 0 ? '−' : '+'}${formatValue(Math.abs(slope) * perDay, unit)}`;
  const range = `${signed(trend.slopePerStep)} per day (95% interval ${signed(trend.lowPerStep)} to ${signed(trend.highPerStep)})`;
  const apart = shifts.length > 0 ? ', level shifts aside' : '';
  if (trend.isWandering)
    return `Trend: ${range}; it wanders like a random walk, so this says little about what comes next.`;
  return `Trend: ${range}${apart}${isSignificant(trend) ? '' : ': not different from none'}.`;
}

function describeShifts({ unit }: SeriesView, { shifts, grid }: MetricAnalysis): string {
  if (shifts.length === 0) return 'Level shifts: none.';
  const told = shifts.map(
    ({ at, before, after }) =>
      `${formatTime(timeOf(grid, at))} from ${formatValue(before, unit)} to ${formatValue(after, unit)}`,
  );
  return `Level shifts (season aside): ${told.join('; ')}.`;
}

function describeOutliers({ unit }: SeriesView, { outliers, grid, expected }: MetricAnalysis): string {
  if (outliers.length === 0) return 'Outliers: none.';
  const told = outliers
    .slice(0, MAX_TOLD_OUTLIERS)
    .map(
      ({ at }) =>
        `${formatValue(grid.values[at] ?? 0, unit)} at ${formatTime(timeOf(grid, at))} (expected ${formatValue(expected[at] ?? 0, unit)})`,
    );
  const most = outliers.length > MAX_TOLD_OUTLIERS ? `, the farthest ${MAX_TOLD_OUTLIERS}` : '';
  return `Outliers: ${formatNumber(outliers.length)} ${nounOf(outliers.length, 'datapoint')} far off${most}: ${told.join('; ')}.`;
}

function describeLastHour({ unit }: SeriesView, analysis: MetricAnalysis): string | undefined {
  const { lastHour } = analysis;
  if (lastHour === undefined) return undefined;
  const value = (number: number): string => formatValue(number, unit);
  const { grid } = analysis;
  const until = formatTime(grid.startEpochMs + grid.length * grid.stepMs);
  const what = isHourly(analysis) ? 'Last datapoint' : 'Last hour';
  const phase =
    lastHour.phaseMs === undefined
      ? 'earlier ones'
      : `earlier ones at the same phase of ${formatDuration(lastHour.phaseMs)}`;
  const since = lastHour.sinceEpochMs === undefined ? '' : ` since ${formatTime(lastHour.sinceEpochMs)}`;
  const says = lastHour.verdict === undefined ? 'too few to judge' : VERDICTS[lastHour.verdict];
  return `${what} (until ${until}): mean ${value(lastHour.mean)}, expected ${value(lastHour.expected)}; ${lastHour.hours} ${phase}${since} have median ${value(lastHour.median)} (p10 ${value(lastHour.p10)}, p90 ${value(lastHour.p90)}): ${says}.`;
}

/** Datapoints stand so far apart that an hour holds one at most. */
function isHourly({ grid }: MetricAnalysis): boolean {
  return grid.stepMs >= HOUR_MS;
}

function describeValues({ summary, unit }: SeriesView): string | undefined {
  if (summary === undefined) return undefined;
  const { min, p50, p90, p99, max, mean } = summary;
  const value = (number: number): string => formatValue(number, unit);
  return `Values: min ${value(min.value)}, p50 ${value(p50)}, p90 ${value(p90)}, p99 ${value(p99)}, max ${value(max.value)}, mean ${value(mean)}.`;
}
