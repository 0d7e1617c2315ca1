/** The rows of list_metrics on its three levels, in text and as output. Pure. */
import { z } from 'zod';
import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import {
  countMetrics,
  countNamespaces,
  type DimensionSet,
  type MetricCount,
  type NamespaceCount,
  sortSeries,
} from '../../../domain/metrics/metric-listing.ts';
import { clip } from '../../../domain/text/clean-text.ts';
import { listSome, nounOf } from '../../../domain/text/counts.ts';

const MAX_SETS = 6;
const MAX_ROW_CHARS = 600;

export type ListLevel = 'namespaces' | 'metrics' | 'series';

export type ListRow = { readonly target: Target } & (
  | ({ readonly level: 'namespaces' } & NamespaceCount)
  | ({ readonly level: 'metrics' } & MetricCount)
  | ({ readonly level: 'series' } & MetricIdentity)
);

const rowOutput = z.object({
  namespace: z.string(),
  metric_name: z.string().optional(),
  metrics: z.int().optional().describe('distinct metric names'),
  series: z.int().optional().describe('metrics with their dimension values'),
  dimension_sets: z.array(z.object({ names: z.array(z.string()), series: z.int() })).optional(),
  dimensions: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  account_id: z.string().optional().describe('owner, with include_linked_accounts'),
  account: z.string(),
  region: z.string(),
});

export const listOutput = z.object({
  level: z.enum(['namespaces', 'metrics', 'series']),
  items: z.array(rowOutput),
  value_counts: z.array(z.object({ name: z.string(), values: z.int() })).describe('different values of each dimension'),
});

/** Yields after some metrics: tens of thousands may be listed. */
export function* toListRows(
  level: ListLevel,
  target: Target,
  metrics: readonly MetricIdentity[],
): Generator<void, readonly ListRow[], undefined> {
  switch (level) {
    case 'namespaces':
      return (yield* countNamespaces(metrics)).map((count) => ({ ...count, target, level }));
    case 'metrics':
      return (yield* countMetrics(metrics)).map((count) => ({ ...count, target, level }));
    case 'series':
      return (yield* sortSeries(metrics)).map((metric) => ({ ...metric, target, level }));
  }
}

export interface RowStyle {
  /** Which were not given as arguments, or differ between rows. */
  readonly isNamespaceShown: boolean;
  readonly isTargetShown: boolean;
}

export function describeListRow(row: ListRow, { isNamespaceShown, isTargetShown }: RowStyle): string {
  const place = isTargetShown ? ` (${row.target.account}/${row.target.region})` : '';
  const namespace = isNamespaceShown && row.level !== 'namespaces' ? `${row.namespace} ` : '';
  return `${clip(`${namespace}${describe(row)}`, MAX_ROW_CHARS)}${place}`;
}

function describe(row: ListRow): string {
  switch (row.level) {
    case 'namespaces':
      return `${row.namespace}: ${row.metrics} metric ${nounOf(row.metrics, 'name')}, ${row.series} series`;
    case 'metrics':
      return `${row.metricName}: ${describeSets(row.sets)}`;
    case 'series':
      return `${row.metricName}${row.dimensions.length === 0 ? ' without dimensions' : ''}${row.dimensions
        .map(({ name, value }) => ` ${name}=${value}`)
        .join(',')}${row.accountId === undefined ? '' : `, account_id ${row.accountId}`}`;
  }
}

/** E.g. `FunctionName (84 series); FunctionName + Resource (12)`. */
export function describeSets(sets: readonly DimensionSet[]): string {
  const told = sets.map(
    ({ names, series }) => `${names.length === 0 ? 'no dimensions' : names.join(' + ')} (${series} series)`,
  );
  return listSome(told, MAX_SETS, '; ', (left) => `; ${left} more sets`);
}

export function toListOutput(row: ListRow): z.input<typeof rowOutput> {
  const place = { account: row.target.account, region: row.target.region };
  switch (row.level) {
    case 'namespaces':
      return { namespace: row.namespace, metrics: row.metrics, series: row.series, ...place };
    case 'metrics':
      return {
        namespace: row.namespace,
        metric_name: row.metricName,
        series: row.series,
        dimension_sets: row.sets.slice(0, MAX_SETS).map(({ names, series }) => ({ names: [...names], series })),
        ...place,
      };
    case 'series':
      return {
        namespace: row.namespace,
        metric_name: row.metricName,
        dimensions: row.dimensions.map(({ name, value }) => ({ name, value })),
        account_id: row.accountId,
        ...place,
      };
  }
}
