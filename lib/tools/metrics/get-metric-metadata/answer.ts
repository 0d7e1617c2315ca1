/** What the catalogue knows of a metric, in text and as output. Pure. */
import { z } from 'zod';
import { COMPARISON_SIGNS } from '../../../domain/alarms/alarm-watch.ts';
import type { AlarmAdvice, CatalogueMetric } from '../../../domain/metrics/catalogue/encoding.ts';

const MAX_ROW_SETS = 4;
const AWS_ADVICE =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html';

const adviceOutput = z.object({
  statistic: z.string(),
  period_seconds: z.int(),
  comparison: z.string(),
  threshold: z.number().optional().describe('absent: depends on the workload'),
  evaluation_periods: z.int(),
  datapoints_to_alarm: z.int(),
  treat_missing_data: z.string(),
  dimensions: z.array(z.object({ name: z.string(), value: z.string().optional() })),
});

export const metadataOutput = z.object({
  namespace: z.string(),
  metric_name: z.string(),
  unit: z.string().optional(),
  statistics: z.array(z.string()),
  dimension_sets: z.array(z.array(z.string())),
  meaning: z.string(),
  intent: z.string().optional().describe('what to watch it for, when it is bad'),
  alarms: z.array(adviceOutput),
  advice_source: z.string().optional().describe('absent: AWS’s own best practice'),
});

export function toMetadataOutput(metric: CatalogueMetric): z.input<typeof metadataOutput> {
  return {
    namespace: metric.namespace,
    metric_name: metric.metricName,
    unit: metric.unit,
    statistics: [...metric.statistics],
    dimension_sets: metric.dimensionSets.map((set) => [...set]),
    meaning: metric.meaning,
    intent: metric.intent,
    alarms: metric.alarms.map((advice) => ({
      statistic: advice.statistic,
      period_seconds: advice.periodSeconds,
      comparison: advice.comparison,
      threshold: advice.threshold,
      evaluation_periods: advice.evaluationPeriods,
      datapoints_to_alarm: advice.datapointsToAlarm,
      treat_missing_data: advice.treatMissingData,
      dimensions: advice.dimensions.map((dimension) => ({ ...dimension })),
    })),
    advice_source: metric.adviceSource,
  };
}

/** All that is known, in several lines. */
export function describeMetric(metric: CatalogueMetric): string {
  const { namespace, metricName, unit, statistics, dimensionSets, alarms, meaning, intent, adviceSource } = metric;
  return [
    `${namespace} ${metricName}: ${meaning}`,
    ...(intent === undefined ? [] : [`  intent: ${intent}`]),
    `  unit: ${unit ?? 'not known'}; statistics: ${statistics.length === 0 ? 'not known' : statistics.join(', ')}`,
    `  dimension sets: ${dimensionSets.length === 0 ? 'not known here' : dimensionSets.map(describeSet).join('; ')}`,
    ...alarms.map((advice) => `  alarm: ${describeAdvice(advice)}`),
    ...(alarms.length === 0
      ? []
      : [`  advice: ${adviceSource === undefined ? `AWS’s, ${AWS_ADVICE}` : `ours, after ${adviceSource}`}`]),
  ].join('\n');
}

/** One line of a list. */
export function describeBriefly(metric: CatalogueMetric, isNamespaceShown: boolean): string {
  const { namespace, metricName, unit, statistics, dimensionSets, alarms, meaning } = metric;
  const sets = dimensionSets.slice(0, MAX_ROW_SETS).map(describeSet);
  const facts = [unit, statistics[0], sets.join('; '), alarms.length > 0 ? 'alarm advice' : ''].filter(Boolean);
  const known = facts.length === 0 ? '' : ` (${facts.join(' | ')})`;
  return `${isNamespaceShown ? `${namespace} ` : ''}${metricName}${known}: ${meaning}`;
}

function describeSet(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(' + ');
}

/** E.g. `p90 over 60 s > 2500 in 5 of 5 periods, without data: missing, by ApiName + Stage`. */
function describeAdvice(advice: AlarmAdvice): string {
  const names = advice.dimensions.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`));
  const sign = COMPARISON_SIGNS[advice.comparison] ?? advice.comparison;
  const threshold = advice.threshold === undefined ? 'a value that depends on the workload' : advice.threshold;
  return `${advice.statistic} over ${advice.periodSeconds} s ${sign} ${threshold} in ${advice.datapointsToAlarm} of ${advice.evaluationPeriods} periods, missing data: ${advice.treatMissingData}, by ${describeSet(names)}`;
}
