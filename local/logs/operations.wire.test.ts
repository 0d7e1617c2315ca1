import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeQueryDefinitionsCommand,
  FilterLogEventsCommand,
  GetLogGroupFieldsCommand,
  GetLogRecordCommand,
  GetQueryResultsCommand,
  ListAnomaliesCommand,
  MalformedQueryException,
  ResourceNotFoundException,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_MESSAGES } from '../data/logs/hostile.ts';
import { AMBIENT_CREDENTIALS, DEFAULT_REGION, LOG_GROUPS } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';

let local: LocalCloudWatch;
let client: CloudWatchLogsClient;

beforeAll(async () => {
  local = await startLocalCloudWatch({ queryTiming: { queryDurationMs: () => 0 } });
  client = new CloudWatchLogsClient({
    endpoint: local.endpoint,
    region: DEFAULT_REGION,
    credentials: AMBIENT_CREDENTIALS,
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await local.close();
});

function lastHour(): { startTime: number; endTime: number } {
  const endTime = Math.floor(Date.now() / 1000);
  return { startTime: endTime - 3_600, endTime };
}

describe('through the AWS SDK', () => {
  it('a query runs, and its rows lead to whole records', async () => {
    const queryString = 'fields @timestamp, level | filter level = "ERROR" | limit 3';
    const start = new StartQueryCommand({ logGroupName: LOG_GROUPS.checkout, queryString, ...lastHour() });
    const { queryId } = await client.send(start);
    const { status, results = [], statistics } = await client.send(new GetQueryResultsCommand({ queryId }));
    expect(status).toBe('Complete');
    expect(results).toHaveLength(3);
    expect(statistics?.bytesScanned).toBeGreaterThan(1_000);
    const logRecordPointer = results[0]?.find(({ field }) => field === '@ptr')?.value;
    const { logRecord } = await client.send(new GetLogRecordCommand({ logRecordPointer }));
    expect(logRecord?.level).toBe('ERROR');
    await expect(client.send(new StopQueryCommand({ queryId }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('a malformed query is refused with its position', async () => {
    const start = new StartQueryCommand({
      logGroupName: LOG_GROUPS.checkout,
      queryString: 'stats nosuch(a)',
      ...lastHour(),
    });
    const error = await client.send(start).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MalformedQueryException);
    expect(error).toMatchObject({ queryCompileError: { location: { startCharOffset: 6, endCharOffset: 15 } } });
  });

  it('an unknown group or query is a modelled error', async () => {
    const start = new StartQueryCommand({ logGroupName: 'nope', queryString: 'limit 1', ...lastHour() });
    await expect(client.send(start)).rejects.toBeInstanceOf(ResourceNotFoundException);
    const results = new GetQueryResultsCommand({ queryId: '00000000-0000-4000-8000-000000000000' });
    await expect(client.send(results)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('hostile text arrives as it was written', async () => {
    const { startTime } = lastHour();
    const filter = new FilterLogEventsCommand({ logGroupName: LOG_GROUPS.hostile, startTime: startTime * 1000 });
    const { events = [] } = await client.send(filter);
    const messages = events.map(({ message }) => message);
    for (const message of HOSTILE_MESSAGES) {
      expect(messages).toContain(message);
    }
  });

  it('groups, fields, saved queries and anomalies are decoded', async () => {
    const groups = await client.send(new DescribeLogGroupsCommand({ limit: 5 }));
    expect(groups.logGroups).toHaveLength(5);
    expect(groups.nextToken).toBeDefined();
    const fields = await client.send(new GetLogGroupFieldsCommand({ logGroupName: LOG_GROUPS.eks }));
    expect(fields.logGroupFields?.length).toBeGreaterThan(10);
    const saved = await client.send(new DescribeQueryDefinitionsCommand({ maxResults: 2 }));
    expect(saved.queryDefinitions).toHaveLength(2);
    const { anomalies = [] } = await client.send(new ListAnomaliesCommand({}));
    expect(anomalies[0]?.patternTokens?.some(({ isDynamic }) => isDynamic)).toBe(true);
  });
});
