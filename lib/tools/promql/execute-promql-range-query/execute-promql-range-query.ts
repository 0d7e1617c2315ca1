import { z } from 'zod';
import type { PromqlAnswer, PromqlResult } from '../../../aws/ports/promql.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import { describeNewest } from '../../../domain/metrics/describe-newest.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import { writeSelector } from '../../../domain/promql/selector.ts';
import { resolveStep } from '../../../domain/promql/step.ts';
import { formatDuration, formatTime, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { maxItems, where } from '../../../tool/params.ts';
import { cut, gatherWarnings, HISTOGRAM_HINT, headOf, MAX_SERIES, writeNumber, writeSeries } from '../shared/answer.ts';
import { queryParam, rangeParams, readRange } from '../shared/arguments.ts';
import { explainEmpty } from '../shared/empty.ts';
import { type RangeRow, ROW_HEAD, renderRangeRow, viewRange } from './answer.ts';

const DEFAULT_SERIES = 50;
/** The newest ones. */
const MAX_OPEN = 20;

export const executePromqlRangeQuery = defineTool({
  name: 'execute_promql_range_query',
  title: 'PromQL over time',
  description:
    'Runs PromQL over a time range: per series last, min, mean, max, sparkline, thinned datapoints. Syntax as in execute_promql_query; at most 7 days.',
  toolset: 'promql',
  annotations: READ_ONLY,
  inputSchema: z.object({
    query: queryParam,
    ...rangeParams,
    step: z.string().min(1).max(20).optional().describe('e.g. 5m; default: about 60 points'),
    max_items: maxItems(DEFAULT_SERIES, MAX_SERIES),
    ...where,
  }),
  outputSchema: z.object({
    start_time: z.string(),
    end_time: z.string(),
    step_seconds: z.number(),
    series: z.array(
      z.object({
        selector: z.string(),
        datapoints: z.int(),
        last: z.number().optional(),
        min: z.number().optional(),
        mean: z.number().optional(),
        max: z.number().optional(),
        open: z
          .array(z.object({ time: z.string(), value: z.number() }))
          .optional()
          .describe('newer than three minutes and not final; only in max and points'),
        points: z.array(z.object({ time: z.string(), value: z.number() })),
      }),
    ),
  }),
  async handler(input, context) {
    const target = context.targets.one(input);
    const range = readRange(input, context.nowEpochMs);
    const stepSeconds = resolveStep(input.step, range);
    const limit = Math.min(MAX_SERIES, input.max_items + 1);

    const answer = await context
      .aws(target)
      .promql.queryRange({ query: input.query, ...range, stepSeconds, limit }, context.signal);

    const kept = cut(seriesOf(answer), input.max_items);
    const rows = await mapInSlices(kept.items, (series) =>
      viewRange(series, { ...range, stepSeconds, nowEpochMs: context.nowEpochMs, count: kept.items.length }),
    );
    const written = writeSeries(kept.items.map(({ labels }) => labels));
    const items = await mapInSlices(rows, (row, index) =>
      renderRangeRow(row, written.lines[index] ?? '', range, rows.length),
    );
    const warnings = gatherWarnings(answer.warnings, kept, 'series', MAX_SERIES);
    return {
      headline: describeRows(rows, kept.isCut, range),
      targets: [target],
      facts: [
        `${formatTime(range.startEpochMs)} – ${formatTime(range.endEpochMs)}, a point every ${formatDuration(stepSeconds * SECOND_MS)}.`,
      ],
      list: {
        noun: 'series',
        nounPlural: 'series',
        head: headOf(ROW_HEAD, written),
        items,
        ...(!kept.isCut && { total: rows.length }),
        isUntrusted: true,
        narrowBy: 'aggregate (sum by (…), topk) or add label matchers',
      },
      hints: [
        ...(rows.length === 0 ? await explainEmpty(context, target) : []),
        ...(rows.some(({ series }) => series.isHistogram) ? [HISTOGRAM_HINT] : []),
      ],
      warnings,
      structured: ({ shown }) => ({
        start_time: formatTime(range.startEpochMs),
        end_time: formatTime(range.endEpochMs),
        step_seconds: stepSeconds,
        series: rows.slice(0, shown).map(toRowOutput),
      }),
    };
  },
});

/** A number without labels is a series too; a text has none, and Prometheus refuses it over a range. */
function seriesOf({ value }: PromqlAnswer<PromqlResult>) {
  if (value.kind === 'series') return value.series;
  return value.kind === 'scalar' ? [{ labels: [], samples: [value.sample], isHistogram: false }] : [];
}

function describeRows(rows: readonly RangeRow[], isCut: boolean, range: TimeRange): string {
  const [only] = rows;
  const span = formatDuration(range.endEpochMs - range.startEpochMs);
  if (only === undefined) return `No series fits the query in ${span}.`;
  if (rows.length > 1) return `${isCut ? 'More than ' : ''}${rows.length} series over ${span}.`;
  const { summary, settled } = only;
  if (summary === undefined) return `One series over ${span}, without a finite value.`;
  return `One series over ${span}: ${describeNewest(settled, { value: writeNumber })}, min ${writeNumber(summary.min.value)}, mean ${writeNumber(summary.mean)}, max ${writeNumber(summary.max.value)}.`;
}

function toRowOutput({ series, summary, points, settled: { open } }: RangeRow) {
  return {
    selector: writeSelector(series.labels),
    datapoints: series.samples.length,
    ...(summary !== undefined && {
      last: summary.last.value,
      min: summary.min.value,
      mean: summary.mean,
      max: summary.max.value,
    }),
    ...(open.length > 0 && { open: open.slice(-MAX_OPEN).map(toPoint) }),
    points: points.map(toPoint),
  };
}

function toPoint({ epochMs, value }: Point): { time: string; value: number } {
  return { time: formatTime(epochMs), value };
}
