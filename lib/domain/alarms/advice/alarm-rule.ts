/** An alarm without its threshold, as it is recommended and tried on a history. Pure. */
import { DAY_SECONDS, HOUR_SECONDS } from '../../time.ts';

const COMPARISONS = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
export type Comparison = (typeof COMPARISONS)[number];

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type MissingData = (typeof TREATMENTS)[number];

/** On which side of the threshold it is bad. */
export type Direction = 'above' | 'below';

export interface AlarmRule {
  readonly statistic: string;
  readonly periodSeconds: number;
  readonly comparison: Comparison;
  /** The N of "M of N". */
  readonly evaluationPeriods: number;
  /** The M of "M of N". */
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
}

/** What the catalogue says, in its own words. */
interface Advice {
  readonly statistic: string;
  readonly periodSeconds: number;
  readonly comparison: string;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: string;
}

/** Undefined for a comparison that needs a band. */
export function ruleOfAdvice(advice: Advice): AlarmRule | undefined {
  const comparison = COMPARISONS.find((name) => name === advice.comparison);
  if (comparison === undefined) return undefined;
  return {
    statistic: advice.statistic,
    periodSeconds: advice.periodSeconds,
    comparison,
    evaluationPeriods: advice.evaluationPeriods,
    datapointsToAlarm: advice.datapointsToAlarm,
    missingData: TREATMENTS.find((name) => name === advice.treatMissingData) ?? 'missing',
  };
}

export function directionOf({ comparison }: Pick<AlarmRule, 'comparison'>): Direction {
  return comparison.startsWith('Greater') ? 'above' : 'below';
}

export function isBreaching(value: number, comparison: Comparison, threshold: number): boolean {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}

const WEEK_SECONDS = 7 * DAY_SECONDS;

/**
 * The rule in a period in which the metric has a datapoint: a shorter one would meet gaps only. The periods together last
 * a day at most, seven days from periods of an hour on (PutMetricAlarm, API reference).
 */
export function fitPeriod(rule: AlarmRule, publishingSeconds: number | undefined): AlarmRule {
  const periodSeconds =
    publishingSeconds === undefined || publishingSeconds <= rule.periodSeconds
      ? rule.periodSeconds
      : Math.ceil(publishingSeconds / rule.periodSeconds) * rule.periodSeconds;
  const mostSeconds = periodSeconds >= HOUR_SECONDS ? WEEK_SECONDS : DAY_SECONDS;
  const evaluationPeriods = Math.max(1, Math.min(rule.evaluationPeriods, Math.floor(mostSeconds / periodSeconds)));
  return {
    ...rule,
    periodSeconds,
    evaluationPeriods,
    datapointsToAlarm: Math.min(rule.datapointsToAlarm, evaluationPeriods),
  };
}
