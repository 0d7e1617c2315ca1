/** group_by_dimension where Metrics Insights cannot: percentiles and the like, and metric math once per value. Pure. */
import { isSqlStatistic, normalizeStatistic } from '../../../domain/metrics/statistic.ts';
import { AppError } from '../../../errors.ts';
import {
  type GroupFigure,
  type MetricArguments,
  type MetricPlan,
  type PlannedQuery,
  planMetricQueries,
} from './arguments-metrics.ts';

const DEFAULT_GROUPS = 50;

/** The plan of get_metric_data: groups of its own kind, or as {@link planMetricQueries} has it. */
export function planData(input: MetricArguments): MetricPlan {
  const groupBy = input.group_by_dimension;
  const hasQueries = input.queries !== undefined && input.queries.length > 0;
  if (groupBy === undefined || (!hasQueries && isSqlStatistic(input.statistic ?? 'Average')))
    return planMetricQueries(input);
  const {
    group_by_dimension: _,
    limit,
    sort_order,
    order_by_statistic,
    dimensions,
    schema_dimension_keys,
    ...rest
  } = input;
  const plan = planMetricQueries(rest);
  const templates = plan.queries;
  checkTemplates(templates, groupBy);
  const isMath = templates.some(({ expression }) => expression !== undefined);
  return {
    ...plan,
    mode: 'queries',
    groups: {
      groupBy,
      filters: dimensions ?? [],
      schemaKeys: schema_dimension_keys ?? [],
      templates,
      figure: chooseFigure(order_by_statistic, isMath),
      direction: sort_order ?? 'DESC',
      limit: limit ?? DEFAULT_GROUPS,
    },
  };
}

/** Percentiles by their peak, math (rates, as a rule) by its mean, in which one period of few requests weighs little. */
function chooseFigure(statistic: string | undefined, isMath: boolean): GroupFigure {
  if (statistic === undefined) return isMath ? 'mean' : 'maximum';
  const figures: Readonly<Record<string, GroupFigure>> = {
    Average: 'mean',
    Maximum: 'maximum',
    Minimum: 'minimum',
    Sum: 'sum',
  };
  const name = normalizeStatistic(statistic, 'order_by_statistic');
  const found = Object.hasOwn(figures, name) ? figures[name] : undefined;
  if (found !== undefined) return found;
  throw new AppError(
    'invalid_input',
    `order_by_statistic ${JSON.stringify(statistic.slice(0, 40))} is no figure of a series → use Maximum, Average, Minimum or Sum, or leave it out.`,
  );
}

function checkTemplates(templates: readonly PlannedQuery[], groupBy: string): void {
  const searching = templates.find(({ expression }) => /^\s*select\b|\bsearch\s*\(/i.test(expression ?? ''));
  if (searching !== undefined) {
    throw new AppError(
      'invalid_input',
      `query ${searching.id} finds its metrics itself, which group_by_dimension cannot divide → leave group_by_dimension out, or use metric_stat and math over ids.`,
    );
  }
  const metrics = templates.flatMap(({ metric }) => metric ?? []);
  if (metrics.length === 0)
    throw new AppError(
      'invalid_input',
      'queries hold no metric_stat to group → give at least one, without the dimension that groups.',
    );
  if (metrics.some(({ dimensions }) => dimensions.some(({ name }) => name === groupBy))) {
    throw new AppError(
      'invalid_input',
      `a metric of queries has the dimension ${JSON.stringify(groupBy.slice(0, 60))} already → leave it out there: group_by_dimension puts each value in.`,
    );
  }
}
