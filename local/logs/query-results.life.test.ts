import type {
  DescribeQueriesResponse,
  GetLogRecordResponse,
  GetQueryResultsResponse,
  StopQueryResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { ACCOUNTS, LOG_GROUPS } from '../scenario.ts';
import { LogsClient, TEST_NOW_EPOCH_MS, toRecord } from './operations-fixture.ts';

const CHECKOUT = { logGroupName: LOG_GROUPS.checkout };

function results(client: LogsClient, queryId: string, input: object = {}): Promise<GetQueryResultsResponse> {
  return client.call<GetQueryResultsResponse>('GetQueryResults', { queryId, ...input });
}

describe('the life of a query', () => {
  it('goes from Scheduled over Running to Complete, with statistics that grow', async () => {
    const client = new LogsClient();
    const queryId = await client.start('fields @message # slow=1000', CHECKOUT);
    const seen: GetQueryResultsResponse[] = [];
    for (const elapsedMs of [0, 300, 600, 1_000]) {
      client.nowEpochMs = TEST_NOW_EPOCH_MS + elapsedMs;
      seen.push(await results(client, queryId));
    }
    expect(seen.map(({ status }) => status)).toEqual(['Scheduled', 'Running', 'Running', 'Complete']);
    const scanned = seen.map(({ statistics }) => statistics?.recordsScanned ?? 0);
    expect(scanned[0]).toBe(0);
    expect(scanned).toEqual([...new Set(scanned)].toSorted((a, b) => a - b));
    const rows = seen.map(({ results: rowsSoFar }) => rowsSoFar?.length ?? 0);
    expect(rows[0]).toBe(0);
    expect(rows[1]).toBeGreaterThan(0);
    expect(rows[1]).toBeLessThan(rows[3] ?? 0);
    expect(seen[3]?.statistics).toMatchObject({
      recordsMatched: rows[3],
      recordsScanned: rows[3],
      resultCount: rows[3],
      logGroupsScanned: 1,
    });
  });

  it('tells what it scans: an estimate that grows, then what it scanned', async () => {
    const client = new LogsClient();
    const queryId = await client.start('fields @message # slow=1000', CHECKOUT);
    const bytes = async () => {
      const { queries = [] } = await client.call<DescribeQueriesResponse>('DescribeQueries', {});
      return queries.find((query) => query.queryId === queryId)?.bytesScanned;
    };
    expect(await bytes()).toBe(0);
    client.nowEpochMs += 500;
    expect(await bytes()).toBeGreaterThan(0);
    client.nowEpochMs += 500;
    const { statistics } = await results(client, queryId);
    expect(await bytes()).toBe(statistics?.bytesScanned);
  });

  it('shows no rows of an aggregation before it is complete', async () => {
    const client = new LogsClient();
    const queryId = await client.start('stats count(*) # slow=1000', CHECKOUT);
    client.nowEpochMs += 900;
    expect(await results(client, queryId)).toMatchObject({ status: 'Running', results: [] });
    client.nowEpochMs += 100;
    expect((await results(client, queryId)).results).toHaveLength(1);
  });

  it('can be cancelled while it runs, and keeps the rows so far', async () => {
    const client = new LogsClient();
    const queryId = await client.start('fields @message # slow=1000', CHECKOUT);
    client.nowEpochMs += 500;
    expect(await client.call<StopQueryResponse>('StopQuery', { queryId })).toEqual({ success: true });
    client.nowEpochMs += 10_000;
    const after = await results(client, queryId);
    expect(after.status).toBe('Cancelled');
    expect(after.results?.length).toBeGreaterThan(0);
    expect((await client.refusal('StopQuery', { queryId })).message).toContain('already ended with status Cancelled');
  });

  it('refuses to stop a query that is complete', async () => {
    const client = new LogsClient();
    const queryId = await client.start('limit 1', CHECKOUT);
    client.nowEpochMs += 1_000;
    expect((await client.refusal('StopQuery', { queryId })).name).toBe('InvalidParameterException');
  });

  it('can fail, and times out after an hour', async () => {
    const client = new LogsClient();
    const failing = await client.start('limit 1 # fail', CHECKOUT);
    const endless = await client.start('limit 1 # slow=99000000', CHECKOUT);
    client.nowEpochMs += 59 * 60_000;
    expect(await results(client, failing)).toMatchObject({ status: 'Failed', results: [] });
    expect((await results(client, endless)).status).toBe('Running');
    client.nowEpochMs += 60_000;
    expect((await results(client, endless)).status).toBe('Timeout');
  });

  it('takes the durations and failures that a test sets', async () => {
    const client = new LogsClient({
      timing: { queryDurationMs: () => 0, durationFor: () => undefined, isFailing: () => true },
    });
    const queryId = await client.start('limit 1', CHECKOUT);
    expect((await results(client, queryId)).status).toBe('Failed');
  });

  it('is known only to its account and region', async () => {
    const client = new LogsClient();
    const queryId = await client.start('limit 1', CHECKOUT);
    client.account = ACCOUNTS.dev.id;
    expect((await client.refusal('GetQueryResults', { queryId })).name).toBe('ResourceNotFoundException');
    client.account = ACCOUNTS.prod.id;
    client.region = 'eu-west-1';
    expect((await client.refusal('GetQueryResults', { queryId })).name).toBe('ResourceNotFoundException');
    expect((await client.refusal('StopQuery', { queryId })).name).toBe('ResourceNotFoundException');
    expect((await client.refusal('GetQueryResults', {})).name).toBe('InvalidParameterException');
  });

  it('takes 100 queries at a time, and more when some have ended', async () => {
    const client = new LogsClient();
    await Promise.all(Array.from({ length: 100 }, () => client.start('limit 1', CHECKOUT)));
    const input = { ...CHECKOUT, queryString: 'limit 1', startTime: 1, endTime: Math.floor(TEST_NOW_EPOCH_MS / 1000) };
    expect((await client.refusal('StartQuery', input)).name).toBe('LimitExceededException');
    client.account = ACCOUNTS.dev.id;
    expect(await client.start('limit 1', CHECKOUT)).not.toBe('');
    client.account = ACCOUNTS.prod.id;
    client.nowEpochMs += 1_000;
    expect(await client.start('limit 1', CHECKOUT)).not.toBe('');
  });

  it('is listed, newest first, before the history', async () => {
    const client = new LogsClient();
    const first = await client.start('limit 1', CHECKOUT);
    const second = await client.start('limit 2', CHECKOUT);
    const page = await client.call<DescribeQueriesResponse>('DescribeQueries', { maxResults: 3 });
    expect(page.queries?.slice(0, 2).map(({ queryId }) => queryId)).toEqual([second, first]);
    expect(page.nextToken).toBeDefined();
    const scheduled = await client.call<DescribeQueriesResponse>('DescribeQueries', {
      status: 'Scheduled',
      ...CHECKOUT,
    });
    expect(scheduled.queries).toHaveLength(2);
  });
});

describe('the rows of a query', () => {
  it('come in pages of 10,000 up to the limit', async () => {
    const client = new LogsClient();
    const startTime = Math.floor(TEST_NOW_EPOCH_MS / 1000) - 3_600;
    const queryId = await client.start('fields @timestamp', { ...CHECKOUT, startTime, limit: 12_345 });
    client.nowEpochMs += 1_000;
    const first = await results(client, queryId);
    const second = await results(client, queryId, { nextToken: first.nextToken });
    expect(first.results).toHaveLength(10_000);
    expect(second.results).toHaveLength(2_345);
    expect(second.nextToken).toBeUndefined();
    const pointers = [...(first.results ?? []), ...(second.results ?? [])].map((row) => toRecord(row)['@ptr']);
    expect(new Set(pointers).size).toBe(12_345);
    expect((await results(client, queryId, { maxItems: 5 })).results).toHaveLength(5);
    expect((await client.refusal('GetQueryResults', { queryId, maxItems: 10_001 })).name).toBe(
      'InvalidParameterException',
    );
    expect((await client.refusal('GetQueryResults', { queryId, nextToken: 'x' })).name).toBe(
      'InvalidParameterException',
    );
  });

  it('are 10,000 when neither the text nor the request has a limit', async () => {
    const client = new LogsClient();
    const startTime = Math.floor(TEST_NOW_EPOCH_MS / 1000) - 3_600;
    const { results: rows, statistics } = await client.run('fields @timestamp', { ...CHECKOUT, startTime });
    expect(rows).toHaveLength(10_000);
    expect(statistics?.recordsMatched).toBeGreaterThan(10_000);
    expect(statistics?.resultCount).toBe(10_000);
  });

  it('are newest first, and each event points to its whole record', async () => {
    const client = new LogsClient();
    const rows = await client.rows('fields @timestamp, @message | filter level = "ERROR" | limit 20', CHECKOUT);
    const times = rows.map((row) => row['@timestamp'] ?? '');
    expect(times).toEqual(times.toSorted().toReversed());
    const [row] = rows;
    const { logRecord } = await client.call<GetLogRecordResponse>('GetLogRecord', { logRecordPointer: row?.['@ptr'] });
    expect(logRecord).toMatchObject({
      '@message': row?.['@message'],
      level: 'ERROR',
      '@log': `${ACCOUNTS.prod.id}:${LOG_GROUPS.checkout}`,
    });
  });

  it('of an aggregation have no pointer', async () => {
    const rows = await new LogsClient().rows('stats count(*) by version', CHECKOUT);
    expect(rows.flatMap((row) => Object.keys(row))).not.toContain('@ptr');
  });

  it('are the same for concurrent and repeated readers', async () => {
    const client = new LogsClient();
    const queryId = await client.start('fields @message', CHECKOUT);
    client.nowEpochMs += 1_000;
    const answers = await Promise.all(Array.from({ length: 5 }, () => results(client, queryId)));
    for (const answer of answers) {
      expect(answer).toEqual(answers[0]);
    }
  });
});
