/** Made-up batches over 51–120 log groups: events of mixed values, and queries of every kind that a batch knows. */
import { fc } from './property.ts';

export const BATCH_REGIONS = ['us-east-1', 'eu-west-1'] as const;
export const BATCH_RANGE_MS = 600_000;

export interface BatchEvent {
  /** Behind the start of the range; no two events share it. */
  readonly atMs: number;
  /** Picks the log group. */
  readonly group: number;
  readonly fields: Readonly<Record<string, string | number>>;
}

export interface BatchCase {
  /** Log groups in each region. */
  readonly sizes: readonly [number, number];
  readonly events: readonly BatchEvent[];
  /** Rows are events, groups of them, or what only a single query can make. */
  readonly kind: 'events' | 'groups' | 'single';
  readonly query: string;
  /** Of groups: the column or columns by which the query sorts. */
  readonly sortColumns: readonly string[];
  /** Aggregates that can be told from those of the parts, by their columns. */
  readonly mergeable: readonly string[];
  readonly limit: number;
}

const number = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -50, max: 50 }) },
  { weight: 2, arbitrary: fc.integer({ min: -500, max: 500 }).map((n) => n / 4) },
);
const value = fc.oneof(
  { weight: 12, arbitrary: number },
  { weight: 1, arbitrary: fc.constantFrom('n/a', '7', '1e2', '007') },
);
const host = fc.constantFrom('host-2', 'host-10', 'host-9', 'host', 'Host-1', '10.0.0.2', '10.0.0.12', '12');
const version = fc.constantFrom('v1.9.0', 'v1.10.0', 'v1.10', '2.0.1', '2.0.10', '3', '10');
const took = fc.constantFrom('5ms', '40ms', '250ms', '1.5s', 'slow', '12');
const fields = fc.record(
  { kind: fc.constantFrom('a', 'b', 'c'), host, version, took, v: value, n: number },
  { requiredKeys: [] },
);
const events = fc.uniqueArray(fc.record({ atMs: fc.nat(BATCH_RANGE_MS - 1_000), group: fc.nat(1_000), fields }), {
  minLength: 5,
  maxLength: 60,
  selector: ({ atMs }) => atMs,
});
const sizes = fc
  .tuple(fc.integer({ min: 51, max: 120 }), fc.constantFrom(0, 1, 10, 51))
  .map(([all, other]): [number, number] => [all - Math.min(other, all - 1), Math.min(other, all - 1)]);

const filters = fc.constantFrom(
  '',
  '',
  'filter v > 3',
  'filter kind = "a" or host like /^host/',
  'filter ispresent(v)',
  'parse @message \'"pad":"*"\' as padding | filter padding != ""',
);

function pipe(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' | ');
}

const eventQueries = fc
  .record({
    filter: filters,
    columns: fc.constantFrom('', 'fields @timestamp, @message', 'fields host, v', 'fields v * 2 as twice'),
    sort: fc.constantFrom(
      '',
      'sort @timestamp asc',
      'sort @timestamp desc',
      'sort v desc',
      'sort v asc',
      'sort host asc, v desc',
      'sort version desc',
      'sort took asc, version asc',
      'sort strlen(@message) desc, v',
    ),
    tail: fc.constantFrom('', '', 'limit 1', 'limit 7', 'limit 1000', 'dedup kind', 'dedup host, kind | limit 3'),
    display: fc.constantFrom('', '', 'display @message'),
    limit: fc.constantFrom(1, 5, 1_000),
  })
  .map(({ filter, columns, sort, tail, display, limit }) => ({
    kind: 'events' as const,
    query: pipe(filter, columns, sort, tail, tail.startsWith('dedup') ? '' : display) || 'fields @timestamp, @message',
    sortColumns: [],
    mergeable: [],
    limit,
  }));

const MERGEABLE = [
  'count(*)',
  'count(v)',
  'sum(v)',
  'avg(v)',
  'avg(n * 2)',
  'min(n)',
  'max(n)',
  'earliest(@timestamp)',
  'latest(@timestamp)',
  'sortsFirst(host)',
  'sortsLast(version)',
];
/** `min` and `max` of texts, or of texts beside numbers, are not documented. */
const UNMERGEABLE = [
  'pct(v, 90)',
  'stddev(n)',
  'count_distinct(kind)',
  'earliest(v)',
  'sum(v) / count(*)',
  'max(took)',
];

const groupQueries = fc
  .record({
    filter: filters,
    merged: fc.subarray(MERGEABLE, { minLength: 1, maxLength: 4 }),
    others: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray(UNMERGEABLE, { maxLength: 2 })),
    keys: fc.subarray(['kind', 'host', 'version', 'bin(1m)', '@log'], { maxLength: 2 }),
    isSorted: fc.boolean(),
    isDescending: fc.boolean(),
    sortPick: fc.nat(10),
    cut: fc.constantFrom('', '', ' | limit 2', ' | limit 5'),
    limit: fc.constantFrom(3, 1_000),
  })
  .map(({ filter, merged, others, keys, isSorted, isDescending, sortPick, cut, limit }) => {
    const aggregates = [...merged, ...others].map((text, index) => `${text} as c${index}`);
    const names = [...keys.filter((key) => /^\w+$/.test(key)), ...merged.map((_, index) => `c${index}`)];
    const column = names[sortPick % names.length] ?? 'c0';
    const by = keys.length === 0 ? '' : ` by ${keys.join(', ')}`;
    return {
      kind: 'groups' as const,
      query: `${pipe(filter, `stats ${aggregates.join(', ')}${by}`)}${isSorted ? ` | sort ${column} ${isDescending ? 'desc' : 'asc'}` : ''}${cut}`,
      sortColumns: isSorted ? [column] : [],
      mergeable: merged.map((_, index) => `c${index}`),
      limit,
    };
  });

const singleQueries = fc
  .record({
    filter: filters,
    query: fc.constantFrom(
      'stats count(*) as n by kind, host | stats max(n) as m by kind',
      'stats count(*) as n by kind | filter n > 1',
      'fields host, v | tail 3',
      'limit 5 | filter v > 0',
      'fields host | dedup host',
      'stats count(*) as n by host | sort n * 2 desc',
    ),
    limit: fc.constantFrom(5, 1_000),
  })
  .map(({ filter, query, limit }) => ({
    kind: query === 'fields host | dedup host' ? ('events' as const) : ('single' as const),
    query: query.startsWith('limit') ? query : pipe(filter, query),
    sortColumns: [],
    mergeable: [],
    limit,
  }));

export const batchCases: fc.Arbitrary<BatchCase> = fc
  .tuple(
    fc.record({ sizes, events }),
    fc.oneof({ weight: 5, arbitrary: eventQueries }, { weight: 6, arbitrary: groupQueries }, singleQueries),
  )
  .map(([world, question]) => ({ ...world, ...question }));
