/** What fails, what takes too long, and who goes away. */
import { afterEach, describe, expect, it } from 'vitest';
import { LOG_GROUPS } from '../../../../local/scenario.ts';
import {
  findLookedAt,
  type LogsBenchOptions,
  startLogsBench,
  structuredOf,
} from '../../../../test/support/logs-bench.ts';
import {
  type AskedQuery,
  cutLook,
  isFirstLook,
  messageRows,
  patternRows,
  repeatMessage,
  type ScriptedAnswer,
  scriptAnalysis,
} from '../../../../test/support/scripted-analysis.ts';
import { TOO_LONG_MS, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { until } from '../../../../test/support/until.ts';
import type { ToolCall } from '../../../mcp/tool-call.ts';

let bench: ToolBench | undefined;
afterEach(() => bench?.close());

// As short as holds the first of every new pattern, so that all messages are read.
const CHECKOUT = {
  log_group_arn: LOG_GROUPS.checkout,
  start_time: '2026-03-01T11:20:00Z',
  end_time: '2026-03-01T11:36:00Z',
};
const GROUP = { log_group_arn: '/test/group' };

async function analyze(args: Record<string, unknown>, options: LogsBenchOptions, call: Partial<ToolCall> = {}) {
  bench = await startLogsBench(options);
  const result = await bench.run('analyze_log_group', args, call);
  return { result, text: bench.text(result), structured: structuredOf(result), requests: bench.local.requests };
}

function scripted(answerOf: (query: AskedQuery) => ScriptedAnswer) {
  const script = scriptAnalysis(answerOf);
  return { ...script, options: { logs: script.operations } };
}

const isNow = ({ startTime }: AskedQuery) => startTime >= Date.parse('2026-03-01T11:00:00Z') / 1_000;

/** A log group of which only a part is read, with what the second look gives. */
function large(answerOf: (query: AskedQuery) => ScriptedAnswer) {
  return scripted((query) => (isFirstLook(query) ? cutLook(messageRows('job 1 done')) : answerOf(query)));
}

describe('a part that fails', () => {
  it.each(['ListLogAnomalyDetectors', 'ListAnomalies'])('gives the rest when %s is denied', async (operation) => {
    const { text, structured } = await analyze(CHECKOUT, { faults: [{ operation, fault: { kind: 'accessDenied' } }] });
    expect(text).toMatch(/^`.*`: 2 new error patterns, 1 other new pattern;/);
    expect(text).toContain(`Warning: Anomalies could not be had: AWS denies logs:${operation}`);
    expect(structured.anomalies).toEqual([]);
    expect(structured.warnings).toHaveLength(1);
  });

  it('says which query failed, and compares by the others', async () => {
    const { options } = large((query) =>
      query.text.startsWith('pattern')
        ? { status: 'Failed' }
        : {
            rows: [
              ...repeatMessage(40, (index) => `job ${index} done`),
              ...(isNow(query) ? repeatMessage(9, () => 'disk failed') : []),
            ],
          },
    );
    const { text, structured } = await analyze(GROUP, options);
    expect(text).toContain('Warning: The list of message patterns in the window ended as failed in CloudWatch');
    expect(text).toContain('Warning: The list of message patterns in the window compared with ended as failed');
    expect(structured.changed).toMatchObject([{ pattern: 'disk failed', change: 'new', count_before: 0 }]);
  });

  it.each([
    ['pattern', '@pattern', 'The list of message patterns in the window could not be had'],
    ['pattern', '@sampleCount', 'The list of message patterns in the window could not be had'],
    ['filter', '@pattern', 'The list of error patterns in the window could not be had'],
    ['fields', '@message', 'Error'],
  ])('does not take rows of %s without %s for none', async (command, column, problem) => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`${'a'.repeat(index + 1)} failed`, 5]));
    const { options } = large(({ text }) => ({
      rows: text.startsWith('fields') ? messageRows('job 1 done') : patternRows(many),
    }));
    const { logs } = options;
    const { GetQueryResults: answer, StartQuery: start } = logs;
    const isSpoiled = new Set<unknown>();
    const { text } = await analyze(GROUP, {
      logs: {
        ...logs,
        async StartQuery(input: { queryString: string }, context) {
          const started: unknown = await start?.(input, context);
          if (input.queryString.startsWith(command)) isSpoiled.add((started as { queryId: string }).queryId);
          return started;
        },
        async GetQueryResults(input: { queryId: string }, context) {
          const given = (await answer?.(input, context)) as { results: { field: string }[][] };
          const results = given.results.map((row) => row.filter(({ field }) => field !== column));
          return isSpoiled.has(input.queryId) ? { ...given, results } : given;
        },
      },
    });
    expect(text).toContain(`${problem}: CloudWatch gave rows without columns that the query names`);
  });

  it('gives patterns and no times when those cannot be counted', async () => {
    const { options } = large((query) => {
      if (query.text.startsWith('stats')) return { status: 'Failed' };
      if (query.text.startsWith('fields')) return { rows: messageRows('job 1 done') };
      return {
        rows: isNow(query)
          ? patternRows({ 'job <*> done': 40, 'disk failed': 7 })
          : patternRows({ 'job <*> done': 40 }),
      };
    });
    const { structured } = await analyze(GROUP, options);
    expect(structured.changed).toMatchObject([{ pattern: 'disk failed', change: 'new', count: 7 }]);
    expect(structured.changed[0]).not.toHaveProperty('since');
    expect(structured.warnings).toHaveLength(1);
  });

  it('waits out throttling of every operation', async () => {
    const { text, structured } = await analyze(CHECKOUT, {
      faults: ['StartQuery', 'GetQueryResults', 'DescribeLogGroups', 'ListAnomalies'].map((operation) => ({
        operation,
        fault: { kind: 'throttle' },
        times: 2,
      })),
    });
    expect(text).toMatch(/^`.*`: 2 new error patterns/);
    expect(structured.warnings).toBeUndefined();
  });
});

describe('time', () => {
  it('is up: what is ready is given, what is not is stopped and named', async () => {
    let started = 0;
    const durationFor = () => {
      started += 1;
      return started === 2 ? 60_000 : undefined;
    };
    const { text, structured, requests } = await analyze(
      CHECKOUT,
      { timing: { durationFor } },
      {
        reportProgress({ progress }) {
          if (progress === 1) bench?.pass(TOO_LONG_MS);
        },
      },
    );
    expect(text).toContain(
      'compared with nothing: time or scan budget was used up before the other window could be read',
    );
    expect(structured.events).toBeGreaterThan(0);
    expect(structured).not.toHaveProperty('events_before');
    expect(requests.of('StartQuery')).toHaveLength(1);
  });

  it('is up for all of it: an answer that says so, in place of an error', async () => {
    bench = await startLogsBench({ timing: { durationFor: () => 60_000 } });
    const { requests } = bench.local;
    const call = bench.run('analyze_log_group', CHECKOUT);
    await until(() => findLookedAt(requests).size === 1);
    bench.pass(TOO_LONG_MS);
    const result = await call;
    const text = bench.text(result);
    expect(result.isError).toBeUndefined();
    expect(text).toContain('compared with nothing: time or scan budget was used up');
    expect(text.match(/was not ready in time/g)).toHaveLength(1);
    // A stop that is late is still sent.
    await until(() => requests.of('StopQuery').length === 1);
  });

  it('ends with the client: every query is stopped in AWS', async () => {
    const controller = new AbortController();
    bench = await startLogsBench({ timing: { durationFor: () => 60_000 } });
    const { requests } = bench.local;
    const call = bench.run('analyze_log_group', CHECKOUT, { signal: controller.signal });
    await until(() => findLookedAt(requests).size === 1);
    controller.abort();
    expect(bench.text(await call)).toMatch(/^Error: .*cancelled/);
    await until(() => requests.of('StopQuery').length === 1);
    expect(requests.of('StartQuery')).toHaveLength(1);
  });

  it('is shared with other calls: one query at once is enough', async () => {
    const { structured } = await analyze(CHECKOUT, { env: { CLOUDWATCH_MCP_INSIGHTS_CONCURRENCY: '1' } });
    expect(structured.changed).toHaveLength(3);
    expect(structured.statistics.queries).toBe(3);
  });

  it('is told as queries end', async () => {
    const told: number[] = [];
    await analyze(CHECKOUT, {}, { reportProgress: ({ progress }) => told.push(progress) });
    expect(told).toEqual([1, 2, 3]);
  });
});

describe('the scan budget', () => {
  it('holds for the sum of all queries', async () => {
    const { options, stopped } = scripted(() => ({
      status: 'Running',
      rows: messageRows('job 1 done'),
      statistics: { bytesScanned: 600_000_000 },
    }));
    const { text, structured } = await analyze({ ...GROUP, max_scan_gb: 0.5 }, options);
    expect(text).toContain(
      'was stopped by the scan budget and is not whole → shorten the time range, or raise max_scan_gb.',
    );
    expect(stopped.size).toBeGreaterThanOrEqual(1);
    expect(structured.statistics).toMatchObject({ bytes_scanned: 600_000_000, estimated_cost_usd: 0.003 });
    expect(structured.is_compared).toBe(false);
  });

  it('leaves out the times of new patterns when they would pass it', async () => {
    const { options, asked } = large((query) => ({
      rows: query.text.startsWith('fields')
        ? messageRows('job 1 done')
        : isNow(query) && query.text.startsWith('pattern')
          ? patternRows({ 'disk failed': 7 })
          : [],
      statistics: { bytesScanned: 180_000_000 },
    }));
    const { structured } = await analyze({ ...GROUP, max_scan_gb: 0.7 }, options);
    expect(asked).toHaveLength(5);
    expect(structured.changed).toMatchObject([{ change: 'new', filter: 'filter @message like "disk failed"' }]);
  });

  it('is at most the ceiling of the server', async () => {
    const { options } = scripted(() => ({}));
    const { text } = await analyze({ ...GROUP, max_scan_gb: 5_000 }, options);
    expect(text).toContain('Warning: max_scan_gb 5000 was lowered to 100, the ceiling of this server.');
  });
});
