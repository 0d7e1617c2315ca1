/** The arguments of get_metric_chart, and what they ask to draw. Pure. */
import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import { jsonText, readObject } from '../../../tool/json-text.ts';
import { validatePart } from '../../../tool/validate-input.ts';
import {
  type MetricArguments,
  type MetricPlan,
  metricArguments,
  planMetricQueries,
} from '../shared/arguments-metrics.ts';

/** As many metrics fit one picture (GetMetricWidgetImage API reference), and nobody tells more lines apart. */
export const MAX_CHART_QUERIES = 100;
/** Bounds of GetMetricWidgetImage ("Metric Widget Structure"), in pixels. */
const MAX_PIXELS = 2_000;
export const DEFAULT_WIDTH = 800;
export const DEFAULT_HEIGHT = 400;
const MAX_ANNOTATIONS = 20;
const MAX_QUERY_CHARS = 8_192;
const MAX_LABEL_CHARS = 255;

const pixels = z.int().min(1).max(MAX_PIXELS).optional();

/** A horizontal line. */
export interface Annotation {
  readonly label: string;
  readonly value: number;
}

const annotationSchema = z.strictObject({ label: z.string().max(MAX_LABEL_CHARS).optional(), value: z.number() });

export const chartArguments = {
  namespace: metricArguments.namespace,
  metric_name: metricArguments.metric_name,
  dimensions: metricArguments.dimensions.describe('Exact set of the metric'),
  statistic: metricArguments.statistic.describe('Default Average'),
  period: metricArguments.period,
  account_id: metricArguments.account_id,
  queries: z
    .array(jsonText(MAX_QUERY_CHARS))
    .max(MAX_CHART_QUERIES, `at most ${MAX_CHART_QUERIES} queries fit one chart`)
    .optional()
    .describe('Instead: expressions, or JSON of queries as in get_metric_data'),
  format: z.enum(['png', 'html']).default('png').describe('Default png'),
  width: pixels.describe(`Default ${DEFAULT_WIDTH}`),
  height: pixels.describe(`Default ${DEFAULT_HEIGHT}`),
  annotations: z.array(annotationSchema).max(MAX_ANNOTATIONS).optional().describe('Lines across'),
};

const ONE_METRIC = ['namespace', 'metric_name', 'dimensions', 'statistic'] as const;

const argumentsSchema = z.object(chartArguments);
export type ChartArguments = z.output<typeof argumentsSchema>;

const querySchema = metricArguments.queries.unwrap().element;
const statMembers = Object.keys(querySchema.shape.metric_stat.unwrap().shape);

/** @throws AppError `invalid_input` for nothing to draw, two ways at once, or a query that cannot be read */
export function planChart(input: ChartArguments): MetricPlan {
  const queries = input.queries ?? [];
  const shared = {
    ...(input.period !== undefined && { period: input.period }),
    ...(input.account_id !== undefined && { account_id: input.account_id }),
  };
  if (queries.length > 0) {
    const strays = ONE_METRIC.filter((name) => input[name] !== undefined);
    if (strays.length > 0) {
      throw new AppError(
        'invalid_input',
        `queries and ${strays.join(', ')} exclude each other → put all into queries, or leave queries out.`,
      );
    }
    const read = queries.map(readQuery);
    return single(planMetricQueries({ queries: read, ...shared }));
  }
  if (input.namespace === undefined || input.metric_name === undefined) {
    throw new AppError(
      'invalid_input',
      'nothing to draw is named → pass queries, or namespace and metric_name with dimensions and statistic; list_metrics finds them.',
    );
  }
  const { namespace, metric_name, dimensions, statistic } = input;
  return planMetricQueries({
    namespace,
    metric_name,
    ...(dimensions !== undefined && { dimensions }),
    ...(statistic !== undefined && { statistic }),
    ...shared,
  });
}

/** One plain metric is the same question in both ways, and gets the same answer. */
function single(plan: MetricPlan): MetricPlan {
  const [query] = plan.queries;
  return plan.queries.length === 1 && query?.metric !== undefined && query.label === undefined
    ? { mode: 'metric', queries: plan.queries }
    : plan;
}

function readQuery(text: string, index: number): NonNullable<MetricArguments['queries']>[number] {
  const parameter = `queries.${index}`;
  const object = readObject(text, parameter);
  return validatePart(querySchema, object === undefined ? { expression: text } : wrapStat(object), parameter);
}

/** A metric without `metric_stat` around it. */
function wrapStat(query: Readonly<Record<string, unknown>>): unknown {
  if (query.metric_stat !== undefined || query.expression !== undefined || !('namespace' in query)) return query;
  const entries = Object.entries(query);
  const isStat = ([name]: readonly [string, unknown]): boolean => statMembers.includes(name);
  return {
    ...Object.fromEntries(entries.filter((entry) => !isStat(entry))),
    metric_stat: Object.fromEntries(entries.filter(isStat)),
  };
}
