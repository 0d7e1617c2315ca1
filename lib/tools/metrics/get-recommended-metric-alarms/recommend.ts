/** Candidates and a metric's history → alarms with thresholds that were tried on it. */
import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import { nameAlarm } from '../../../domain/alarms/advice/alarm-names.ts';
import { type AlarmRule, directionOf, fitPeriod } from '../../../domain/alarms/advice/alarm-rule.ts';
import type { AlarmTemplate } from '../../../domain/alarms/advice/alarm-template.ts';
import { deriveThreshold } from '../../../domain/alarms/advice/derive-threshold.ts';
import { BAND_COMPARISONS, type BandSide, estimateBand } from '../../../domain/alarms/advice/estimate-band.ts';
import { type PeriodValues, toPeriodValues } from '../../../domain/alarms/advice/period-values.ts';
import { type Replay, replayAlarm } from '../../../domain/alarms/advice/replay-alarm.ts';
import { subtract } from '../../../domain/metrics/series-analysis/arrays.ts';
import { robustSigma } from '../../../domain/metrics/series-analysis/robust.ts';
import { formatDuration, HOUR_MS, SECOND_MS } from '../../../domain/time.ts';
import type { MetricAnalysis } from '../shared/analyze-fetched.ts';
import {
  describeBand,
  describeDerivation,
  describeDrift,
  describeNoDerivation,
  describeSource,
} from './answer-derivation.ts';
import type { AdviceSource, Candidate } from './choose-candidates.ts';
import type { History } from './read.ts';

/** More often than this, a threshold of the advice gets a derived one beside it. */
const NOISY_PER_WEEK = 5;
const NOISY_SHARE = 0.1;
/** Of the variance that a season must explain before a band that follows it is worth its cost. */
const MIN_SEASON_STRENGTH = 0.5;
/** A metric without so many of its datapoints is one that is only published when something happens. */
const MIN_DENSITY = 0.9;

const IGNORED_MISSING = 'CloudWatch ignores missing data in alarms on DynamoDB whatever is set, and it was tried so.';

export interface Recommendation {
  readonly source: AdviceSource | 'anomaly';
  readonly isDerived: boolean;
  readonly template: AlarmTemplate;
  /** Where the number comes from, one sentence or more. */
  readonly why: string;
  /** What the alarm would have done; of an anomaly band our own estimate. */
  readonly replay?: Replay;
  readonly history: PeriodValues;
  readonly isNoisy: boolean;
}

export interface Recommendations {
  readonly recommendations: readonly Recommendation[];
  /** Why there is no number where one was wanted. */
  readonly missing: readonly string[];
}

export interface RecommendQuestion {
  readonly metric: MetricIdentity;
  readonly unit: string | undefined;
  readonly candidates: readonly Candidate[];
  readonly historyOf: (rule: AlarmRule) => History | undefined;
  /** Of the first candidate's history. */
  readonly analysis: MetricAnalysis | undefined;
}

export function recommend(question: RecommendQuestion): Recommendations {
  const taken = new Set<string>();
  const found = question.candidates.map((candidate) => recommendOne(candidate, question, taken));
  const band = recommendBand(question, taken);
  return {
    recommendations: [
      ...found.flatMap(({ recommendations }) => recommendations),
      ...(band === undefined ? [] : [band]),
    ],
    missing: [...new Set(found.flatMap(({ missing }) => missing))],
  };
}

function recommendOne(candidate: Candidate, question: RecommendQuestion, taken: Set<string>): Recommendations {
  const { metric, unit } = question;
  const history = question.historyOf(candidate.rule);
  if (history === undefined) return { recommendations: [], missing: [] };
  const { rule, note } = fitRule(candidate, history);
  const values = toPeriodValues(history.view.points, rule.periodSeconds, history.range.endEpochMs);
  const tried = triedAs(rule, metric);
  const build = (threshold: number, description: string, kind: string): AlarmTemplate => ({
    ...describeRule(rule, metric),
    names: nameAlarm(metric, kind, taken),
    description,
    condition: { kind: 'threshold', comparison: rule.comparison, threshold },
  });
  const kind = `${rule.statistic.replace(/[^A-Za-z0-9]+/g, '')}-${directionOf(rule) === 'above' ? 'high' : 'low'}`;
  const ignores = tried.missingData === rule.missingData ? undefined : IGNORED_MISSING;
  const notes = [candidate.note, note, ignores].filter((text) => text !== undefined);
  const driftOf = (threshold: number): string[] => {
    const analysis = candidate === question.candidates[0] ? question.analysis : undefined;
    const drift = analysis === undefined ? undefined : describeDrift(analysis, threshold, { rule, unit });
    return drift === undefined ? [] : [drift];
  };
  const recommendations: Recommendation[] = [];
  let isNoisy = false;
  if (candidate.threshold !== undefined) {
    const replay = values.count === 0 ? undefined : replayAlarm(values, tried, candidate.threshold);
    isNoisy = replay !== undefined && (replay.alarmsPerWeek > NOISY_PER_WEEK || replay.alarmShare > NOISY_SHARE);
    const said = describeSource(candidate, true);
    const why = [said, ...notes, ...driftOf(candidate.threshold)].join(' ');
    recommendations.push({
      source: candidate.source,
      isDerived: false,
      template: build(candidate.threshold, said, kind),
      why,
      history: values,
      isNoisy,
      ...(replay !== undefined && replay.evaluations > 0 && { replay }),
    });
    if (!isNoisy) return { recommendations, missing: [] };
  }
  const derived = deriveThreshold(values, tried, { unit });
  const isSaid = isNoisy || candidate.source === 'none' || candidate.note !== undefined;
  const source = isSaid ? [] : [describeSource(candidate, false)];
  if (typeof derived === 'string')
    return { recommendations, missing: [[...source, describeNoDerivation(derived, values, unit, rule)].join(' ')] };
  const beside = isNoisy ? ['Instead of the number of the advice, which does not fit this metric.'] : [];
  const said = describeDerivation(derived, { rule, values, unit });
  const why = [...source, said, ...beside, ...notes, ...driftOf(derived.threshold)].join(' ');
  recommendations.push({
    source: candidate.source,
    isDerived: true,
    template: build(derived.threshold, said, `${kind}-derived`),
    why,
    history: values,
    replay: derived.replay,
    isNoisy: derived.replay.alarmsPerWeek > NOISY_PER_WEEK || derived.replay.alarmShare > NOISY_SHARE,
  });
  return { recommendations, missing: [] };
}

/** The period follows the metric; of a plain rule also how missing data counts. */
function fitRule(candidate: Candidate, { publishingSeconds, view }: History): { rule: AlarmRule; note?: string } {
  const fitted = fitPeriod(candidate.rule, Math.max(publishingSeconds ?? 0, view.periodSeconds ?? 0));
  const isRare = candidate.isFree && view.points.length < view.expectedCount * MIN_DENSITY;
  const isSlow = candidate.isFree && fitted.periodSeconds >= HOUR_MS / SECOND_MS;
  const rule: AlarmRule = {
    ...fitted,
    ...(isRare && { missingData: 'notBreaching' }),
    ...(isSlow && { evaluationPeriods: 1, datapointsToAlarm: 1 }),
  };
  if (candidate.isFree || rule.periodSeconds === candidate.rule.periodSeconds) return { rule };
  return {
    rule,
    note: `The metric is published every ${rule.periodSeconds} s, so the period is that, not the ${candidate.rule.periodSeconds} s of the advice.`,
  };
}

/** Alarms on metrics of DynamoDB ignore missing data whatever they say (PutMetricAlarm, API reference). */
function triedAs(rule: AlarmRule, { namespace }: MetricIdentity): AlarmRule {
  return namespace === 'AWS/DynamoDB' ? { ...rule, missingData: 'ignore' } : rule;
}

function describeRule(
  rule: AlarmRule,
  { namespace, metricName, dimensions }: MetricIdentity,
): Omit<AlarmTemplate, 'names' | 'description' | 'condition'> {
  const { statistic, periodSeconds, evaluationPeriods, datapointsToAlarm, missingData } = rule;
  return {
    namespace,
    metricName,
    dimensions,
    statistic,
    periodSeconds,
    evaluationPeriods,
    datapointsToAlarm,
    missingData,
  };
}

function recommendBand(question: RecommendQuestion, taken: Set<string>): Recommendation | undefined {
  const { analysis, metric } = question;
  const [candidate] = question.candidates;
  const season = analysis?.seasons[0];
  const history = candidate === undefined ? undefined : question.historyOf(candidate.rule);
  if (candidate === undefined || history === undefined || analysis === undefined || season === undefined)
    return undefined;
  if (season.strength < MIN_SEASON_STRENGTH) return undefined;
  const { rule } = fitRule(candidate, history);
  const side: BandSide = candidate.isFree ? 'both' : directionOf(rule);
  const { grid, expected } = analysis;
  const values = subtract(grid.values, expected);
  const estimate = estimateBand({ ...grid, values, sigma: robustSigma(values) }, triedAs(rule, metric), side);
  const why = describeBand(estimate, { season, stepMs: grid.stepMs, rule });
  return {
    source: 'anomaly',
    isDerived: false,
    template: {
      ...describeRule(rule, metric),
      names: nameAlarm(metric, `${rule.statistic.replace(/[^A-Za-z0-9]+/g, '')}-anomaly`, taken),
      description: `Outside of what its season of ${formatDuration(season.periodSamples * grid.stepMs)} lets expect.`,
      condition: { kind: 'band', comparison: BAND_COMPARISONS[side], width: estimate.width },
    },
    why,
    history: toPeriodValues(history.view.points, rule.periodSeconds, history.range.endEpochMs),
    isNoisy: false,
    ...(estimate.replay !== undefined && { replay: estimate.replay }),
  };
}
