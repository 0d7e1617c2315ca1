import { z } from 'zod';
import type { CatalogueMetric } from '../../../domain/metrics/catalogue/encoding.ts';
import {
  findMetrics,
  findNamespace,
  findNearMetrics,
  findNearNamespaces,
  listMetricsOf,
  readCatalogue,
  searchMetrics,
} from '../../../domain/metrics/catalogue/metric-catalogue.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import { abortReason } from '../../../errors.ts';
import { decodeCursor, encodeCursor } from '../../../tool/cursor.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { maxItems, nextToken, where } from '../../../tool/params.ts';
import { describeBriefly, describeMetric, metadataOutput, toMetadataOutput } from './answer.ts';

const NAME = 'get_metric_metadata';
const MAX_NAME_CHARS = 255;
/** More metrics than this are listed in one line each. */
const MAX_DETAILED = 8;

const text = z.string().min(1).max(MAX_NAME_CHARS).optional();

const outputSchema = z.object({
  namespaces: z.array(z.object({ namespace: z.string(), metrics: z.int() })).optional(),
  metrics: z.array(metadataOutput).optional(),
});

export const getMetricMetadata = defineTool({
  name: NAME,
  title: 'Metric metadata',
  description:
    'What a metric of AWS means: unit, useful statistics, dimension sets, alarm advice. By name in any case, by search, or all of a namespace; no argument → namespaces. From a built-in catalogue: what exists in the account tells list_metrics.',
  toolset: 'metrics',
  annotations: { ...READ_ONLY, openWorldHint: false },
  inputSchema: z.object({
    namespace: text.describe('e.g. AWS/Lambda'),
    metric_name: text.describe('e.g. Duration'),
    search: text.describe('Words in name or meaning'),
    max_items: maxItems(50, 200),
    ...where,
    next_token: nextToken,
  }),
  outputSchema,
  async handler(input, context) {
    // Nothing here asks AWS, which would notice that the caller is gone.
    if (context.signal.aborted) throw abortReason(context.signal);
    // A place that may not be asked is refused here as everywhere.
    context.targets.one(input);
    const asked = [input.namespace, input.metric_name, input.search];
    const { offset } = decodeCursor(NAME, asked, input.next_token);
    const found = lookUp(input);
    const rows = describeRows(found);
    const end = Math.min(rows.length, offset + input.max_items);
    return {
      headline: found.headline,
      targets: [],
      list: {
        items: rows.slice(offset, end),
        total: rows.length,
        noun: found.metrics === undefined ? 'namespace' : 'metric',
        nextToken: (shown) =>
          offset + shown < rows.length ? encodeCursor(NAME, asked, { offset: offset + shown }) : undefined,
        narrowBy: found.metrics === undefined ? 'pass namespace' : 'pass metric_name',
      },
      hints: found.hints,
      structured: ({ shown }) => ({
        namespaces: found.namespaces?.slice(offset, offset + shown),
        metrics: found.metrics?.slice(offset, offset + shown).map(toMetadataOutput),
      }),
    };
  },
});

interface Found {
  readonly headline: string;
  readonly metrics?: readonly CatalogueMetric[];
  readonly namespaces?: readonly { readonly namespace: string; readonly metrics: number }[];
  /** Of all rows, when they are not of one namespace. */
  readonly isMixed?: boolean;
  readonly hints: readonly string[];
}

interface Question {
  readonly namespace?: string | undefined;
  readonly metric_name?: string | undefined;
  readonly search?: string | undefined;
}

const CUSTOM = 'Metrics of your own and of rarer services are not in the catalogue: list_metrics tells what exists.';

function lookUp({ namespace: given, metric_name: metricName, search }: Question): Found {
  const namespace = given === undefined ? undefined : findNamespace(given);
  if (given !== undefined && namespace === undefined) return explainNamespace(given);
  const of = namespace === undefined ? '' : ` in ${inlineName(namespace)}`;
  if (metricName !== undefined) {
    const metrics = findMetrics(metricName, namespace).filter((metric) => matches(metric, search));
    if (metrics.length === 0) return explainMetric(metricName, namespace);
    const [first] = metrics;
    const headline =
      metrics.length === 1 && first !== undefined
        ? `${inlineName(first.metricName)} of ${inlineName(first.namespace)}: ${first.meaning}`
        : `${metrics.length} metrics are called ${inlineName(metricName)}${of}.`;
    return { headline, metrics, isMixed: namespace === undefined, hints: nextSteps(metrics) };
  }
  if (search !== undefined) {
    const metrics = searchMetrics(search, namespace);
    const none = ['Use fewer or other words, e.g. throttle, latency, lag.', CUSTOM];
    return {
      headline: `${metrics.length} ${nounOf(metrics.length, 'metric has', 'metrics have')} ${inlineName(search)}${of} in name or meaning.`,
      metrics,
      isMixed: namespace === undefined,
      hints: metrics.length === 0 ? none : nextSteps(metrics),
    };
  }
  if (namespace !== undefined) {
    const metrics = listMetricsOf(namespace);
    return {
      headline: `${metrics.length} metrics of ${inlineName(namespace)} are known.`,
      metrics,
      hints: nextSteps(metrics),
    };
  }
  const namespaces = [...readCatalogue()].map(([name, metrics]) => ({ namespace: name, metrics: metrics.length }));
  const hints = ['Next: get_metric_metadata with one namespace, or with search.', CUSTOM];
  return { headline: `${namespaces.length} namespaces are known.`, namespaces, hints };
}

function matches(metric: CatalogueMetric, search: string | undefined): boolean {
  return search === undefined || searchMetrics(search, metric.namespace).includes(metric);
}

function explainNamespace(given: string): Found {
  const near = findNearNamespaces(given);
  const hint = near.length === 0 ? [] : [`Near names: ${near.map(inlineName).join(', ')}.`];
  return { headline: `The namespace ${inlineName(given)} is not known.`, metrics: [], hints: [...hint, CUSTOM] };
}

function explainMetric(metricName: string, namespace: string | undefined): Found {
  const near = findNearMetrics(metricName, namespace);
  const elsewhere = findMetrics(metricName).map((metric) => metric.namespace);
  return {
    headline: `No metric ${inlineName(metricName)} is known${namespace === undefined ? '' : ` in ${inlineName(namespace)}`}.`,
    metrics: [],
    hints: [
      ...(namespace === undefined || elsewhere.length === 0
        ? []
        : [`It is known in ${elsewhere.map(inlineName).join(', ')}.`]),
      ...(near.length === 0 ? [] : [`Near names: ${near.map(inlineName).join(', ')}.`]),
      CUSTOM,
    ],
  };
}

function nextSteps(metrics: readonly CatalogueMetric[]): string[] {
  return [
    metrics.length > MAX_DETAILED
      ? 'Next: get_metric_metadata with metric_name gives all about one, alarm advice included.'
      : 'Next: list_metrics with namespace and metric_name gives the dimension values here, get_metric_data its values.',
  ];
}

function describeRows({ metrics, namespaces = [], isMixed = false }: Found): string[] {
  if (metrics === undefined) return namespaces.map((each) => `${each.namespace}: ${each.metrics} metrics`);
  return metrics.length <= MAX_DETAILED
    ? metrics.map(describeMetric)
    : metrics.map((metric) => describeBriefly(metric, isMixed));
}
