/** A band that follows the season of a metric, where there is one and the band would be quiet. Pure. */
import { nameAlarm } from '../../../domain/alarms/advice/alarm-names.ts';
import { directionOf } from '../../../domain/alarms/advice/alarm-rule.ts';
import { canFire } from '../../../domain/alarms/advice/can-fire.ts';
import { BAND_COMPARISONS, type BandSide, estimateBand } from '../../../domain/alarms/advice/estimate-band.ts';
import { robustSigma } from '../../../domain/metrics/series-analysis/robust.ts';
import { formatDuration } from '../../../domain/time.ts';
import type { MetricAnalysis } from '../shared/analyze-fetched.ts';
import { describeBand, describeNoBand } from './answer-derivation.ts';
import { fitRule } from './fit-rule.ts';
import { describeRule, type Recommendations, type RecommendQuestion } from './recommendation.ts';

/** Of the variance that a season must explain before a band that follows it is worth its cost. */
const MIN_SEASON_STRENGTH = 0.5;
const NOTHING: Recommendations = { recommendations: [], missing: [] };

export function recommendBand(question: RecommendQuestion, taken: Set<string>): Recommendations {
  const { analysis, metric, incidents } = question;
  const [candidate] = question.candidates;
  const season = analysis?.seasons[0];
  const history = candidate === undefined ? undefined : question.historyOf(candidate.rule);
  if (candidate === undefined || history === undefined || analysis === undefined || season === undefined)
    return NOTHING;
  if (season.strength < MIN_SEASON_STRENGTH) return NOTHING;
  const { rule, tried, values } = fitRule(candidate, history, metric);
  if (canFire(values, tried) === false) return NOTHING;
  const side: BandSide = candidate.isFree ? 'both' : directionOf(rule);
  const { grid } = analysis;
  const residuals = listResiduals(analysis);
  const estimate = estimateBand({ ...grid, values: residuals, sigma: robustSigma(residuals) }, tried, side, incidents);
  const facts = { season, stepMs: grid.stepMs, rule };
  if (estimate.isNoisy) return { recommendations: [], missing: [describeNoBand(estimate, facts)] };
  const band = {
    source: 'anomaly' as const,
    isDerived: false,
    template: {
      ...describeRule(rule, metric),
      names: nameAlarm(metric, `${rule.statistic.replace(/[^A-Za-z0-9]+/g, '')}-anomaly`, taken),
      description: `Outside of what its season of ${formatDuration(season.periodSamples * grid.stepMs)} lets expect.`,
      condition: { kind: 'band' as const, comparison: BAND_COMPARISONS[side], width: estimate.width },
    },
    why: describeBand(estimate, facts),
    history: values,
    isNoisy: false,
    ...(estimate.verdict !== undefined && { verdict: estimate.verdict }),
  };
  return { recommendations: [band], missing: [] };
}

/** What season and trend leave over. The level of an incident is found by the analysis, but nothing to expect. */
function listResiduals({ grid, expected, baseline }: MetricAnalysis): Float64Array {
  const jumps = baseline.incidents.filter(({ kind }) => kind === 'shift' || kind === 'excursion');
  return grid.values.map((value, at) => {
    const epochMs = grid.startEpochMs + (grid.indices[at] ?? 0) * grid.stepMs;
    const inside = jumps.find(
      ({ startEpochMs, endEpochMs }) => epochMs >= startEpochMs && epochMs < (endEpochMs ?? Number.POSITIVE_INFINITY),
    );
    return value - (expected[at] ?? 0) + (inside?.jump ?? 0);
  });
}
