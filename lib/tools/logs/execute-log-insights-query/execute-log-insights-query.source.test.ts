/** Queries as they are copied out of the console, rows without columns, and budgets that were passed. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LOG_GROUPS } from '../../../../local/scenario.ts';
import { structuredOf } from '../../../../test/support/logs-bench.ts';
import { SCRIPTED_QUERY_ID, type ScriptedRow, scriptQuery } from '../../../../test/support/scripted-logs.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';

const CHECKOUT = LOG_GROUPS.checkout;
const NOW_S = BENCH_NOW_EPOCH_MS / 1_000;

interface Sent {
  queryString: string;
  logGroupNames?: string[];
  logGroupIdentifiers?: string[];
  startTime: number;
  endTime: number;
}

let bench: ToolBench;
let rows: readonly ScriptedRow[] = [];
let statistics: Record<string, number> = {};
beforeAll(async () => {
  bench = await startToolBench({
    operations: {
      logs: {
        StartQuery: (input, context) => scriptQuery({}).StartQuery?.(input, context),
        GetQueryResults: (input, context) => scriptQuery({ rows, statistics }).GetQueryResults?.(input, context),
      },
    },
  });
});
afterEach(() => {
  bench.local.requests.clear();
  rows = [];
  statistics = {};
});
afterAll(() => bench.close());

const TOOLS = ['execute_log_insights_query', 'execute_cwl_insights_batch'] as const;

async function run(tool: string, args: Record<string, unknown>) {
  const result = await bench.run(tool, args);
  const [sent] = bench.local.requests.of('StartQuery').map(({ input }) => input as Sent);
  return { text: bench.text(result), structured: structuredOf(result), sent };
}

describe.each(TOOLS)('a query pasted into %s', (tool) => {
  it.each([
    ['START=-3600s END=0s', NOW_S - 3_600, NOW_S],
    ['START=-1w END=-1d', NOW_S - 7 * 86_400, NOW_S - 86_400],
    [`START=${BENCH_NOW_EPOCH_MS - 600_000} END=${BENCH_NOW_EPOCH_MS - 300_000}`, NOW_S - 600, NOW_S - 300],
    ['START=2026-03-01T11:00:00.000Z END=2026-03-01T11:30:00.000Z', NOW_S - 3_600, NOW_S - 1_800],
    ['START=-2h', NOW_S - 7_200, NOW_S],
  ])('is asked in its own log group and time: %s', async (times, startTime, endTime) => {
    const { text, sent } = await run(tool, {
      query_string: `SOURCE "${CHECKOUT}" ${times} |\nfields @message | limit 3`,
    });
    expect(sent).toMatchObject({ logGroupNames: [CHECKOUT], startTime, endTime });
    expect(sent?.queryString).toMatch(/^fields @message/);
    expect(text).toContain(`Taken from SOURCE in the query: log groups \`${CHECKOUT}\`; the range `);
  });

  it('may name the same things as the arguments', async () => {
    const { sent } = await run(tool, {
      query_string: `SOURCE "${CHECKOUT}" START=-30m END=0s | fields @message | limit 3`,
      log_group_names: [CHECKOUT],
      start_time: '-30m',
      end_time: 'now',
    });
    expect(sent).toMatchObject({ logGroupNames: [CHECKOUT], startTime: NOW_S - 1_800 });
  });

  it.each([
    [
      { log_group_names: ['other'] },
      `SOURCE in query_string names other log groups (\`${CHECKOUT}\`) than the arguments`,
    ],
    [{ start_time: '-2h' }, 'start_time is 2026-03-01T10:00:00Z, but START in query_string is 2026-03-01T11:30:00Z'],
    [{ end_time: '-1m' }, 'end_time is 2026-03-01T11:59:00Z, but END in query_string is 2026-03-01T12:00:00Z'],
  ])('is refused where it contradicts %j', async (args, said) => {
    const { text, sent } = await run(tool, {
      query_string: `SOURCE "${CHECKOUT}" START=-30m END=0s | fields @message`,
      ...args,
    });
    expect(text).toMatch(/^Error: /);
    expect(text).toContain(`${said} → leave one of the two out.`);
    expect(sent).toBeUndefined();
  });

  it.each([
    [`SOURCE "${CHECKOUT}" START=-1h END=0s`, 'query_string says only where to read (SOURCE) → add what to ask'],
    [`SOURCE "${CHECKOUT}" START=soon | limit 1`, 'START "soon" is not a time'],
    [`SOURCE "${CHECKOUT}" START=0s END=-1h | limit 1`, 'START 2026-03-01T12:00:00Z is not before END'],
    ['SOURCE "no such name!" | limit 1', 'SOURCE in query_string holds "no such name!", which cannot be the name'],
  ])('is refused as %j, saying why', async (query_string, said) => {
    const { text, sent } = await run(tool, { query_string });
    expect(text).toContain(said);
    expect(sent).toBeUndefined();
  });
});

describe('log groups that only CloudWatch can choose', () => {
  const query_string = 'SOURCE logGroups(namePrefix: ["/aws/"]) START=-10m END=0s | limit 3';

  it('stay in the text, times do not', async () => {
    const { sent } = await run('execute_log_insights_query', { query_string });
    expect(sent).toMatchObject({
      queryString: 'SOURCE logGroups(namePrefix: ["/aws/"]) | limit 3',
      startTime: NOW_S - 600,
    });
    expect(sent).not.toHaveProperty('logGroupNames');
  });

  it('are no case for a batch', async () => {
    const { text } = await run('execute_cwl_insights_batch', { query_string });
    expect(text).toContain(
      'The query chooses its log groups itself (SOURCE logGroups) → run it with execute_log_insights_query',
    );
  });
});

describe.each(TOOLS)('rows of %s', (tool) => {
  const ask = (query_string: string) => run(tool, { query_string, log_group_names: [CHECKOUT] });

  it('that hold only @ptr are no blank lines', async () => {
    rows = [[['@ptr', 'a']], [['@ptr', 'b']]];
    const { text, structured } = await ask('fields durtion, custmer');
    expect(text).toContain('\ndurtion | custmer\n- | -\n- | -\n');
    expect(text).toContain(
      'No row has `durtion`, `custmer`: the rows hold only @ptr. The events lack what they are made of',
    );
    expect(structured).toMatchObject({
      columns: ['durtion', 'custmer'],
      rows: [
        [null, null],
        [null, null],
      ],
    });
  });

  it.each([
    [
      'stats avg(durtion) as mean, count(*) as n by host',
      [
        ['host', 'a'],
        ['n', '3'],
      ],
      'mean',
      'host | mean | n',
    ],
    [
      'fields @timestamp, lvl, @message',
      [
        ['@timestamp', '2026-03-01 11:00:00.000'],
        ['@message', 'm'],
      ],
      'lvl',
      'lvl=…',
    ],
  ] as const)('show the column of %j that no row has', async (query, row, name, head) => {
    rows = [row.map(([field, value]) => [field, value] as const)];
    const { text, structured } = await ask(query);
    expect(text).toContain(head);
    expect(text).toContain(`No row has \`${name}\`. The events lack what it is made of, or a name is wrong`);
    expect(structured.columns).toContain(name);
  });

  it.each([
    ['stats count(*) as n by host', [['host', 'a']]],
    [
      'pattern @message',
      [
        ['@ratio', '1'],
        ['@severityLabel', 'INFO'],
      ],
    ],
  ] as const)('of %j without what is always there are no whole answer', async (query, row) => {
    rows = [row.map(([field, value]) => [field, value] as const)];
    const { text } = await ask(query);
    expect(text).toMatch(/No row has `.*, which CloudWatch gives always: its answer is not whole/);
  });

  it('say nothing where nothing is missing', async () => {
    rows = [
      [
        ['host', 'a'],
        ['count(*)', '1'],
      ],
    ];
    expect((await ask('stats count( * ) by host')).text).not.toContain('No row has');
    rows = [];
    expect((await ask('fields durtion')).text).not.toContain('No row has');
  });

  it('say when they cost more than was allowed before they could be stopped', async () => {
    rows = [
      [
        ['@timestamp', 't'],
        ['@message', 'm'],
      ],
    ];
    statistics = { bytesScanned: 31_800_000 };
    const asked = { query_string: 'fields @timestamp, @message', log_group_names: [CHECKOUT] };
    const { text } = await run(tool, { ...asked, max_scan_gb: 0.001 });
    expect(text).toContain('It scanned 31.8 MB, more than the 1 MB allowed: it ended before it could be stopped.');
    expect((await run(tool, { ...asked, max_scan_gb: 1 })).text).not.toContain('It scanned');
  });
});

describe('rows of get_logs_insight_query_results', () => {
  it('that hold only @ptr are no blank lines', async () => {
    rows = [[['@ptr', 'a']], [['@ptr', 'b']]];
    const { text } = await run('get_logs_insight_query_results', { query_id: SCRIPTED_QUERY_ID });
    expect(text).toContain('(only @ptr)\n(only @ptr)');
    expect(text).toContain('The 2 rows hold only @ptr, no columns');
  });
});
