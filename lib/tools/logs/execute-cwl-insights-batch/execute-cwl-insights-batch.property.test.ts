/** The merged answer is that of one query over all data, or says in which respect it is not. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogGroup } from '../../../../local/data/logs/log-group.ts';
import { askOneQuery, createLogWorld, makeGroup } from '../../../../test/support/log-world.ts';
import { structuredOf } from '../../../../test/support/logs-bench.ts';
import { fc } from '../../../../test/support/property.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { executeCwlInsightsBatch } from './execute-cwl-insights-batch.ts';

const REGIONS = ['us-east-1', 'eu-west-1'] as const;
const RANGE = { startEpochMs: BENCH_NOW_EPOCH_MS - 600_000, endEpochMs: BENCH_NOW_EPOCH_MS };
const RUNS = { numRuns: 40 };

const world = createLogWorld();
let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench({
    nowEpochMs: () => BENCH_NOW_EPOCH_MS,
    operations: { logs: world.operations },
    env: { CLOUDWATCH_MCP_MAX_RESULT_CHARS: '100000' },
  });
});
afterAll(() => bench.close());

type Row = Record<string, string | number | null>;

interface Place {
  /** Log groups in each of the two regions. */
  readonly sizes: readonly [number, number];
  readonly events: readonly { readonly at: number; readonly group: number; readonly fields: object }[];
}

const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -50, max: 50 }) },
  { weight: 2, arbitrary: fc.integer({ min: -500, max: 500 }).map((n) => n / 4) },
  { weight: 1, arbitrary: fc.constantFrom('n/a', '7') },
);
const fields = fc.record(
  { kind: fc.constantFrom('a', 'b', 'c'), host: fc.constantFrom('h1', 'h2'), v: value },
  { requiredKeys: [] },
);
const places: fc.Arbitrary<Place> = fc.record({
  sizes: fc.tuple(fc.constantFrom(0, 1, 3, 50, 51, 120), fc.constantFrom(1, 2, 60)),
  events: fc.uniqueArray(fc.record({ at: fc.nat(599_000), group: fc.nat(1_000), fields }), {
    maxLength: 60,
    selector: ({ at }) => at,
  }),
});

function build({ sizes, events }: Place): { groups: LogGroup[]; queries: number } {
  const names = sizes.flatMap((size, region) =>
    Array.from({ length: size }, (_, index) => ({ name: `g${region}-${index}`, region: REGIONS[region] ?? '' })),
  );
  const groups = names.map(({ name, region }, index) =>
    makeGroup(
      name,
      events
        .filter(({ group }) => group % names.length === index)
        .map((event) => ({
          timestampEpochMs: RANGE.startEpochMs + event.at,
          message: JSON.stringify({ ...event.fields, pad: 'x'.repeat(event.at % 9) }),
        })),
      { region },
    ),
  );
  return { groups, queries: sizes.reduce((sum, size) => sum + Math.ceil(size / 50), 0) };
}

/** Runs the batch over everything; gives rows without what only says where they come from. */
async function ask(place: Place, query: string, limit: number) {
  const { groups, queries } = build(place);
  world.fill(groups);
  bench.local.requests.clear();
  const result = await bench.run('execute_cwl_insights_batch', {
    log_group_names: groups.map(({ name }) => name),
    regions: [...REGIONS],
    query_string: query,
    start_time: '-10m',
    limit,
  });
  expect(result.isError, bench.text(result)).toBeUndefined();
  const structured = structuredOf(result);
  executeCwlInsightsBatch.outputSchema.strict().parse(structured);
  expect(bench.local.requests.of('StartQuery')).toHaveLength(queries);
  const columns: string[] = structured.columns;
  const rows: Row[] = structured.rows.map((cells: (string | number | null)[]) =>
    Object.fromEntries(
      cells.flatMap((cell, index) => {
        const column = columns[index] ?? '';
        return cell === null || column === 'region' ? [] : [[column, cell]];
      }),
    ),
  );
  return { groups, rows, structured, text: bench.text(result) };
}

function normalize(row: Row): string {
  const cells = Object.entries(row).map(([name, cell]) => {
    const number = typeof cell === 'number' ? cell : Number(cell === '' ? Number.NaN : cell);
    return [name, Number.isNaN(number) ? cell : Number(number.toPrecision(9))];
  });
  return JSON.stringify(cells.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

const filters = fc.constantFrom(
  '',
  'filter v > 3 | ',
  'filter kind = "a" or host = "h2" | ',
  'filter ispresent(v) | ',
  'filter @message like /x/ | ',
  'parse @message \'"pad":"*"\' as padding | filter padding != "" | ',
);

describe('events', () => {
  const columns = fc.constantFrom(
    '',
    'fields @timestamp, @message | ',
    'fields kind, v | ',
    'fields v * 2 as twice | ',
  );
  const sorts = fc.constantFrom(
    '',
    'sort @timestamp asc',
    'sort @timestamp desc',
    'sort v desc',
    'sort kind asc, v desc',
    'sort strlen(@message) desc, v',
  );
  const tails = fc.constantFrom('', 'limit 1', 'limit 7', 'limit 1000', 'dedup kind', 'dedup kind, host | limit 3');
  const displays = fc.constantFrom('', 'display @message');

  it('are those of one query, in its order', async () => {
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.tuple(filters, columns, sorts, tails, displays),
        fc.constantFrom(1, 5, 1_000),
        async (place, [filter, column, sort, tail, display], limit) => {
          const shown = tail.startsWith('dedup') ? '' : display;
          const query =
            [`${filter}${column}`.replace(/ \| $/, ''), sort, tail, shown].filter((part) => part !== '').join(' | ') ||
            'fields @timestamp, @message';
          const { groups, rows, structured } = await ask(place, query, limit);
          const whole = await askOneQuery(query, groups, RANGE, tail.includes('limit') ? undefined : limit);
          expect(rows.map(normalize)).toEqual(whole.map(normalize));
          expect(structured).toMatchObject({ status: 'complete', merged: true, total: whole.length });
        },
      ),
      RUNS,
    );
  });
});

describe('groups', () => {
  const MERGED = [
    'count(*)',
    'count(v)',
    'sum(v)',
    'avg(v)',
    'min(v)',
    'max(v) as top',
    'latest(@timestamp)',
    'sortsfirst(kind)',
  ];
  const UNMERGED = ['pct(v, 90)', 'median(v)', 'stddev(v)', 'count_distinct(kind)', 'earliest(v)', 'sum(v) / count(*)'];
  const keys = fc.subarray(['kind', 'host as h', 'bin(1m)', '@log']);
  const aggregates = (from: readonly string[]) => fc.subarray([...from], { minLength: 1 });

  function write(filter: string, functions: readonly string[], by: readonly string[], tail: string): string {
    return `${filter}stats ${functions.join(', ')}${by.length === 0 ? '' : ` by ${by.join(', ')}`}${tail}`;
  }

  it('are those of one query where they can be merged', async () => {
    await fc.assert(
      fc.asyncProperty(places, filters, aggregates(MERGED), keys, async (place, filter, functions, by) => {
        const query = write(filter, functions, by, '');
        const { groups, rows, structured } = await ask(place, query, 1_000);
        const whole = await askOneQuery(query, groups, RANGE);
        if (structured.merged) expect(rows.map(normalize).sort()).toEqual(whole.map(normalize).sort());
        // Numbers beside texts have no order.
        else
          expect(structured.warnings.join(' ')).toMatch(/^(min\(v\)|top|avg\(v\))(, (top|avg\(v\)))* cannot be told/);
      }),
      RUNS,
    );
  });

  it('are sorted and cut as a whole', async () => {
    const tails = fc.constantFrom(
      ' | sort n desc',
      ' | sort n asc | limit 2',
      ' | sort n desc | limit 3 | display n, kind',
    );
    await fc.assert(
      fc.asyncProperty(places, filters, tails, async (place, filter, tail) => {
        const query = write(filter, ['count(*) as n', 'sum(strlen(@message)) as size'], ['kind', 'host'], tail);
        const { groups, rows } = await ask(place, query, 1_000);
        const whole = await askOneQuery(query, groups, RANGE);
        const all = await askOneQuery(query.replace(/ \| limit \d/, ''), groups, RANGE);
        expect(rows.map(({ n }) => String(n))).toEqual(whole.map(({ n }) => n));
        const known = all.map(normalize);
        for (const row of rows) expect(known).toContain(normalize(row));
      }),
      RUNS,
    );
  });

  it('stand once for each chunk where they cannot, and only then', async () => {
    await fc.assert(
      fc.asyncProperty(places, aggregates(UNMERGED), keys, async (place, functions, by) => {
        const query = write('', functions, by, '');
        const { groups, rows, structured } = await ask(place, query, 1_000);
        const whole = (await askOneQuery(query, groups, RANGE)).map(normalize);
        const single = rows.filter((row) => whole.includes(normalize(omitChunk(row))));
        if (by.includes('@log')) expect(structured.merged).toBe(true);
        if (structured.merged) {
          expect(rows.map(normalize).sort()).toEqual(whole.sort());
          return;
        }
        for (const name of functions) expect(structured.warnings.join(' ')).toContain(name);
        expect(rows.every(({ chunk }) => typeof chunk === 'string')).toBe(true);
        expect(rows.length).toBeGreaterThan(whole.length);
        expect(single.length).toBeLessThanOrEqual(rows.length);
      }),
      RUNS,
    );
  });
});

function omitChunk({ chunk: _chunk, ...row }: Row): Row {
  return row;
}
