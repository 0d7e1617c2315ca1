/** Why a Metrics Insights query gave no series. */

import { matchDimensions } from '../../../domain/metrics/metric-match.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { nearestOrFirst } from '../../../domain/text/nearest.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { InsightsPlan } from './arguments-metrics.ts';
import { type EmptyExplanation, type EmptyQuestion, explainEmpty, LIST_VALUES } from './empty-series.ts';

const MAX_LISTED = 2_000;
const MAX_SHOWN = 5;

export async function explainInsights(
  plan: InsightsPlan,
  question: Omit<EmptyQuestion, 'metric'>,
): Promise<EmptyExplanation> {
  const { metric } = plan;
  const { port, signal, hasTime } = question;
  const list = await attempt(
    signal,
    port.listMetrics(
      { namespace: metric.namespace, metricName: metric.metricName, maxMetrics: MAX_LISTED, hasTime },
      signal,
    ),
  );
  if ('error' in list) {
    return {
      reason: 'why cannot be told, since CloudWatch did not list its metrics',
      hints: [],
      warnings: [list.error.publicMessage],
    };
  }
  if (list.value.metrics.length === 0) return await explainEmpty({ ...question, metric });
  return { ...explainKeys(plan, list.value.metrics), warnings: [] };
}

function explainKeys(
  plan: InsightsPlan,
  listed: readonly InsightsPlan['metric'][],
): Pick<EmptyExplanation, 'reason' | 'hints'> {
  const sets = listed.map(({ dimensions }) => dimensions);
  const names = new Set(sets.flatMap((dimensions) => dimensions.map(({ name }) => name)));
  const wanted = [
    ...plan.schemaKeys,
    ...(plan.groupBy === undefined ? [] : [plan.groupBy]),
    ...plan.metric.dimensions.map(({ name }) => name),
  ];
  const unknown = wanted.find((name) => !names.has(name));
  if (unknown !== undefined) {
    const shown = nearestOrFirst(unknown, names, MAX_SHOWN);
    return {
      reason: `${inlineName(plan.metric.metricName)} has no dimension ${inlineName(unknown)}`,
      hints: [
        names.size === 0
          ? 'It has no dimensions: ask it without group_by_dimension.'
          : `Its dimensions: ${shown.map(inlineName).join(', ')}. ${LIST_VALUES} lists their values.`,
      ],
    };
  }
  if (plan.schemaKeys.length > 0) {
    const match = matchDimensions(
      plan.schemaKeys.map((name) => ({ name, value: '' })),
      sets,
    );
    if (match.kind === 'names') {
      return {
        reason: 'no metric has exactly these schema_dimension_keys',
        hints: [
          `It exists with: ${match.sets.map((set) => set.map(inlineName).join(' + ') || 'no dimensions').join('; ')}.`,
        ],
      };
    }
  }
  for (const { name, value } of plan.metric.dimensions) {
    const values = new Set(
      sets.flatMap((dimensions) => dimensions.filter((own) => own.name === name).map((own) => own.value)),
    );
    if (!values.has(value)) {
      const shown = nearestOrFirst(value, values, MAX_SHOWN);
      return {
        reason: `dimension ${inlineName(name)} has no value ${inlineName(value)}`,
        hints: [`Its values include ${shown.map(inlineName).join(', ')}. ${LIST_VALUES} lists all.`],
      };
    }
  }
  return {
    reason: 'the metrics exist, but have no data in this range',
    hints: [
      'Metrics Insights reaches back two weeks at most: choose a newer or longer range, or ask one metric with its exact dimensions.',
    ],
  };
}
