/** What analyze_metric found, in words. Pure. */
import { describeBreak } from '../../../domain/metrics/describe-break.ts';
import { describeExcess } from '../../../domain/metrics/describe-newest.ts';
import { formatNumber, formatValue } from '../../../domain/metrics/metric-value.ts';
import { isSure } from '../../../domain/metrics/series-analysis/trend.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import { DAY_MS, formatDuration, formatTime, HOUR_MS } from '../../../domain/time.ts';
import { type MetricAnalysis, timeOf } from '../shared/analyze-fetched.ts';
import { tellFindings } from '../shared/describe-findings.ts';
import { findLeftRange } from '../shared/left-range.ts';
import type { SeriesView } from '../shared/view-series.ts';
import { chooseOutliers } from './output.ts';

const MAX_TOLD_OUTLIERS = 3;
const MAX_TOLD_INCIDENTS = 3;
const MAX_TOLD_FINDINGS = 3;
/** Farther ahead a slope says nothing. */
const MAX_END_DAYS = 60;
const PERCENT = 100;
const VERDICTS = {
  usual: 'usual',
  high: 'unusually high',
  low: 'unusually low',
  changed: 'in the usual range, but something has just changed',
};

/** Goes on from the name of the metric: ` is at …; has stood at … since …; repeats every 1d; rises …`. */
export function describeShortly(view: SeriesView, analysis: MetricAnalysis): string {
  const { seasons, findings, lastHour, grid } = analysis;
  const writers = { value: (number: number) => formatValue(number, view.unit), time: formatTime };
  const periods = seasons.map(({ periodSamples }) => formatDuration(periodSamples * grid.stepMs));
  const excess = describeExcess(view, writers);
  const left =
    excess === undefined && findLeftRange(view, analysis) !== undefined
      ? describeBreak(view.points, writers)
      : undefined;
  const isHourTold = findings.some(({ kind }, index) => kind === 'hour' && index < MAX_TOLD_FINDINGS);
  return [
    ...(excess === undefined ? [] : [`is at ${excess}`]),
    ...(left === undefined ? tellFindings(analysis, writers, MAX_TOLD_FINDINGS) : [left]),
    ...(findings.length === 0 && left === undefined ? ['has no level shift'] : []),
    ...describeCourse(view, analysis),
    analysis.switching !== undefined
      ? `switches between about ${writers.value(analysis.switching.low)} and ${writers.value(analysis.switching.high)}`
      : periods.length === 0
        ? 'has no season'
        : `repeats every ${periods.join(' and every ')}`,
    ...(lastHour?.verdict === undefined || isHourTold || left !== undefined
      ? []
      : [`its last ${isHourly(analysis) ? 'datapoint' : 'hour'} is ${VERDICTS[lastHour.verdict]}`]),
  ].join('; ');
}

/** Trend or curve. */
function describeCourse({ unit, summary }: SeriesView, analysis: MetricAnalysis): string[] {
  const { trend, curve, grid, switching } = analysis;
  if (switching !== undefined) return [];
  if (curve !== undefined) {
    const verb = curve.direction === 'up' ? 'rises' : 'falls';
    const since = curve.at === undefined ? '' : ` since ${formatTime(timeOf(grid, curve.at))}`;
    return [
      curve.kind === 'accelerating'
        ? `${verb} ever faster${since}`
        : `levels off${since}, after it ${curve.direction === 'up' ? 'rose' : 'fell'}`,
    ];
  }
  if (trend === undefined) return ['is too short for a trend'];
  if (trend.isWandering) return ['wanders like a random walk'];
  if (!isSure(trend)) return ['has no trend'];
  const perDay = trend.slopePerStep * (DAY_MS / grid.stepMs);
  const end = describeEnd(perDay, summary?.last.value, unit, (grid.length * grid.stepMs) / DAY_MS);
  return [`${perDay > 0 ? 'rises' : 'falls'} by ${formatValue(Math.abs(perDay), unit)} per day${end}`];
}

/** When a share or what is left of something comes to its end at this rate; no farther ahead than the series reaches back. */
function describeEnd(perDay: number, last: number | undefined, unit: string | undefined, spanDays: number): string {
  if (last === undefined || perDay === 0) return '';
  const target = perDay < 0 ? 0 : unit === 'Percent' ? PERCENT : undefined;
  if (target === undefined || (perDay < 0 && last <= 0)) return '';
  const days = (target - last) / perDay;
  return days > 0 && days <= Math.min(MAX_END_DAYS, spanDays)
    ? `, at ${formatValue(target, unit)} in about ${Math.ceil(days)}d at this rate`
    : '';
}

/** One line per finding. */
export function describeFindings(view: SeriesView, analysis: MetricAnalysis): string[] {
  return [
    describeSeasons(analysis),
    ...analysis.notJudged,
    describeTrend(view, analysis),
    describeShifts(view, analysis),
    describeStates(view, analysis),
    describeOutliers(view, analysis),
    describeLastHour(view, analysis),
    describeBaseline(analysis),
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

function describeTrend(
  { unit }: SeriesView,
  { trend, grid, shifts, curve, switching }: MetricAnalysis,
): string | undefined {
  if (switching !== undefined) return undefined;
  if (trend === undefined) return 'Trend: too few datapoints.';
  const perDay = DAY_MS / grid.stepMs;
  const signed = (slope: number): string => `${slope < 0 ? '−' : '+'}${formatValue(Math.abs(slope) * perDay, unit)}`;
  const range = `${signed(trend.slopePerStep)} per day (95% interval ${signed(trend.lowPerStep)} to ${signed(trend.highPerStep)})`;
  const apart = shifts.length > 0 ? ', level shifts aside' : '';
  if (trend.isWandering)
    return `Trend: ${range}; it wanders like a random walk, so this says little about what comes next.`;
  const bend =
    curve === undefined
      ? ''
      : `; it is no straight line: it ${curve.kind === 'accelerating' ? 'moves ever faster' : 'levels off'}`;
  return `Trend: ${range}${apart}${isSure(trend) || curve !== undefined ? '' : ': not different from none'}${bend}.`;
}

/** Two states, a daily event, a spread that changed. */
function describeStates(
  { unit }: SeriesView,
  { switching, event, spread, model, grid }: MetricAnalysis,
): string | undefined {
  const value = (number: number): string => formatValue(number, unit);
  const lasts = (samples: number): string => formatDuration(samples * grid.stepMs);
  const clock = (ms: number): string => `${formatTime(ms).slice(11, 16)}Z`;
  const told = [
    ...(model === 'multiplicative' ? ['Season and noise grow with the level.'] : []),
    ...(switching === undefined
      ? []
      : [
          `Two states: about ${value(switching.low)} for ${lasts(switching.offSamples)}, then about ${value(switching.high)} for ${lasts(switching.onSamples)} (medians); level shifts and trend are not judged.`,
        ]),
    ...(event === undefined
      ? []
      : [
          `Each day between ${clock(event.fromMs)} and ${clock(event.toMs)} it goes to about ${value(event.height)} for ${formatDuration(event.lastsMs)} (${event.days} of ${event.ofDays} days)${event.missingAt === undefined ? '' : `, but not at ${formatTime(timeOf(grid, event.missingAt))}`}.`,
        ]),
    ...(spread === undefined
      ? []
      : [
          `It swings ${spread.after > spread.before ? 'farther' : 'less'} about its mean since ${formatTime(timeOf(grid, spread.at))}.`,
        ]),
  ];
  return told.length === 0 ? undefined : told.join(' ');
}

function describeBaseline({ baseline: { incidents } }: MetricAnalysis): string | undefined {
  if (incidents.length === 0) return undefined;
  const told = incidents
    .slice(-MAX_TOLD_INCIDENTS)
    .map(
      ({ startEpochMs, endEpochMs }) =>
        `${formatTime(startEpochMs)} to ${endEpochMs === undefined ? 'the end' : formatTime(endEpochMs)}`,
    );
  const newest = incidents.length > told.length ? `the newest ${told.length} of ${incidents.length}: ` : '';
  return `Left out of what is called usual: ${newest}${told.join('; ')}.`;
}

function describeShifts({ unit }: SeriesView, { shifts, grid }: MetricAnalysis): string {
  if (shifts.length === 0) return 'Level shifts: none.';
  const told = shifts.map(
    ({ at, before, after }) =>
      `${formatTime(timeOf(grid, at))} from ${formatValue(before, unit)} to ${formatValue(after, unit)}`,
  );
  return `Level shifts (season aside): ${told.join('; ')}.`;
}

function describeOutliers({ unit }: SeriesView, analysis: MetricAnalysis): string {
  const { outliers, grid, expected } = analysis;
  if (outliers.length === 0) return 'Outliers: none.';
  const told = chooseOutliers(analysis, MAX_TOLD_OUTLIERS).map(
    ({ at }) =>
      `${formatValue(grid.values[at] ?? 0, unit)} at ${formatTime(timeOf(grid, at))} (expected ${formatValue(expected[at] ?? 0, unit)})`,
  );
  const most = outliers.length > told.length ? ', the farthest and the newest' : '';
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
  const says = lastHour.verdict === undefined ? 'too few to judge' : VERDICTS[lastHour.verdict];
  return `${what} (until ${until}): mean ${value(lastHour.mean)}, expected ${value(lastHour.expected)}; ${lastHour.hours} ${phase} have median ${value(lastHour.median)} (p10 ${value(lastHour.p10)}, p90 ${value(lastHour.p90)}): ${says}.`;
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
