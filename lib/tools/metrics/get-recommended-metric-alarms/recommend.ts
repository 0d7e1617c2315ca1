/** Candidates and a metric's history → alarms with thresholds that were tried on it. Pure; in slices, since each is tried on weeks. */
import { type AlarmRule, directionOf } from '../../../domain/alarms/advice/alarm-rule.ts';
import { type CounterAlarm, deriveCounter } from '../../../domain/alarms/advice/derive-counter.ts';
import { type Derivation, deriveThreshold } from '../../../domain/alarms/advice/derive-threshold.ts';
import { readMetricName } from '../../../domain/alarms/advice/metric-words.ts';
import { createSlices, mapInSlices } from '../../../domain/async/slices.ts';
import { isAdditive } from '../../../domain/metrics/statistic.ts';
import { describeUnfireable } from './answer-derivation.ts';
import type { Candidate } from './choose-candidates.ts';
import { type FittedRule, fitRule } from './fit-rule.ts';
import type { History } from './read.ts';
import { recommendBand } from './recommend-band.ts';
import { driftOf, maker, type Recommendations, type RecommendQuestion } from './recommendation.ts';

/** A derived threshold on the first part of the way from the median to that of the advice: the advice is far off. */
const FAR_SHARE = 1 / 3;

export async function recommend(question: RecommendQuestion): Promise<Recommendations> {
  const taken = new Set<string>();
  const slices = createSlices();
  await slices.next();
  const found = await mapInSlices(question.candidates, (candidate) => recommendOne(candidate, question, taken), slices);
  await slices.next();
  const band = recommendBand(question, taken);
  return {
    recommendations: [...found, band].flatMap(({ recommendations }) => recommendations),
    missing: [...new Set([...found, band].flatMap(({ missing }) => missing))],
  };
}

function recommendOne(candidate: Candidate, question: RecommendQuestion, taken: Set<string>): Recommendations {
  const history = question.historyOf(candidate.rule);
  if (history === undefined) return { recommendations: [], missing: [] };
  const fitted = fitRule(candidate, history, question.metric);
  const make = maker({ candidate, question, taken, fitted });
  if (!fitted.canFire) return { recommendations: [], missing: [describeUnfireable(fitted)] };
  const counter = candidate.threshold === undefined ? findCounter(fitted, history, question) : undefined;
  if (counter !== undefined) return { recommendations: [make.counter(counter)], missing: [] };
  const { rule, tried, values } = fitted;
  const { unit, incidents, metric } = question;
  const { isShare } = readMetricName(metric.metricName);
  const options = { unit, isShare, incidents, drift: driftOf(candidate, question) };
  const derived = deriveThreshold(values, tried, options);
  const said = candidate.threshold === undefined ? undefined : make.advised(candidate.threshold);
  if (said === undefined || candidate.threshold === undefined) {
    return typeof derived === 'string'
      ? { recommendations: [], missing: [make.missing(derived)] }
      : { recommendations: [make.derived(derived, [])], missing: [] };
  }
  if (typeof derived === 'string')
    return { recommendations: [said], missing: said.isNoisy ? [make.missing(derived)] : [] };
  const isFar = !said.isNoisy && isFarOff(derived, candidate.threshold, rule);
  if (!said.isNoisy && !isFar) return { recommendations: [said], missing: [] };
  const beside = said.isNoisy
    ? 'Instead of the number of the advice, which does not fit this metric.'
    : 'Beside the number of the advice, which is far off what this metric does: this one hears that it leaves its usual range.';
  return { recommendations: [said, make.derived(derived, [beside])], missing: [] };
}

/** Rare faults, and those that never came yet, have an alarm of their own kind. */
function findCounter(
  { tried }: FittedRule,
  { view, range }: History,
  { metric, incidents }: RecommendQuestion,
): CounterAlarm | undefined {
  const isCounter =
    isAdditive(tried.statistic) && directionOf(tried) === 'above' && readMetricName(metric.metricName).isFault;
  return isCounter ? deriveCounter({ points: view.points, endEpochMs: range.endEpochMs, incidents }, tried) : undefined;
}

function isFarOff({ threshold, median }: Derivation, advised: number, rule: AlarmRule): boolean {
  const way = (directionOf(rule) === 'above' ? 1 : -1) * (advised - median);
  return way > 0 && Math.abs(threshold - median) < way * FAR_SHARE;
}
