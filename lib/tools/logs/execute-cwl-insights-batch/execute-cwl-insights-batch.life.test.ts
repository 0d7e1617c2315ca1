/** What happens while the queries of a batch run: failures, the one deadline, the scan budget, cancelling, halving. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { awsError } from '../../../../local/types.ts';
import { argumentsFor, type BatchScene, startBatchScene } from '../../../../test/support/batch-scene.ts';
import { findLookedAt, structuredOf } from '../../../../test/support/logs-bench.ts';
import { TOO_LONG_MS, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { until } from '../../../../test/support/until.ts';
import type { ToolCall } from '../../../mcp/tool-call.ts';

let bench: ToolBench | undefined;
afterEach(() => bench?.close());

async function open(scene: BatchScene): Promise<ToolBench> {
  bench = await startBatchScene(scene);
  return bench;
}

async function ask(scene: BatchScene, args: Record<string, unknown>, call: Partial<ToolCall> = {}) {
  const opened = await open(scene);
  const { requests } = opened.local;
  const running = opened.run('execute_cwl_insights_batch', argumentsFor(scene, args), call);
  if (scene.endAtQueries !== undefined) {
    await until(() => findLookedAt(requests).size === scene.endAtQueries);
    opened.pass(TOO_LONG_MS);
  }
  const result = await running;
  return { result, text: opened.text(result), structured: structuredOf(result), requests };
}

describe('failures', () => {
  it('of one region leave the answer of the other, and are not tried again', async () => {
    const { text, structured, requests } = await ask(
      { faults: [{ operation: 'StartQuery', region: 'eu-west-1', fault: { kind: 'accessDenied' } }] },
      {},
    );
    expect(text).toMatch(/^Partial: 2 of 4 queries complete/);
    expect(structured).toMatchObject({ status: 'partial', rows: [[60]] });
    expect(structured.warnings[0]).toMatch(
      /^2 queries \(eu-west-1 #1, eu-west-1 #2\): AWS denies logs:StartQuery in account default, region eu-west-1 → /,
    );
    expect(text).not.toContain('arn:aws');
    expect(requests.of('StartQuery').filter(({ region }) => region === 'eu-west-1')).toHaveLength(2);
  });

  it('of all are an error', async () => {
    const { text } = await ask({ faults: [{ operation: 'StartQuery', fault: { kind: 'accessDenied' } }] }, {});
    expect(text).toMatch(/^Error: AWS denies logs:StartQuery .*\(access_denied,/);
  });

  it('of the text are said once, with one query', async () => {
    const { text, requests } = await ask({ groups: 200 }, { query_string: 'stats count(*) | sort n dsc' });
    expect(text).toMatch(/^Error: CloudWatch refuses the query at character/);
    expect(text).toContain('(query_failed,');
    expect(requests.of('StartQuery')).toHaveLength(1);
  });

  it('in CloudWatch are named, the rows of the others given', async () => {
    const failing: BatchScene = {
      alter: ({ GetQueryResults: look }) => ({
        GetQueryResults: async (input, context) => {
          const output = (await look?.(input, context)) as object;
          return context.region === 'eu-west-1' ? { ...output, status: 'Failed', results: [] } : output;
        },
      }),
    };
    const { text, structured } = await ask(failing, {});
    expect(structured).toMatchObject({ status: 'partial', rows: [[60]] });
    expect(text).toContain('2 queries (eu-west-1 #1, eu-west-1 #2): CloudWatch started it but could not finish it');
  });

  it('of the moment are waited out', async () => {
    const { structured, requests } = await ask(
      {
        faults: [
          { operation: 'StartQuery', fault: { kind: 'throttle' }, times: 6 },
          { operation: 'GetQueryResults', fault: { kind: 'throttle' }, times: 4 },
        ],
      },
      {},
    );
    expect(structured).toMatchObject({ status: 'complete', rows: [[120]] });
    expect(requests.of('StartQuery').filter(({ status }) => status === 200)).toHaveLength(4);
  });

  it('of a quota are waited out too', async () => {
    let refusals = 2;
    const { structured } = await ask(
      {
        alter: ({ StartQuery: start }) => ({
          StartQuery: (input, context) => {
            refusals -= 1;
            if (refusals >= 0) throw awsError('LimitExceededException', 'maximum query concurrency limit reached');
            return start?.(input, context);
          },
        }),
      },
      {},
    );
    expect(structured).toMatchObject({ status: 'complete', rows: [[120]] });
  });

  it('to look at the log groups do not matter', async () => {
    const { structured } = await ask(
      { faults: [{ operation: 'DescribeLogGroups', fault: { kind: 'accessDenied' } }] },
      {},
    );
    expect(structured).toMatchObject({ status: 'complete', rows: [[120]] });
  });
});

describe('limits', () => {
  it('of time end all queries together, and the ids of those that go on are given', async () => {
    const { text, structured, requests } = await ask(
      { endAtQueries: 4 },
      { query_string: 'stats count(*) as n # slow=60000', max_timeout: 20 },
    );
    expect(text).toMatch(
      /^Partial: 0 of 4 queries complete \(after 20s\); no rows so far, from 120 log groups in 4 queries/,
    );
    expect(text).toMatch(
      /4 queries go on in CloudWatch: get_logs_insight_query_results with query_id="us-east-1\.default\./,
    );
    expect(structured.queries).toHaveLength(4);
    expect(requests.of('StartQuery')).toHaveLength(4);
    expect(requests.of('StopQuery')).toEqual([]);
  });

  it('of time let nothing start afterwards', async () => {
    const { text, structured, requests } = await ask(
      { env: { CLOUDWATCH_MCP_INSIGHTS_CONCURRENCY: '1' }, endAtQueries: 2 },
      { query_string: 'fields n # slow=60000' },
    );
    expect(structured.queries.filter(({ query_id }: { query_id?: string }) => query_id === undefined)).toHaveLength(2);
    expect(text).toContain('No time was left to start this query');
    expect(requests.of('StartQuery')).toHaveLength(2);
  });

  it('of concurrency hold for each region', async () => {
    let running = 0;
    let most = 0;
    const { structured } = await ask(
      {
        groups: 400,
        env: { CLOUDWATCH_MCP_INSIGHTS_CONCURRENCY: '2' },
        alter: ({ StartQuery: start, GetQueryResults: look }) => ({
          StartQuery: (input, context) => {
            running += 1;
            most = Math.max(most, running);
            return start?.(input, context);
          },
          GetQueryResults: async (input, context) => {
            const output = (await look?.(input, context)) as { status: string };
            if (output.status === 'Complete') running -= 1;
            return output;
          },
        }),
      },
      { query_string: 'stats count(*) as n # slow=150', regions: ['us-east-1'] },
    );
    expect(structured).toMatchObject({ status: 'complete', rows: [[400]] });
    expect(most).toBe(2);
  });

  it('of scanning count the sum, and stop all', async () => {
    const { text, structured, requests } = await ask(
      {
        env: { CLOUDWATCH_MCP_MAX_SCAN_GB: '0.001' },
        events: 200,
        // Each has read all of its events at the first look, and does not end.
        alter: ({ GetQueryResults: look }) => ({
          GetQueryResults: async (input, context) => ({
            ...((await look?.(input, context)) as object),
            status: 'Running',
          }),
        }),
      },
      { query_string: 'fields n' },
    );
    expect(text).toMatch(
      /^Partial: 0 of 4 queries complete \(stopped, since together they had scanned .*, more than the 1 MB allowed\)/,
    );
    expect(structured.status).toBe('partial');
    expect(structured.rows.length).toBeGreaterThan(0);
    expect(requests.of('StopQuery').length).toBeGreaterThanOrEqual(4);
  });

  it('show progress: queries done of all', async () => {
    const seen: string[] = [];
    await ask(
      {},
      {},
      { reportProgress: ({ progress, total, message }) => seen.push(`${progress}/${total} ${message}`) },
    );
    expect(seen[0]).toBe('0/4 0 of 4 queries done, 0 B scanned');
    expect(seen).toHaveLength(5);
    expect(seen.at(-1)).toMatch(/^4\/4 4 of 4 queries done, .* scanned$/);
  });
});

describe('a client that goes away', () => {
  it('has every running query stopped, and none started afterwards', async () => {
    const controller = new AbortController();
    const scene = { groups: 120, env: { CLOUDWATCH_MCP_INSIGHTS_CONCURRENCY: '2' } };
    const opened = await open(scene);
    const { requests } = opened.local;
    const running = opened.run(
      'execute_cwl_insights_batch',
      argumentsFor(scene, { query_string: 'fields n # slow=60000' }),
      { signal: controller.signal },
    );
    await until(() => findLookedAt(requests).size === 4);
    controller.abort();
    expect(opened.text(await running)).toContain('(cancelled,');
    await until(() => requests.of('StopQuery').filter(({ status }) => status === 200).length === 4);
    await sleep(300);
    expect(requests.of('StartQuery')).toHaveLength(4);
    expect(requests.of('StopQuery')).toHaveLength(4);
  });
});

describe('halving', () => {
  /** A service that gives 10,000 rows a query, whatever it is asked for. */
  const capped: BatchScene = {
    groups: 1,
    events: 25_000,
    alter: ({ StartQuery: start }) => ({
      StartQuery: (input, context) => start?.({ ...input, limit: Math.min(input.limit, 10_000) }, context),
    }),
  };
  const one = { regions: ['us-east-1'], log_group_names: ['app-0'] };
  type Sent = { startTime: number; endTime: number };

  it('happens when the service cut the rows, newest first, and of two neighbours both ask the second between', async () => {
    const { structured, requests } = await ask(capped, { ...one, query_string: 'fields @timestamp, n', limit: 15_000 });
    expect(structured).toMatchObject({ status: 'complete', total: 15_000, is_cut_by_limit: true });
    const sent = requests.of('StartQuery').map(({ input }) => input as Sent);
    expect(sent).toHaveLength(5);
    const leaves = sent
      .filter(
        (range) =>
          !sent.some(
            (other) => other !== range && other.startTime >= range.startTime && other.endTime <= range.endTime,
          ),
      )
      .sort((a, b) => a.startTime - b.startTime);
    for (const [index, leaf] of leaves.slice(1).entries()) expect(leaf.startTime).toBe(leaves[index]?.endTime);
    expect(leaves[0]?.startTime).toBe(sent[0]?.startTime);
    expect(leaves.at(-1)?.endTime).toBe(sent[0]?.endTime);
  });

  it('asks no older half when the newer one is enough', async () => {
    const { requests } = await ask(capped, { ...one, query_string: 'fields n', limit: 12_000 });
    expect(requests.of('StartQuery')).toHaveLength(4);
  });

  it('never happens for a limit that the caller set, nor for groups of many events', async () => {
    const limited = await ask({ ...capped, groups: 60, events: 500 }, { query_string: 'fields n', limit: 100 });
    expect(limited.requests.of('StartQuery')).toHaveLength(4);
    expect(limited.structured).toMatchObject({ total: 100, is_cut_by_limit: true });
    await bench?.close();
    const own = await ask(capped, { ...one, query_string: 'fields n | limit 50', limit: 50_000 });
    expect(own.requests.of('StartQuery')).toHaveLength(1);
    expect(own.structured.total).toBe(50);
    await bench?.close();
    const counted = await ask(capped, { ...one, query_string: 'stats count(*) as n by bin(1s)', limit: 50_000 });
    expect(counted.requests.of('StartQuery')).toHaveLength(1);
  });

  it('loses nothing where the end of a range is an instant, and says what is counted twice', async () => {
    const asInstant: BatchScene = {
      ...capped,
      events: 10_400,
      alter: ({ StartQuery: start }) => ({
        StartQuery: (input, context) =>
          start?.({ ...input, endTime: input.endTime - 1, limit: Math.min(input.limit, 10_000) }, context),
      }),
    };
    const { structured, text } = await ask(asInstant, { ...one, query_string: 'fields n', limit: 20_000 });
    // The last second of the range is lost to this reading wherever it ends.
    expect(structured).toMatchObject({ status: 'complete', is_cut_by_limit: false });
    expect(structured.total).toBeGreaterThanOrEqual(10_396);
    expect(text).toContain('Time ranges were halved, and the second at 1 seam asked twice: its events are');
  });
});
