/** The metrics of a widget → queries of get_metric_data, apart by region and account. Pure. */
import type { DashboardMetric, Widget } from '../../../domain/dashboards/dashboard.ts';
import type { WidgetPlace } from './widget-place.ts';

const ID = /^[a-z][a-zA-Z0-9_]{0,254}$/;
/** Longer arguments are more than one wants to read or to copy. */
const MAX_QUERIES_CHARS = 6_000;

export interface MetricStat {
  readonly namespace: string;
  readonly metric_name: string;
  readonly dimensions?: readonly { readonly name: string; readonly value: string }[];
  readonly statistic?: string;
  readonly period?: number;
}

/** One of `queries` of get_metric_data. */
export interface QueryArgument {
  readonly id: string;
  readonly metric_stat?: MetricStat;
  readonly expression?: string;
  readonly label?: string;
  readonly return_data?: false;
  readonly period?: number;
  /** Owner, where it is another account than that of the dashboard. */
  readonly account_id?: string;
}

export interface QueryGroup {
  readonly place: WidgetPlace;
  readonly queries: readonly QueryArgument[];
  /** Left out because the arguments would be too long. */
  readonly leftOut: number;
}

export interface QueryGroups {
  readonly groups: readonly QueryGroup[];
  readonly problems: readonly string[];
}

interface Row extends DashboardMetric {
  readonly id: string;
}

/** Metrics of other accounts are asked through that of the dashboard, as the console does: with `account_id`. */
export function groupQueries(widget: Widget, homeAccountId: string | undefined): QueryGroups {
  const { rows, problems } = giveIds(widget.metrics);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const references = new Map(rows.map((row) => [row.id, findReferences(row, byId)]));
  const placesOf = createPlaceFinder(widget, byId, references);
  const groups = new Map<string, { place: WidgetPlace; rows: Row[] }>();
  for (const row of rows) {
    const [key, ...others] = placesOf(row);
    if (others.length > 0) {
      problems.push(`expression ${row.id} combines several regions or accounts: compute it from its parts`);
      continue;
    }
    const place = key === undefined ? placeOf(row, widget) : readKey(key);
    const group = groups.get(writeKey(place)) ?? { place, rows: [] };
    group.rows.push(row);
    groups.set(writeKey(place), group);
  }
  return {
    groups: [...groups.values()].map((group) => toGroup(group, { ...widget, homeAccountId }, references)),
    problems,
  };
}

/** CloudWatch takes dashboards whose metrics have no ids; our queries need them. */
function giveIds(metrics: readonly DashboardMetric[]): { rows: readonly Row[]; problems: string[] } {
  const problems: string[] = [];
  const wanted = new Set(metrics.flatMap(({ id }) => id ?? []));
  const taken = new Set<string>();
  let count = 0;
  const nextFree = (): string => {
    do {
      count += 1;
    } while (wanted.has(`m${count}`));
    return `m${count}`;
  };
  const rows = metrics.map((metric, index): Row => {
    const { id } = metric;
    const isUsable = id !== undefined && ID.test(id) && !taken.has(id);
    if (id !== undefined && !isUsable) problems.push(`metric ${index + 1} has an id that is taken or is not one`);
    const own = isUsable ? id : nextFree();
    taken.add(own);
    return { ...metric, id: own };
  });
  return { rows, problems };
}

/** The ids that an expression names outside quotes; `METRICS()` means all metrics. SQL names none. */
function findReferences({ id, expression }: Row, rows: ReadonlyMap<string, Row>): readonly string[] {
  if (expression === undefined || /^\s*select\b/i.test(expression)) return [];
  const bare = expression.replace(/'[^']*'|"[^"]*"/g, ' ');
  const named = (bare.match(/[A-Za-z_]\w*/g) ?? []).filter((name) => name !== id && rows.has(name));
  const all = /\bMETRICS\s*\(/i.test(bare)
    ? [...rows.values()].filter((row) => row.metric !== undefined).map((row) => row.id)
    : [];
  return [...new Set([...named, ...all])];
}

/** The places of all that an expression is computed from; each row is looked at once, and a circle ends. */
function createPlaceFinder(
  widget: Widget,
  rows: ReadonlyMap<string, Row>,
  references: ReadonlyMap<string, readonly string[]>,
): (row: Row) => readonly string[] {
  const found = new Map<string, readonly string[]>();
  return function placesOf(row): readonly string[] {
    const known = found.get(row.id);
    if (known !== undefined) return known;
    found.set(row.id, []);
    const places = new Set(
      (references.get(row.id) ?? []).flatMap((id) => {
        const other = rows.get(id);
        return other === undefined ? [] : placesOf(other);
      }),
    );
    const keys = places.size === 0 ? [writeKey(placeOf(row, widget))] : [...places];
    found.set(row.id, keys);
    return keys;
  };
}

function placeOf(row: DashboardMetric, widget: Widget): WidgetPlace {
  return { region: row.region ?? widget.region, accountId: undefined };
}

function writeKey({ region = '', accountId = '' }: WidgetPlace): string {
  return `${accountId}\n${region}`;
}

function readKey(key: string): WidgetPlace {
  const [accountId = '', region = ''] = key.split('\n');
  return { region: region === '' ? undefined : region, accountId: accountId === '' ? undefined : accountId };
}

function toGroup(
  { place, rows }: { readonly place: WidgetPlace; readonly rows: readonly Row[] },
  widget: WidgetAtHome,
  references: ReadonlyMap<string, readonly string[]>,
): QueryGroup {
  // Where all are hidden, an expression that could not be kept would have shown them.
  const hidesAll = rows.every(({ isVisible }) => !isVisible);
  const kept: QueryArgument[] = [];
  let chars = 0;
  for (const row of rows) {
    const query = toQuery(row, widget, row.isVisible || hidesAll);
    chars += JSON.stringify(query).length + 1;
    if (chars > MAX_QUERIES_CHARS && kept.length > 0) break;
    kept.push(query);
  }
  const whole = keepComputable(kept, references);
  return { place, queries: whole, leftOut: rows.length - whole.length };
}

/** Without the expressions that lack a part of what they are computed from. */
function keepComputable(
  queries: readonly QueryArgument[],
  references: ReadonlyMap<string, readonly string[]>,
): readonly QueryArgument[] {
  const ids = new Set(queries.map(({ id }) => id));
  const kept = queries.filter(({ id }) => (references.get(id) ?? []).every((other) => ids.has(other)));
  if (kept.length < queries.length) return keepComputable(kept, references);
  const isShown = kept.some(({ return_data: isReturned }) => isReturned === undefined);
  return isShown ? kept : kept.map(({ return_data: _hidden, ...query }) => query);
}

interface WidgetAtHome extends Widget {
  readonly homeAccountId: string | undefined;
}

function toQuery(row: Row, widget: WidgetAtHome, isShown: boolean): QueryArgument {
  const { id, label, expression, metric } = row;
  const period = row.periodSeconds ?? widget.periodSeconds;
  const owner = row.accountId ?? widget.accountId;
  const base = {
    ...(owner !== undefined && owner !== widget.homeAccountId && { account_id: owner }),
    ...(label !== undefined && { label }),
    ...(!isShown && { return_data: false as const }),
  };
  if (metric === undefined) {
    const isSql = /^\s*select\b/i.test(expression ?? '');
    const own = isSql ? period : row.periodSeconds;
    return { id, expression: expression ?? '', ...base, ...(own !== undefined && { period: own }) };
  }
  return { id, metric_stat: toStat(metric, row.statistic ?? widget.statistic, period), ...base };
}

function toStat(
  { namespace, metricName, dimensions }: NonNullable<DashboardMetric['metric']>,
  statistic: string | undefined,
  period: number | undefined,
): MetricStat {
  return {
    namespace,
    metric_name: metricName,
    ...(dimensions.length > 0 && { dimensions }),
    ...(statistic !== undefined && { statistic }),
    ...(period !== undefined && { period }),
  };
}
