/** The arguments of get_metric_data, and which of its three modes they ask for. Pure. */
import { z } from 'zod';
import type { Dimension, MetricIdentity } from '../../../aws/ports/metrics.ts';
import { buildInsightsSql, MAX_INSIGHTS_SERIES } from '../../../domain/metrics/metric-insights.ts';
import { normalizeUnit } from '../../../domain/metrics/metric-unit.ts';
import { MAX_PERIOD_SECONDS } from '../../../domain/metrics/period.ts';
import { normalizeStatistic, toSqlFunction } from '../../../domain/metrics/statistic.ts';
import { AppError } from '../../../errors.ts';

const MAX_QUERIES = 500; // GetMetricData API reference
const MAX_DIMENSIONS = 30; // PutMetricData API reference
const MAX_NAME_CHARS = 255;
const MAX_VALUE_CHARS = 1_024;
const MAX_EXPRESSION_CHARS = 2_048; // MetricDataQuery API reference
const MAX_STATISTIC_CHARS = 60;
const MAX_UNIT_CHARS = 30;
const DEFAULT_GROUPS = 50;
const ID = /^[a-z][a-zA-Z0-9_]*$/;
const ACCOUNT_ID = /^\d{12}$/;

/** Not empty; checked without a word in the schema, since models pay for each. */
function text(maxChars: number) {
  return z
    .string()
    .max(maxChars)
    .refine((value) => value !== '', 'must not be empty');
}

const name = text(MAX_NAME_CHARS);
const dimensions = z
  .array(z.strictObject({ name, value: text(MAX_VALUE_CHARS) }))
  .max(MAX_DIMENSIONS)
  .optional();
const statistic = text(MAX_STATISTIC_CHARS).optional();
const period = z.int().min(1).max(MAX_PERIOD_SECONDS).optional();
const accountId = z
  .string()
  .max(12)
  .refine((value) => ACCOUNT_ID.test(value), 'must have 12 digits')
  .optional();
const id = text(MAX_NAME_CHARS).refine(
  (value) => ID.test(value),
  'must begin with a lower-case letter and hold letters, digits and _ only',
);

export const metricArguments = {
  namespace: name.optional().describe('e.g. AWS/Lambda'),
  metric_name: name.optional().describe('e.g. Duration'),
  dimensions: dimensions.describe('Exact set of the metric; with group_by_dimension a filter'),
  statistic: statistic.describe('Average (default), Sum, Maximum, SampleCount, p99, tm90, …'),
  period: period.describe('Seconds; default: fits range and metric'),
  account_id: accountId.describe('Linked source account that owns the metric; asked through this one'),
  group_by_dimension: name
    .optional()
    .describe('One series per value; with queries, these once per value (error rates)'),
  schema_dimension_keys: z.array(name).max(MAX_DIMENSIONS).optional().describe('Exact dimension names'),
  limit: z.int().min(1).max(MAX_INSIGHTS_SERIES).optional().describe(`Groups; default ${DEFAULT_GROUPS}`),
  sort_order: z.enum(['DESC', 'ASC']).optional().describe('Default DESC'),
  order_by_statistic: text(MAX_STATISTIC_CHARS).optional().describe('Default: statistic'),
  queries: z
    .array(
      z.strictObject({
        id: id.optional(),
        metric_stat: z
          .strictObject({
            namespace: name,
            metric_name: name,
            dimensions,
            statistic,
            period,
            unit: text(MAX_UNIT_CHARS).optional(),
          })
          .optional(),
        expression: text(MAX_EXPRESSION_CHARS)
          .optional()
          .describe(
            'Metric math over ids, SEARCH or SELECT; a share over all of the range: e * 0 + 100 * SUM(e) / SUM(n)',
          ),
        label: text(MAX_NAME_CHARS).optional(),
        return_data: z.boolean().optional(),
        period,
        account_id: accountId,
      }),
    )
    .max(MAX_QUERIES, `at most ${MAX_QUERIES} queries fit one call`)
    .optional()
    .describe('Instead of all above'),
};

const argumentsSchema = z.object(metricArguments);
export type MetricArguments = z.output<typeof argumentsSchema>;

/** A query whose period is still to be chosen. */
export interface PlannedQuery {
  readonly id: string;
  readonly label?: string;
  readonly isReturned: boolean;
  readonly requestedSeconds?: number;
  readonly metric?: MetricIdentity & { readonly statistic: string; readonly unit?: string };
  readonly expression?: string;
  /** Whose metrics an expression looks up itself. */
  readonly accountId?: string;
}

export type MetricMode = 'metric' | 'insights' | 'queries';

export interface MetricPlan {
  readonly mode: MetricMode;
  readonly queries: readonly PlannedQuery[];
  readonly insights?: InsightsPlan;
  /** Queries of which there is one set for each value of a dimension; still to be expanded. */
  readonly groups?: GroupsPlan;
}

/** Which figure of a series groups are sorted by. */
export type GroupFigure = 'maximum' | 'minimum' | 'mean' | 'sum';

export interface GroupsPlan {
  readonly groupBy: string;
  /** Of every metric, beside its own dimensions. */
  readonly filters: readonly Dimension[];
  /** Exactly these dimension names; none: the smallest set that has the others. */
  readonly schemaKeys: readonly string[];
  /** Without the dimension that groups; expressions name their ids. */
  readonly templates: readonly PlannedQuery[];
  readonly figure: GroupFigure;
  readonly direction: 'ASC' | 'DESC';
  readonly limit: number;
}

export interface InsightsPlan {
  readonly metric: MetricIdentity;
  readonly statistic: string;
  readonly sql: string;
  readonly schemaKeys: readonly string[];
  readonly groupBy?: string;
  /** Groups to show; one more is asked for. */
  readonly groupLimit: number;
}

const MODES =
  'one metric: namespace, metric_name, dimensions, statistic; Metrics Insights: these with group_by_dimension or schema_dimension_keys, limit, sort_order, order_by_statistic; metric math or many metrics: queries alone';

/** @throws AppError `invalid_input` for arguments of two modes, or too few for one */
export function planMetricQueries(input: MetricArguments): MetricPlan {
  if (input.queries !== undefined && input.queries.length > 0) return planQueries(input, input.queries);
  const { namespace, metric_name: metricName } = input;
  if (namespace === undefined || metricName === undefined) {
    const missing = [namespace ?? 'namespace', metricName ?? 'metric_name'].filter(
      (_, index) => [namespace, metricName][index] === undefined,
    );
    throw new AppError('invalid_input', `${missing.join(' and ')} missing → pass one of: ${MODES}.`);
  }
  const metric = { namespace, metricName, dimensions: input.dimensions ?? [], ...ownerOf(input.account_id) };
  const isInsights = input.group_by_dimension !== undefined || (input.schema_dimension_keys ?? []).length > 0;
  if (isInsights) return planInsights(input, metric);
  const stray = (['limit', 'sort_order', 'order_by_statistic'] as const).filter((key) => input[key] !== undefined);
  if (stray.length > 0) {
    throw new AppError(
      'invalid_input',
      `${stray.join(', ')} without group_by_dimension → add group_by_dimension, or leave it out. Modes: ${MODES}.`,
    );
  }
  refuseTwice(metric.dimensions, 'dimensions');
  const planned = {
    id: 'm1',
    isReturned: true,
    metric: { ...metric, statistic: normalizeStatistic(input.statistic ?? 'Average') },
    ...(input.period !== undefined && { requestedSeconds: input.period }),
  };
  return { mode: 'metric', queries: [planned] };
}

function planInsights(input: MetricArguments, metric: MetricIdentity): MetricPlan {
  const schemaKeys = input.schema_dimension_keys ?? [];
  const groupBy = input.group_by_dimension;
  const outside = [
    ...(groupBy === undefined ? [] : [groupBy]),
    ...metric.dimensions.map((dimension) => dimension.name),
  ].filter((key) => schemaKeys.length > 0 && !schemaKeys.includes(key));
  if (outside.length > 0) {
    throw new AppError(
      'invalid_input',
      `schema_dimension_keys lacks ${outside.map((key) => JSON.stringify(key)).join(', ')} → name all dimensions of the metric there, or leave schema_dimension_keys out.`,
    );
  }
  const aggregate = toSqlFunction(input.statistic ?? 'Average');
  const isGrouped = groupBy !== undefined;
  const groupLimit = input.limit ?? DEFAULT_GROUPS;
  const sql = buildInsightsSql({
    namespace: metric.namespace,
    metricName: metric.metricName,
    aggregate,
    schemaKeys,
    filters: metric.dimensions,
    ...ownerOf(metric.accountId),
    direction: input.sort_order ?? 'DESC',
    ...(isGrouped && {
      groupBy,
      orderBy: toSqlFunction(input.order_by_statistic ?? aggregate, 'order_by_statistic'),
      limit: Math.min(groupLimit + 1, MAX_INSIGHTS_SERIES),
    }),
  });
  const query = {
    id: 'q1',
    isReturned: true,
    expression: sql,
    ...(input.period !== undefined && { requestedSeconds: input.period }),
  };
  const statistic = normalizeStatistic(input.statistic ?? 'Average');
  const insights = { metric, statistic, sql, schemaKeys, groupLimit, ...(isGrouped && { groupBy }) };
  return { mode: 'insights', queries: [query], insights };
}

function planQueries(input: MetricArguments, queries: NonNullable<MetricArguments['queries']>): MetricPlan {
  const strays = (
    [
      'namespace',
      'metric_name',
      'dimensions',
      'statistic',
      'group_by_dimension',
      'schema_dimension_keys',
      'limit',
      'sort_order',
      'order_by_statistic',
    ] as const
  ).filter((key) => input[key] !== undefined);
  if (strays.length > 0) {
    throw new AppError(
      'invalid_input',
      `queries and ${strays.join(', ')} exclude each other → put them into queries[].metric_stat, or leave queries out. Modes: ${MODES}.`,
    );
  }
  const taken = new Set(queries.flatMap(({ id }) => id ?? []));
  const planned = queries.map((query, index) => planQuery(query, query.id ?? freeId(index, taken), input));
  const twice = planned.find(({ id }, index) => planned.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined)
    throw new AppError('invalid_input', `queries has the id ${twice.id} twice → give each query its own id.`);
  if (!planned.some(({ isReturned }) => isReturned)) {
    throw new AppError('invalid_input', 'no query returns data → set return_data=true on at least one of queries.');
  }
  return { mode: 'queries', queries: planned };
}

function planQuery(
  query: NonNullable<MetricArguments['queries']>[number],
  id: string,
  shared: Pick<MetricArguments, 'period' | 'account_id'>,
): PlannedQuery {
  const { metric_stat: stat, expression } = query;
  if ((stat === undefined) === (expression === undefined)) {
    throw new AppError(
      'invalid_input',
      `query ${id} has ${stat === undefined ? 'neither metric_stat nor expression' : 'both metric_stat and expression'} → give exactly one of them.`,
    );
  }
  const requestedSeconds = stat?.period ?? query.period ?? shared.period;
  const base = {
    id,
    isReturned: query.return_data ?? true,
    ...(query.label !== undefined && { label: query.label }),
    ...(requestedSeconds !== undefined && { requestedSeconds }),
  };
  if (stat === undefined) return { ...base, expression: expression ?? '', ...ownerOf(query.account_id) };
  refuseTwice(stat.dimensions ?? [], `dimensions of query ${id}`);
  return {
    ...base,
    metric: {
      namespace: stat.namespace,
      metricName: stat.metric_name,
      dimensions: stat.dimensions ?? [],
      ...ownerOf(query.account_id ?? shared.account_id),
      statistic: normalizeStatistic(stat.statistic ?? 'Average', `statistic of query ${id}`),
      ...(stat.unit !== undefined && { unit: normalizeUnit(stat.unit, `unit of query ${id}`) }),
    },
  };
}

function ownerOf(id: string | undefined): { readonly accountId?: string } {
  return id === undefined ? {} : { accountId: id };
}

function freeId(index: number, taken: Set<string>): string {
  let id = `q${index + 1}`;
  while (taken.has(id)) id = `${id}_`;
  taken.add(id);
  return id;
}

function refuseTwice(list: readonly Dimension[], parameter: string): void {
  const twice = list.find((dimension, index) => list.findIndex((other) => other.name === dimension.name) !== index);
  if (twice === undefined) return;
  throw new AppError(
    'invalid_input',
    `${parameter} holds ${JSON.stringify(twice.name.slice(0, 60))} twice → a metric has each dimension once; for several values use group_by_dimension or queries.`,
  );
}
