/** A plan of groups → one query, or as many as the plan has, for each value of the dimension that ListMetrics knows. */
import type { Dimension, MetricIdentity, MetricsPort } from '../../../aws/ports/metrics.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { formatCount } from '../../../domain/text/counts.ts';
import { HOUR_MS } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import type { ToolContext } from '../../../tool/types.ts';
import type { GroupsPlan, MetricPlan, PlannedQuery } from './arguments-metrics.ts';

const MAX_QUERIES = 500; // GetMetricData API reference
const MAX_LISTED = 5_000;
/** ListMetrics can leave out what was silent for longer. */
const RECENT_MS = 3 * HOUR_MS;

export interface ExpandedGroups {
  readonly plan: MetricPlan;
  /** Of each query that is returned. */
  readonly labels: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** @throws AppError `not_found` where no metric has the dimension */
export async function expandGroups(
  plan: MetricPlan,
  groups: GroupsPlan,
  port: MetricsPort,
  context: ToolContext & { readonly endEpochMs: number },
): Promise<ExpandedGroups> {
  const room = Math.floor(MAX_QUERIES / groups.templates.length);
  const main = groups.templates.find(({ metric }) => metric !== undefined)?.metric;
  if (main === undefined) return { plan, labels: new Map(), notes: [], warnings: [] };
  const wanted = [...groups.filters, ...main.dimensions];
  const list = async (isRecentlyActive: boolean) =>
    await port.listMetrics(
      {
        namespace: main.namespace,
        metricName: main.metricName,
        dimensions: [{ name: groups.groupBy }, ...wanted],
        ...(isRecentlyActive && { isRecentlyActive }),
        ...(main.accountId !== undefined && { hasLinkedAccounts: true, accountId: main.accountId }),
        maxMetrics: MAX_LISTED,
        hasTime: context.hasTime,
      },
      context.signal,
    );
  let listed = await list(false);
  const isRecent = context.endEpochMs > context.nowEpochMs - RECENT_MS;
  if (listed.metrics.length > room && isRecent) listed = await list(true);
  const chosen = chooseSet(listed.metrics, [groups.groupBy, ...wanted.map(({ name }) => name)], groups.schemaKeys);
  if (chosen.length === 0) {
    throw new AppError(
      'not_found',
      `no metric ${inlineName(main.metricName)} in ${inlineName(main.namespace)} has the dimension ${inlineName(groups.groupBy)} with these dimensions → list_metrics with namespace and metric_name tells which it has.`,
    );
  }
  const asked = chosen.slice(0, room);
  const labels = new Map<string, string>();
  const queries = asked.flatMap(({ dimensions }, index) =>
    expandOne(groups, dimensions, { index, wanted: main.dimensions, labels }),
  );
  const names = (chosen[0]?.dimensions ?? []).map(({ name }) => inlineName(name)).join(' + ');
  return {
    plan: { ...plan, queries },
    labels,
    notes: [
      `Groups: ${formatCount(asked.length)} metrics with the dimensions ${names}, sorted by their ${groups.figure}, ${groups.direction === 'DESC' ? 'highest' : 'lowest'} first.`,
    ],
    warnings:
      asked.length < chosen.length || listed.isTruncated
        ? [
            `${formatCount(asked.length)} of ${listed.isTruncated ? 'at least ' : ''}${formatCount(chosen.length)} groups were asked, since a call takes ${MAX_QUERIES} queries: ${groups.direction === 'DESC' ? 'higher' : 'lower'} ones may be among the others → filter with dimensions.`,
          ]
        : [],
  };
}

/** The metrics of one set of dimension names: the wanted one, else the smallest that has it; of equals the most frequent. */
function chooseSet(
  metrics: readonly MetricIdentity[],
  wanted: readonly string[],
  exact: readonly string[],
): MetricIdentity[] {
  const keyOf = (names: readonly string[]): string => JSON.stringify([...new Set(names)].sort());
  const sets = [...Map.groupBy(metrics, ({ dimensions }) => keyOf(dimensions.map(({ name }) => name)))].filter(
    ([key, [first]]) => {
      const names = new Set(first?.dimensions.map(({ name }) => name));
      return wanted.every((name) => names.has(name)) && (exact.length === 0 || key === keyOf(exact));
    },
  );
  const [best] = sets.toSorted(
    ([, a], [, b]) => (a[0]?.dimensions.length ?? 0) - (b[0]?.dimensions.length ?? 0) || b.length - a.length,
  );
  return (best?.[1] ?? []).toSorted((a, b) => (labelOf(a.dimensions) < labelOf(b.dimensions) ? -1 : 1));
}

function labelOf(dimensions: readonly Dimension[]): string {
  return dimensions.map(({ value }) => value).join(' ');
}

interface Place {
  readonly index: number;
  /** Dimensions of the first metric, which all groups share. */
  readonly wanted: readonly Dimension[];
  readonly labels: Map<string, string>;
}

function expandOne(
  groups: GroupsPlan,
  dimensions: readonly Dimension[],
  { index, wanted, labels }: Place,
): PlannedQuery[] {
  const ids = new Map(groups.templates.map(({ id }) => [id, `${id}_${index + 1}`]));
  const shared = dimensions.filter(({ name }) => !wanted.some((own) => own.name === name));
  const told = dimensions.filter(({ name }) => name === groups.groupBy);
  const more = shared.filter(({ name }) => name !== groups.groupBy && !groups.filters.some((own) => own.name === name));
  const isOnly = groups.templates.filter(({ isReturned }) => isReturned).length === 1;
  return groups.templates.map((template) => {
    const id = ids.get(template.id) ?? template.id;
    const which = isOnly ? [] : [template.label ?? template.id];
    if (template.isReturned) labels.set(id, [labelOf([...told, ...more]), ...which].join(' '));
    const { label: _, ...rest } = template;
    return {
      ...rest,
      id,
      ...(template.metric !== undefined && {
        metric: {
          ...template.metric,
          dimensions: [
            ...template.metric.dimensions,
            ...shared.filter(({ name }) => !template.metric?.dimensions.some((own) => own.name === name)),
          ],
        },
      }),
      ...(template.expression !== undefined && { expression: renameIds(template.expression, ids) }),
    };
  });
}

/** Ids outside of quoted text, each by its own of the group. */
export function renameIds(expression: string, ids: ReadonlyMap<string, string>): string {
  return expression.replace(/'[^']*'|"[^"]*"|\w+/g, (word) => ids.get(word) ?? word);
}
