import { afterEach, describe, expect, it } from 'vitest';
import { type LogsBenchOptions, startLogsBench, structuredOf } from '../../../test/support/logs-bench.ts';
import { SCRIPTED_QUERY_ID, scriptQuery } from '../../../test/support/scripted-logs.ts';
import type { ToolBench } from '../../../test/support/tool-bench.ts';
import { cancelLogsInsightQuery } from './cancel-logs-insight-query.ts';

let bench: ToolBench | undefined;
afterEach(() => bench?.close());

async function cancel(options: LogsBenchOptions, queryId = SCRIPTED_QUERY_ID) {
  bench = await startLogsBench(options);
  const result = await bench.run('cancel_logs_insight_query', { query_id: queryId });
  if (result.isError !== true) cancelLogsInsightQuery.outputSchema.strict().parse(result.structuredContent);
  return { result, text: bench.text(result), structured: structuredOf(result), requests: bench.local.requests };
}

describe('cancel_logs_insight_query', () => {
  it('stops a running query', async () => {
    const { text, structured } = await cancel({ logs: scriptQuery({ states: ['Running'] }) });
    expect(text).toMatchInlineSnapshot(`
      "Stopped: the query scans no more.
      Account/region: default/us-east-1
      query_id: us-east-1.default.0a1b2c3d-0000-4000-8000-00000000abcd
      Scanned 1.5 MB in 0 events, 0 matched; estimated cost under $0.0001.

      Hint: get_logs_insight_query_results with query_id="us-east-1.default.0a1b2c3d-0000-4000-8000-00000000abcd" shows the rows that were found."
    `);
    expect(structured).toMatchInlineSnapshot(`
      {
        "query_id": "us-east-1.default.0a1b2c3d-0000-4000-8000-00000000abcd",
        "shown": 0,
        "statistics": {
          "bytes_scanned": 1500000,
          "estimated_cost_usd": 0.0000075,
          "records_matched": 0,
          "records_scanned": 0,
        },
        "status": "cancelled",
        "stopped": true,
        "targets": [
          {
            "account": "default",
            "region": "us-east-1",
          },
        ],
      }
    `);
  });

  it.each(['Complete', 'Failed', 'Cancelled', 'Timeout'] as const)(
    'is content with a query that ended as %s',
    async (state) => {
      const { result, text, structured } = await cancel({ logs: scriptQuery({ states: [state] }) });
      expect(result.isError).toBeUndefined();
      expect(text).toContain(`Nothing to stop: the query had already ended, with status ${state.toLowerCase()}.`);
      expect(structured).toMatchObject({ stopped: false, status: state.toLowerCase() });
    },
  );

  it('may be repeated', async () => {
    const open = await startLogsBench();
    bench = open;
    const slow = await open.run('execute_log_insights_query', {
      log_group_names: ['legacy-batch'],
      query_string: 'fields @message # slow=60000',
      max_timeout: 1,
    });
    const args = { query_id: structuredOf(slow).query_id };
    const first = structuredOf(await open.run('cancel_logs_insight_query', args));
    const second = structuredOf(await open.run('cancel_logs_insight_query', args));
    expect([first.stopped, second.stopped]).toEqual([true, false]);
    expect([first.status, second.status]).toEqual(['cancelled', 'cancelled']);
  });

  it('has stopped the query even when its statistics cannot be read', async () => {
    const { text, structured } = await cancel({
      logs: scriptQuery({ states: ['Running'] }),
      faults: [{ operation: 'GetQueryResults', fault: { kind: 'accessDenied' } }],
    });
    expect(text).toMatch(/^Stopped: the query scans no more\./);
    expect(text).toContain('Warning: Its statistics could not be read: AWS denies logs:GetQueryResults');
    expect(structured.status).toBe('cancelled');
  });

  it('says what is wrong when it may not stop, or does not know the query', async () => {
    const denied = await cancel({
      logs: scriptQuery({ states: ['Running'] }),
      faults: [{ operation: 'StopQuery', fault: { kind: 'accessDenied' } }],
    });
    expect(denied.text).toContain('(access_denied,');
    await bench?.close();
    const unknown = await cancel({ logs: scriptQuery({}) }, 'us-east-1.default.ffffffff-0000-4000-8000-000000000000');
    expect(unknown.text).toContain('(not_found,');
    await bench?.close();
    const hostile = await cancel({ logs: scriptQuery({}) }, 'x; drop table');
    expect(hostile.text).toContain('(invalid_input,');
    expect(hostile.requests.of('StopQuery')).toEqual([]);
  });

  it('is marked as changing something, harmlessly and repeatably', () => {
    expect(cancelLogsInsightQuery.annotations).toEqual({
      readOnlyHint: false,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: true,
    });
  });
});
