import { z } from 'zod';
import type { ListMetricsRequest } from '../../../aws/ports/metrics.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { createSlices, runInSlices } from '../../../domain/async/slices.ts';
import { type ConsoleLink, metricsLink } from '../../../domain/console-links.ts';
import { countSets, countValues, type DimensionSet, type ValueCount } from '../../../domain/metrics/metric-listing.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import { askTargets } from '../../../tool/ask-targets.ts';
import { decodeCursor, encodeCursor } from '../../../tool/cursor.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { maxItems, nextToken, whereMany } from '../../../tool/params.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { lookAround } from '../shared/empty-elsewhere.ts';
import {
  describeListRow,
  describeSets,
  type ListLevel,
  type ListRow,
  listOutput,
  toListOutput,
  toListRows,
} from './answer.ts';
import { explainNothing } from './empty.ts';

const NAME = 'list_metrics';
const MAX_NAME_CHARS = 255;
const MAX_VALUE_CHARS = 1_024;
/** Filters of one call (ListMetrics API reference). */
const MAX_FILTERS = 10;
/** ListMetrics gives 500 a page: a hundred pages, some seconds. */
const MAX_READ = 50_000;
const MAX_LINKED = 10;
const LINKED_MS = 3 * 3_600_000;
const MAX_VALUE_FACTS = 12;
const LINKED_HINT = 'A metric of a linked account is asked here, with account_id.';

const name = z.string().min(1).max(MAX_NAME_CHARS);

export const listMetrics = defineTool({
  name: NAME,
  title: 'List metrics',
  description:
    'Which metrics exist, in steps: no argument → namespaces; namespace → metrics with dimension sets; metric_name → exact sets of dimension values, for get_metric_data; dimensions alone → all metrics of a resource. Ask instead of guessing.',
  toolset: 'metrics',
  annotations: READ_ONLY,
  inputSchema: z.object({
    namespace: name.optional().describe('Exact, e.g. AWS/Lambda'),
    metric_name: name.optional().describe('Exact'),
    dimensions: z
      .array(z.strictObject({ name, value: z.string().min(1).max(MAX_VALUE_CHARS).optional() }))
      .max(MAX_FILTERS)
      .optional()
      .describe('Filter; no value: any'),
    recently_active: z.boolean().default(true).describe('Data in the last 3 hours (default true); false: two weeks'),
    include_linked_accounts: z.boolean().default(false).describe('Also of linked source accounts; default false'),
    max_items: maxItems(100, 500),
    ...whereMany,
    next_token: nextToken,
  }),
  outputSchema: listOutput,
  async handler(input, context) {
    const targets = context.targets.many(input);
    const filter = toFilter(input);
    const asked = [filter, input.recently_active, input.include_linked_accounts, targets];
    const { offset } = decodeCursor(NAME, asked, input.next_token);

    const { answers, warnings: failures } = await askTargets(
      context.signal,
      targets,
      (target) =>
        context.aws(target).metrics.listMetrics(
          {
            ...filter,
            isRecentlyActive: input.recently_active,
            hasLinkedAccounts: input.include_linked_accounts,
            maxMetrics: MAX_READ,
            hasTime: context.hasTime,
          },
          context.signal,
        ),
      (done, total) => context.reportProgress({ progress: done, total, message: 'accounts and regions asked' }),
    );
    const level = chooseLevel(filter);
    const metrics = answers.flatMap(({ value }) => value.metrics);
    const slices = createSlices();
    const rows: ListRow[] = [];
    for (const { target, value } of answers)
      for (const row of await runInSlices(toListRows(level, target, value.metrics), slices)) rows.push(row);
    const page = rows.slice(offset, offset + input.max_items);
    const cut = answers.filter(({ value }) => value.isTruncated);
    const warnings = [...failures, ...cut.map(({ target, value }) => describeCut(target, value.metrics.length))];
    const values = level === 'series' ? await runInSlices(countValues(metrics), slices) : [];
    const sets = level === 'series' ? await runInSlices(countSets(metrics), slices) : [];
    const style = { isNamespaceShown: filter.namespace === undefined, isTargetShown: targets.length > 1 };
    return {
      headline: describeFound(level, filter, rows.length, metrics.length, cut.length > 0),
      targets: answers.map(({ target }) => target),
      facts: [describeWindow(input.recently_active)],
      list: {
        items: page.map((row) => describeListRow(row, style)),
        isUntrusted: true,
        ...(cut.length === 0 && { total: rows.length }),
        noun: level === 'namespaces' ? 'namespace' : level === 'metrics' ? 'metric' : 'series',
        ...(level === 'series' && { nounPlural: 'series' }),
        nextToken: (shown) =>
          offset + shown < rows.length ? encodeCursor(NAME, asked, { offset: offset + shown }) : undefined,
        narrowBy: level === 'series' ? 'pass dimensions' : level === 'metrics' ? 'pass metric_name' : 'pass namespace',
      },
      sections: describeValues(sets, values),
      hints:
        rows.length === 0
          ? await explainFor(context, answers[0]?.target, filter, input.recently_active)
          : [suggestNext(level), ...(input.include_linked_accounts && level === 'series' ? [LINKED_HINT] : [])],
      warnings,
      link: linkTo(page, context.nowEpochMs),
      structured: ({ shown }) => ({
        level,
        items: page.slice(0, shown).map(toListOutput),
        value_counts: [...values],
      }),
    };
  },
});

type Filter = Pick<ListMetricsRequest, 'namespace' | 'metricName' | 'dimensions'>;

interface FilterArguments {
  readonly namespace?: string | undefined;
  readonly metric_name?: string | undefined;
  readonly dimensions?: readonly { readonly name: string; readonly value?: string | undefined }[] | undefined;
}

function toFilter({ namespace, metric_name: metricName, dimensions = [] }: FilterArguments): Filter {
  return {
    ...(namespace !== undefined && { namespace }),
    ...(metricName !== undefined && { metricName }),
    ...(dimensions.length > 0 && {
      dimensions: dimensions.map(({ name: key, value }) => ({ name: key, ...(value !== undefined && { value }) })),
    }),
  };
}

function chooseLevel({ namespace, metricName, dimensions }: Filter): ListLevel {
  if (metricName !== undefined) return 'series';
  return namespace === undefined && dimensions === undefined ? 'namespaces' : 'metrics';
}

function describeFound(level: ListLevel, filter: Filter, rows: number, series: number, isCut: boolean): string {
  const of = describeFilter(filter);
  if (rows === 0) return `No metric${of} found.`;
  const least = isCut ? 'At least ' : '';
  if (level === 'series') return `${least}${series} series${of}.`;
  if (level === 'metrics') return `${least}${rows} ${nounOf(rows, 'metric')}${of}, in ${series} series.`;
  return `${least}${rows} ${nounOf(rows, 'namespace')} with ${series} series.`;
}

function describeFilter({ namespace, metricName, dimensions }: Filter): string {
  const parts = (dimensions ?? []).map(({ name: key, value }) => inlineName(`${key}=${value ?? '*'}`));
  return [
    metricName === undefined ? '' : ` ${inlineName(metricName)}`,
    namespace === undefined ? '' : ` in ${inlineName(namespace)}`,
    parts.length === 0 ? '' : ` with ${parts.join(' and ')}`,
  ].join('');
}

function describeWindow(isRecentlyActive: boolean): string {
  return isRecentlyActive
    ? 'Only metrics with data in the last 3 hours; recently_active=false adds daily, rare and stopped ones of two weeks.'
    : 'Metrics with data in the last two weeks.';
}

function describeCut({ account, region }: Target, count: number): string {
  return `${account}/${region} has more metrics than were read (${count}): counts are too low and names may be missing → pass namespace, metric_name or dimensions.`;
}

function describeValues(found: readonly DimensionSet[], values: readonly ValueCount[]) {
  if (values.length === 0) return [];
  const counts = values.map((each) => `${each.name}: ${each.values} ${nounOf(each.values, 'value')}`);
  const sets = `Dimension sets: ${describeSets(found)}`;
  return [{ title: 'Dimensions', items: [sets, ...counts.slice(0, MAX_VALUE_FACTS)], isUntrusted: true }];
}

function suggestNext(level: ListLevel): string {
  if (level === 'namespaces') return 'Next: list_metrics with one namespace.';
  return level === 'metrics'
    ? 'Next: list_metrics with namespace and metric_name gives the dimension values; get_metric_data with group_by_dimension shows one series per value.'
    : 'Next: get_metric_data with namespace, metric_name and all dimensions of one row.';
}

async function explainFor(
  context: ToolContext,
  target: Target | undefined,
  filter: Filter,
  isRecentlyActive: boolean,
): Promise<string[]> {
  if (target === undefined) return [];
  return await explainNothing({
    filter,
    isRecentlyActive,
    ...lookAround(context, target),
  });
}

/** The first series as a graph; otherwise where one can look around. */
function linkTo(page: readonly ListRow[], nowEpochMs: number): ConsoleLink | undefined {
  const region = page[0]?.target.region;
  const metrics = page.flatMap((row) => (row.level === 'series' && row.target.region === region ? [row] : []));
  if (region === undefined || metrics.length === 0) return undefined;
  const range = { startEpochMs: nowEpochMs - LINKED_MS, endEpochMs: nowEpochMs };
  return metricsLink(region, { metrics: metrics.slice(0, MAX_LINKED), ...range });
}
