import { z } from 'zod';
import type { PromqlResult, PromqlSeries } from '../../aws/ports/promql.ts';
import { writeSelector } from '../../domain/promql/selector.ts';
import { inlineName } from '../../domain/text/clean-text.ts';
import { formatTime, parseTime } from '../../domain/time.ts';
import { defineTool, READ_ONLY } from '../../tool/define-tool.ts';
import { maxItems, time, where } from '../../tool/params.ts';
import {
  cut,
  gatherWarnings,
  HISTOGRAM_HINT,
  headOf,
  MAX_SERIES,
  writeExactly,
  writeNumber,
  writeSeries,
} from './shared/answer.ts';
import { queryParam } from './shared/arguments.ts';
import { explainEmpty } from './shared/empty.ts';

const DEFAULT_SERIES = 100;

export const executePromqlQuery = defineTool({
  name: 'execute_promql_query',
  title: 'PromQL at one time',
  description:
    'Runs PromQL at one time: one value per series, or a scalar or text. Label scopes: @resource. @instrumentation. @datapoint. (or bare) @aws. @aws.tag.; names with dots or @ are quoted: {"http.requests", "@resource.service.name"="shop"}. AWS’s own metrics are native histograms: use the histogram functions. get_promql_label_values (label_name=__name__) finds metrics.',
  toolset: 'promql',
  annotations: READ_ONLY,
  inputSchema: z.object({
    query: queryParam,
    time: time('now'),
    max_items: maxItems(DEFAULT_SERIES, MAX_SERIES),
    ...where,
  }),
  outputSchema: z.object({
    result_type: z.enum(['series', 'scalar', 'string']),
    time: z.string(),
    series: z.array(z.object({ selector: z.string(), value: z.string() })),
    result: z.string().optional(),
  }),
  async handler(input, context) {
    const target = context.targets.one(input);
    const epochMs = parseTime(input.time, context.nowEpochMs, 'time');
    const limit = Math.min(MAX_SERIES, input.max_items + 1);

    const { value, warnings: said } = await context
      .aws(target)
      .promql.query({ query: input.query, epochMs, limit }, context.signal);

    const kept = cut(value.kind === 'series' ? value.series : [], input.max_items);
    const { items } = kept;
    const written = writeSeries(items.map(({ labels }) => labels));
    const warnings = gatherWarnings(said, kept, 'series', MAX_SERIES);
    return {
      headline: describeResult(value, kept.isCut, formatTime(epochMs)),
      targets: [target],
      list: {
        noun: 'series',
        nounPlural: 'series',
        head: headOf('value | series', written),
        items: items.map((series, index) => `${writeNumber(lastOf(series))} | ${written.lines[index]}`),
        ...(!kept.isCut && { total: items.length }),
        isUntrusted: true,
        narrowBy: 'aggregate (sum by (…), topk) or add label matchers',
      },
      hints: [
        ...(value.kind === 'series' && items.length === 0 ? await explainEmpty(context, target) : []),
        ...(items.some(({ isHistogram }) => isHistogram) ? [HISTOGRAM_HINT] : []),
      ],
      warnings,
      structured: ({ shown }) => ({
        result_type: value.kind,
        time: formatTime(epochMs),
        series: items.slice(0, shown).map((series) => ({
          selector: writeSelector(series.labels),
          value: writeExactly(lastOf(series)),
        })),
        ...(value.kind === 'scalar' && { result: writeExactly(value.sample.value) }),
        ...(value.kind === 'string' && { result: value.text }),
      }),
    };
  },
});

function lastOf({ samples }: PromqlSeries): number {
  return samples.at(-1)?.value ?? Number.NaN;
}

function describeResult(result: PromqlResult, isCut: boolean, at: string): string {
  if (result.kind === 'scalar') return `The result is the number ${writeNumber(result.sample.value)} (${at}).`;
  if (result.kind === 'string') return `The result is the text ${inlineName(result.text)}.`;
  const [first] = result.series;
  if (first === undefined) return `No series fits the query at ${at}.`;
  if (result.series.length === 1) return `The value is ${writeNumber(lastOf(first))} at ${at}, of one series.`;
  return isCut ? `More series than asked for at ${at}.` : `${result.series.length} series at ${at}.`;
}
