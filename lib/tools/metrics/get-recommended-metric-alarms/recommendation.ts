/** One recommended alarm: its template, where its number comes from, and what it would have done. Pure. */
import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import { nameAlarm } from '../../../domain/alarms/advice/alarm-names.ts';
import { type AlarmRule, directionOf } from '../../../domain/alarms/advice/alarm-rule.ts';
import type { AlarmTemplate } from '../../../domain/alarms/advice/alarm-template.ts';
import type { Drift } from '../../../domain/alarms/advice/clear-drift.ts';
import type { CounterAlarm } from '../../../domain/alarms/advice/derive-counter.ts';
import type { Derivation, NoDerivation } from '../../../domain/alarms/advice/derive-threshold.ts';
import { judgeRule, type Verdict } from '../../../domain/alarms/advice/judge-rule.ts';
import type { KnownIncident } from '../../../domain/alarms/advice/known-incidents.ts';
import type { PeriodValues } from '../../../domain/alarms/advice/period-values.ts';
import { isSure } from '../../../domain/metrics/series-analysis/trend.ts';
import { DAY_MS } from '../../../domain/time.ts';
import type { MetricAnalysis } from '../shared/analyze-fetched.ts';
import {
  describeCounter,
  describeDerivation,
  describeDrift,
  describeNoDerivation,
  describeSource,
} from './answer-derivation.ts';
import type { AdviceSource, Candidate } from './choose-candidates.ts';
import type { FittedRule } from './fit-rule.ts';
import type { History } from './read.ts';

/** More often than this, a threshold of the advice gets a derived one beside it. */
const NOISY_PER_WEEK = 5;
const NOISY_SHARE = 0.1;

export interface Recommendation {
  readonly source: AdviceSource | 'anomaly';
  readonly isDerived: boolean;
  readonly template: AlarmTemplate;
  /** Where the number comes from, one sentence or more. */
  readonly why: string;
  /** What the alarm would have done; of an anomaly band our own estimate. */
  readonly verdict?: Verdict;
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
  /** Left out of what is usual. */
  readonly incidents: readonly KnownIncident[];
}

/** Of the history of the first candidate, where there is one of which one may be sure. */
export function driftOf(candidate: Candidate, { analysis, candidates }: RecommendQuestion): Drift | undefined {
  const trend = candidate === candidates[0] ? analysis?.trend : undefined;
  const now = analysis?.expected.at(-1);
  if (trend === undefined || analysis === undefined || now === undefined || !isSure(trend)) return undefined;
  return { perDay: trend.slopePerStep * (DAY_MS / analysis.grid.stepMs), now };
}

interface Making {
  readonly candidate: Candidate;
  readonly question: RecommendQuestion;
  readonly taken: Set<string>;
  readonly fitted: FittedRule;
}

interface Maker {
  readonly advised: (threshold: number) => Recommendation;
  readonly derived: (derived: Derivation, beside: readonly string[]) => Recommendation;
  readonly counter: (counter: CounterAlarm) => Recommendation;
  readonly missing: (reason: NoDerivation) => string;
}

export function maker({ candidate, question, taken, fitted }: Making): Maker {
  const { metric, unit, incidents } = question;
  const { rule, tried, values } = fitted;
  const notes = [...(candidate.note === undefined ? [] : [candidate.note]), ...fitted.notes];
  const unwatched = candidate.isFree
    ? []
    : [`${directionOf(rule) === 'above' ? 'Low' : 'High'} values are not watched.`];
  const drift = driftOf(candidate, question);
  const listDrift = (threshold: number): string[] => describeDrift(drift, threshold, { rule, unit }) ?? [];
  const isSaid = candidate.source === 'none' || candidate.note !== undefined;
  const build = (own: AlarmRule, threshold: number, description: string, suffix: string): AlarmTemplate => ({
    ...describeRule(own, metric),
    names: nameAlarm(metric, `${kindOf(own)}${suffix}`, taken),
    description,
    condition: { kind: 'threshold', comparison: own.comparison, threshold },
  });
  const whose = (isNoisy: boolean): string[] => (isSaid || isNoisy ? [] : [describeSource(candidate, false)]);
  return {
    advised(threshold) {
      const verdict = values.count === 0 ? undefined : judgeRule(values, tried, threshold, incidents);
      const said = describeSource(candidate, true);
      return {
        source: candidate.source,
        isDerived: false,
        template: build(rule, threshold, said, ''),
        why: [said, ...notes, ...unwatched, ...listDrift(threshold)].join(' '),
        history: values,
        isNoisy: verdict !== undefined && isNoisy(verdict),
        ...(verdict !== undefined && verdict.whole.evaluations > 0 && { verdict }),
      };
    },
    derived(derived, beside) {
      const said = describeDerivation(derived, { rule, values, unit, hasIncidents: incidents.length > 0 });
      return {
        source: candidate.source,
        isDerived: true,
        template: build(rule, derived.threshold, said, '-derived'),
        why: [
          ...whose(beside.length > 0),
          said,
          ...beside,
          ...notes,
          ...unwatched,
          ...listDrift(derived.threshold),
        ].join(' '),
        history: values,
        verdict: derived.verdict,
        isNoisy: isNoisy(derived.verdict),
      };
    },
    counter(counter) {
      const said = describeCounter(counter, {
        rule: candidate.rule,
        isFree: candidate.isFree,
        hasIncidents: incidents.length > 0,
      });
      return {
        source: candidate.source,
        isDerived: true,
        template: build(counter.rule, counter.threshold, said, '-derived'),
        why: [...whose(false), said, ...(candidate.note === undefined ? [] : [candidate.note]), ...unwatched].join(' '),
        history: counter.values,
        verdict: counter.verdict,
        isNoisy: false,
      };
    },
    missing: (reason) =>
      [...whose(candidate.threshold !== undefined), describeNoDerivation(reason, values, unit, rule)].join(' '),
  };
}

function kindOf(rule: AlarmRule): string {
  return `${rule.statistic.replace(/[^A-Za-z0-9]+/g, '')}-${directionOf(rule) === 'above' ? 'high' : 'low'}`;
}

function isNoisy({ usual }: Verdict): boolean {
  return usual.alarmsPerWeek > NOISY_PER_WEEK || usual.alarmShare > NOISY_SHARE;
}

export function describeRule(
  { statistic, periodSeconds, evaluationPeriods, datapointsToAlarm, missingData }: AlarmRule,
  { namespace, metricName, dimensions, accountId }: MetricIdentity,
): Omit<AlarmTemplate, 'names' | 'description' | 'condition'> {
  return {
    namespace,
    metricName,
    dimensions,
    ...(accountId !== undefined && { accountId }),
    statistic,
    periodSeconds,
    evaluationPeriods,
    datapointsToAlarm,
    missingData,
  };
}
