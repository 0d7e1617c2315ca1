/** Builds Metrics Insights queries out of plain arguments. Pure. */
import { quoteIdentifier, quoteValue } from './sql-quote.ts';
import type { SqlFunction } from './statistic.ts';

/** Most series of one query (User Guide, "Metrics Insights quotas"). */
export const MAX_INSIGHTS_SERIES = 500;

export interface InsightsQuery {
  readonly namespace: string;
  readonly metricName: string;
  readonly aggregate: SqlFunction;
  /** Exactly these dimension names; none = any. */
  readonly schemaKeys: readonly string[];
  readonly filters: readonly { readonly name: string; readonly value: string }[];
  /** Only metrics of this account, out of those that the asked one sees. */
  readonly accountId?: string | undefined;
  readonly groupBy?: string;
  readonly orderBy?: SqlFunction;
  readonly direction: 'ASC' | 'DESC';
  readonly limit?: number;
}

/** `SELECT AVG("Latency") FROM SCHEMA("AWS/ApiGateway", "ApiName") WHERE … GROUP BY … ORDER BY AVG() DESC LIMIT 10` */
export function buildInsightsSql(query: InsightsQuery): string {
  const namespace = quoteIdentifier(query.namespace);
  const keys = query.schemaKeys.map(quoteIdentifier);
  const source = keys.length === 0 ? namespace : `SCHEMA(${[namespace, ...keys].join(', ')})`;
  const conditions = [
    ...query.filters.map(({ name, value }) => `${quoteIdentifier(name)} = ${quoteValue(value)}`),
    ...(query.accountId === undefined ? [] : [`AWS.AccountId = ${quoteValue(query.accountId)}`]),
  ];
  return [
    `SELECT ${query.aggregate}(${quoteIdentifier(query.metricName)}) FROM ${source}`,
    conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    query.groupBy === undefined ? '' : `GROUP BY ${quoteIdentifier(query.groupBy)}`,
    query.orderBy === undefined ? '' : `ORDER BY ${query.orderBy}() ${query.direction}`,
    query.limit === undefined ? '' : `LIMIT ${query.limit}`,
  ]
    .filter((clause) => clause !== '')
    .join(' ');
}
