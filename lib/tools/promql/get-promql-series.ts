import { z } from 'zod';
import { writeSelector } from '../../domain/promql/selector.ts';
import { defineTool, READ_ONLY } from '../../tool/define-tool.ts';
import { maxItems, where } from '../../tool/params.ts';
import { cut, gatherWarnings, headOf, MAX_SERIES, writeSeries } from './shared/answer.ts';
import { matchParam, rangeParams, readRange } from './shared/arguments.ts';
import { explainEmpty } from './shared/empty.ts';

const DEFAULT_SERIES = 100;

export const getPromqlSeries = defineTool({
  name: 'get_promql_series',
  title: 'PromQL series',
  description:
    'The series that match, with all labels, as selectors for execute_promql_query. Each match needs an exact metric name.',
  toolset: 'promql',
  annotations: READ_ONLY,
  inputSchema: z.object({
    match: matchParam.min(1),
    ...rangeParams,
    max_items: maxItems(DEFAULT_SERIES, MAX_SERIES),
    ...where,
  }),
  outputSchema: z.object({ series: z.array(z.string()) }),
  async handler(input, context) {
    const target = context.targets.one(input);
    const range = readRange(input, context.nowEpochMs);
    const limit = Math.min(MAX_SERIES, input.max_items + 1);

    const { value, warnings: said } = await context
      .aws(target)
      .promql.listSeries({ match: input.match, ...range, limit }, context.signal);

    const kept = cut(value, input.max_items);
    const { items } = kept;
    const written = writeSeries(items);
    const warnings = gatherWarnings(said, kept, 'series', MAX_SERIES);
    return {
      headline: items.length === 0 ? 'No series matches.' : `${kept.isCut ? 'More than ' : ''}${items.length} series.`,
      targets: [target],
      list: {
        noun: 'series',
        nounPlural: 'series',
        ...(written.common !== undefined && { head: headOf('series', written) }),
        items: written.lines,
        ...(!kept.isCut && { total: items.length }),
        isUntrusted: true,
        narrowBy: 'add label matchers',
      },
      hints: items.length === 0 ? await explainEmpty(context, target) : [],
      warnings,
      structured: ({ shown }) => ({
        series: items.slice(0, shown).map(writeSelector),
      }),
    };
  },
});
