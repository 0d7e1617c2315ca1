/** Which alarms are worth a threshold: what the catalogue advises for this metric, or a plain one. Pure. */
import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import { type AlarmRule, ruleOfAdvice } from '../../../domain/alarms/advice/alarm-rule.ts';
import { type NameReading, readMetricName } from '../../../domain/alarms/advice/metric-words.ts';
import type { AlarmAdvice, CatalogueMetric } from '../../../domain/metrics/catalogue/encoding.ts';
import { findMetrics, findNamespace } from '../../../domain/metrics/catalogue/metric-catalogue.ts';
import { isAdditive } from '../../../domain/metrics/statistic.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';

/** Whose idea an alarm is: AWS's best practice, ours after a page of AWS, or nobody's but the metric's history. */
export type AdviceSource = 'aws' | 'ours' | 'none';

export interface Candidate {
  readonly rule: AlarmRule;
  /** Absent where the advice has none. */
  readonly threshold?: number;
  readonly source: AdviceSource;
  /** Page after which our own advice was written. */
  readonly adviceSource?: string;
  /** Side, periods and missing data are our choice, and may follow the data. */
  readonly isFree: boolean;
  /** Why the advice is not taken as it stands. */
  readonly note?: string;
}

/** Datapoints are often good to have in three of five minutes before somebody is woken. */
const PLAIN_RULE = {
  periodSeconds: 60,
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  missingData: 'missing',
} as const;

/** The metric as the catalogue knows it; case aside. */
export function findKnown({ namespace, metricName }: MetricIdentity): CatalogueMetric | undefined {
  return findMetrics(metricName, findNamespace(namespace) ?? namespace)[0];
}

/** @param statistic of the caller; undefined: that of the advice */
export function chooseCandidates(
  metric: MetricIdentity,
  statistic: string | undefined,
  known: CatalogueMetric | undefined,
): readonly [Candidate, ...Candidate[]] {
  const whose =
    known?.adviceSource === undefined
      ? ({ source: 'aws' } as const)
      : ({ source: 'ours', adviceSource: known.adviceSource } as const);
  const rules = (known?.alarms ?? []).flatMap((advice) => {
    const rule = ruleOfAdvice(advice);
    return rule === undefined ? [] : [{ advice, rule }];
  });
  const fitting = rules.filter(({ advice }) => isFor(advice, metric));
  const wanted = fitting.filter(({ rule }) => statistic === undefined || rule.statistic === statistic);
  const [first, ...more] = distinct(wanted).map(
    ({ advice, rule }): Candidate => ({
      rule,
      ...whose,
      isFree: false,
      ...(advice.threshold !== undefined && { threshold: advice.threshold }),
    }),
  );
  if (first !== undefined) return [first, ...more];
  const near = fitting[0] ?? rules[0];
  if (near === undefined) return [plainCandidate(metric, statistic, known)];
  const note =
    fitting.length > 0
      ? `The advice is for ${[...new Set(fitting.map(({ rule }) => rule.statistic))].join(', ')}: its periods are taken, its number is not.`
      : `The advice is for ${[...new Set(rules.map(({ advice }) => describeSet(advice)))].join('; ')}, not for these dimensions: its periods are taken, its number is not.`;
  return [{ rule: { ...near.rule, ...(statistic !== undefined && { statistic }) }, ...whose, isFree: false, note }];
}

function plainCandidate(
  { metricName }: MetricIdentity,
  statistic: string | undefined,
  known: CatalogueMetric | undefined,
): Candidate {
  const reading = readMetricName(metricName);
  const isLevel = isLevelMetric(reading, known);
  const chosen = statistic ?? chooseStatistic(reading, isLevel, known?.statistics ?? []);
  const comparison = reading.direction === 'above' ? 'GreaterThanThreshold' : 'LessThanThreshold';
  const isSummedLevel = isLevel && chosen === 'Sum';
  return {
    rule: { ...PLAIN_RULE, comparison, statistic: chosen },
    source: 'none',
    isFree: true,
    note: [
      describeSide(reading),
      ...(isSummedLevel
        ? ['It is a level or a share, whose sum depends on how often it is published: ask with Average or Maximum.']
        : []),
    ].join(' '),
  };
}

const LEVEL_UNIT = /^(Percent|Seconds|Milliseconds|Microseconds)$|\/Second$/;

function isLevelMetric(reading: NameReading, known: CatalogueMetric | undefined): boolean {
  return reading.isGauge || LEVEL_UNIT.test(known?.unit ?? '');
}

/** Faults are added up, levels never; otherwise what the catalogue puts first. */
function chooseStatistic({ isFault }: NameReading, isLevel: boolean, useful: readonly string[]): string {
  if (isFault && !isLevel && (useful.length === 0 || useful.includes('Sum'))) return 'Sum';
  const [first = 'Average'] = useful;
  return isLevel && isAdditive(first) ? (useful.find((one) => !isAdditive(one)) ?? 'Average') : first;
}

function describeSide({ direction, word }: NameReading): string {
  const [bad, other] = direction === 'above' ? ['High', 'low'] : ['Low', 'high'];
  const why = word === undefined ? 'nothing in its name tells the side' : `its name says ${inlineName(word)}`;
  return `${bad} values are assumed to be the bad ones (${why}); ${other} ones are not watched.`;
}

function isFor(advice: AlarmAdvice, { dimensions }: MetricIdentity): boolean {
  return (
    advice.dimensions.length === dimensions.length &&
    advice.dimensions.every(({ name, value }) =>
      dimensions.some((own) => own.name === name && (value === undefined || value === own.value)),
    )
  );
}

function distinct<Item extends { readonly advice: AlarmAdvice; readonly rule: AlarmRule }>(
  items: readonly Item[],
): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify([item.rule, item.advice.threshold]), item])).values()];
}

function describeSet({ dimensions }: AlarmAdvice): string {
  if (dimensions.length === 0) return 'no dimensions';
  return dimensions.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)).join(' + ');
}
