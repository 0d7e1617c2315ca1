/** The queries of GetMetricData that give an alarm's own datapoints: the one place where a watch becomes queries. Pure. */
import type { AlarmCondition, AlarmWatch, WatchedQuery } from './alarm.ts';

export interface AlarmQueries {
  /** In the alarm's order; exactly those return data that the alarm compares. */
  readonly queries: readonly WatchedQuery[];
  /** The query whose series is held against the threshold. */
  readonly valueId: string;
  /** The query that gives the band in place of a threshold. */
  readonly bandId?: string;
}

/** Undefined for what GetMetricData cannot compute: a rule, PromQL, a logs query. */
export function queriesOf({
  watch,
  condition,
}: {
  readonly watch: AlarmWatch;
  readonly condition: AlarmCondition;
}): AlarmQueries | undefined {
  if (watch.type === 'metric') {
    const { metric, id = 'm1', label } = watch;
    const { accountId } = metric;
    const query = { id, metric, label, isReturned: true, ...(accountId !== undefined && { accountId }) };
    return { queries: [query], valueId: query.id };
  }
  if (watch.type === 'math') {
    const value = watch.queries.find(({ isReturned }) => isReturned) ?? watch.queries[0];
    return value === undefined ? undefined : { queries: keepReturned(watch, [value.id], condition), valueId: value.id };
  }
  if (watch.type !== 'anomaly') return undefined;
  const band = watch.queries.find(({ expression }) => expression === watch.band);
  const named = bandedId(watch.band);
  const value =
    watch.queries.find(({ id }) => id === named) ??
    watch.queries.find(({ id, isReturned }) => isReturned && id !== band?.id);
  if (band === undefined || value === undefined) return undefined;
  return { queries: keepReturned(watch, [value.id, band.id], condition), valueId: value.id, bandId: band.id };
}

/** The id of what is held against a band: `m1` of `ANOMALY_DETECTION_BAND(m1, 2)`. */
export function bandedId(band: string): string | undefined {
  return /ANOMALY_DETECTION_BAND\(\s*([A-Za-z_]\w*)/i.exec(band)?.[1];
}

/** A SELECT has no operands to take a period from: it is the alarm's. */
function keepReturned(
  { queries }: { readonly queries: readonly WatchedQuery[] },
  returned: readonly string[],
  condition: AlarmCondition,
): WatchedQuery[] {
  return queries.map((query) => ({
    ...query,
    isReturned: returned.includes(query.id),
    ...(isSelect(query.expression) && { periodSeconds: query.periodSeconds ?? condition.periodSeconds }),
  }));
}

/** A Metrics Insights query, which looks its metrics up itself. */
export function isSelect(expression: string | undefined): boolean {
  return expression !== undefined && /^\s*select\b/i.test(expression);
}

const QUOTED = /("[^"]*"|'[^']*')/;
const NAME = /(?<![\w.])[a-z]\w*(?!\w|\s*\()/g;
const METRICS = /\bMETRICS\s*\(\s*(?:(?:"([^"]*)"|'([^']*)')\s*)?\)/gi;

/**
 * The same queries under other ids, so that those of several alarms fit one request. `METRICS()` means every metric of a
 * request and becomes the list of these; a SELECT names no ids.
 */
export function prefixIds({ queries, valueId, bandId }: AlarmQueries, prefix: string): AlarmQueries {
  const ids = new Set(queries.map(({ id }) => id));
  const metricIds = queries.filter(({ metric }) => metric !== undefined).map(({ id }) => id);
  const rename = (expression: string): string => {
    if (isSelect(expression)) return expression;
    const listed = expression.replace(METRICS, (whole, double?: string, single?: string) => {
      const named = metricIds.filter((id) => id.includes(double ?? single ?? ''));
      return named.length === 0 ? whole : `[${named.join(', ')}]`;
    });
    return listed
      .split(QUOTED)
      .map((part, index) =>
        index % 2 === 1 ? part : part.replace(NAME, (name) => (ids.has(name) ? prefix + name : name)),
      )
      .join('');
  };
  return {
    queries: queries.map((query) => ({
      ...query,
      id: prefix + query.id,
      expression: query.expression === undefined ? undefined : rename(query.expression),
    })),
    valueId: prefix + valueId,
    ...(bandId !== undefined && { bandId: prefix + bandId }),
  };
}
