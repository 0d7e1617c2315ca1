import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  ListAlarmMuteRulesCommand,
  ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FaultBoard, parseFaultRules } from './faults.ts';
import { AMBIENT_CREDENTIALS } from './scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from './server.ts';

let local: LocalCloudWatch;
const options = (maxAttempts = 1) => ({
  endpoint: local.endpoint,
  region: 'us-east-1',
  credentials: AMBIENT_CREDENTIALS,
  maxAttempts,
});
const describeAlarms = (maxAttempts = 1, abortSignal?: AbortSignal) =>
  new CloudWatchClient(options(maxAttempts)).send(
    new DescribeAlarmsCommand({ MaxRecords: 5 }),
    abortSignal === undefined ? {} : { abortSignal },
  );

const logStreams = async (logs: CloudWatchLogsClient): Promise<string[]> => {
  const { logStreams: streams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: 'legacy-batch' }));
  return streams.map(({ logStreamName = '' }) => logStreamName);
};

beforeAll(async () => {
  local = await startLocalCloudWatch({ faults: [{ operation: 'GetAlarmMuteRule', fault: { kind: 'throttle' } }] });
});
beforeEach(() => {
  local.faults.clear();
  local.requests.clear();
});
afterAll(() => local.close());

describe('faults on the wire', () => {
  it('throttles n calls, which the client retries', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'throttle' }, times: 2 });
    expect((await describeAlarms(3)).MetricAlarms).toHaveLength(5);
    expect(local.requests.of('DescribeAlarms').map((record) => record.status)).toEqual([400, 400, 200]);
  });

  it('throttles until disarmed, on every service in its own words', async () => {
    const disarm = local.faults.add({ operation: '*', fault: { kind: 'throttle' } });
    await expect(describeAlarms()).rejects.toMatchObject({ name: 'Throttling' });
    await expect(new CloudWatchLogsClient(options()).send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
    await expect(new STSClient(options()).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'Throttling',
    });
    disarm();
    expect((await describeAlarms()).MetricAlarms).toHaveLength(5);
  });

  it.each([
    [{ kind: 'serverError' } as const, 500],
    [{ kind: 'serverError', status: 503 } as const, 503],
  ])('fails with %j', async (fault, status) => {
    local.faults.add({ operation: 'DescribeAlarms', fault });
    await expect(describeAlarms()).rejects.toMatchObject({ $metadata: { httpStatusCode: status } });
  });

  it('denies access to one operation only', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'accessDenied' } });
    await expect(describeAlarms()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('cloudwatch:DescribeAlarms'),
    });
    expect((await new CloudWatchClient(options()).send(new ListMetricsCommand({}))).Metrics?.length).toBeGreaterThan(0);
  });

  it('says that the token expired, to STS as a query code', async () => {
    local.faults.add({ operation: '*', fault: { kind: 'expiredToken' } });
    await expect(describeAlarms()).rejects.toMatchObject({ name: 'ExpiredToken' });
    await expect(new STSClient(options()).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
    });
  });

  it('resets the connection', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'connectionReset' }, times: 1 });
    await expect(describeAlarms()).rejects.toThrow(/ECONNRESET|socket hang up/);
    expect(local.requests.of('DescribeAlarms')[0]?.status).toBe(0);
    expect((await describeAlarms()).MetricAlarms).toHaveLength(5);
  });

  it('cuts the body', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'malformedBody' } });
    await expect(describeAlarms()).rejects.toThrow(/JSON/);
  });

  it('drips the body, complete at the end', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'slowBody', chunkBytes: 4000, pauseMs: 1 } });
    expect((await describeAlarms()).MetricAlarms).toHaveLength(5);
  });

  it('pads the answer and alters the output', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'hugeAnswer', padBytes: 3_000_000 } });
    local.faults.add({
      operation: 'DescribeAlarms',
      fault: { kind: 'alterOutput', alter: () => ({ MetricAlarms: [{ AlarmName: 'altered' }] }) },
    });
    expect((await describeAlarms()).MetricAlarms).toEqual([{ AlarmName: 'altered' }]);
  });

  it('answers 200 without a body, or with a page of HTML', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'emptyBody' }, times: 1 });
    expect(await describeAlarms()).toEqual({ $metadata: expect.objectContaining({ httpStatusCode: 200 }) });
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'htmlBody' }, times: 1 });
    await expect(describeAlarms()).rejects.toThrow(/JSON/);
  });

  it('pages without end, with new tokens or with the same one', async () => {
    const cloudwatch = new CloudWatchClient(options());
    const tokens = async (): Promise<(string | undefined)[]> => {
      const seen: (string | undefined)[] = [];
      for (let page = 0, token: string | undefined; page < 30; page += 1) {
        const answer = await cloudwatch.send(new DescribeAlarmsCommand({ MaxRecords: 5, NextToken: token }));
        token = answer.NextToken;
        seen.push(token);
      }
      return seen;
    };
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'endlessPages' } });
    expect(new Set(await tokens()).size).toBe(30);
    local.faults.clear();
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'sameToken' } });
    const [first, ...others] = await tokens();
    expect(first).toEqual(expect.any(String));
    expect(new Set(others)).toEqual(new Set([first]));
  });

  it('gives both tokens of GetLogEvents without end', async () => {
    const logs = new CloudWatchLogsClient(options());
    const [stream] = await logStreams(logs);
    local.faults.add({ operation: 'GetLogEvents', fault: { kind: 'endlessPages' } });
    const input = { logGroupName: 'legacy-batch', logStreamName: stream, startFromHead: true, limit: 2 };
    const first = await logs.send(new GetLogEventsCommand(input));
    const second = await logs.send(new GetLogEventsCommand({ ...input, nextToken: first.nextForwardToken }));
    expect(second.events).toEqual(first.events);
    expect(second.nextForwardToken).not.toBe(first.nextForwardToken);
    expect(second.nextBackwardToken).not.toBe(first.nextBackwardToken);
  });

  it('leaves lists out, all or one', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'missingList' }, times: 1 });
    expect(await describeAlarms()).not.toHaveProperty('MetricAlarms');
    local.faults.add({
      operation: 'DescribeAlarms',
      fault: { kind: 'missingList', member: 'CompositeAlarms' },
      times: 1,
    });
    const answer = await describeAlarms();
    expect(answer).not.toHaveProperty('CompositeAlarms');
    expect(answer.MetricAlarms).toHaveLength(5);
  });

  it('does not keep the order that was asked for', async () => {
    const history = async (): Promise<number[]> => {
      const input = { AlarmName: 'shop-checkout-duration-p99', ScanBy: 'TimestampDescending' } as const;
      const { AlarmHistoryItems = [] } = await new CloudWatchClient(options()).send(
        new DescribeAlarmHistoryCommand(input),
      );
      return AlarmHistoryItems.map(({ Timestamp }) => Timestamp?.getTime() ?? 0);
    };
    const logs = new CloudWatchLogsClient(options());
    const [stream] = await logStreams(logs);
    const tail = async () =>
      (
        await logs.send(
          new GetLogEventsCommand({
            logGroupName: 'legacy-batch',
            logStreamName: stream,
            startFromHead: false,
            limit: 2,
          }),
        )
      ).events;
    const [times, events] = [await history(), await tail()];
    expect(new Set(times).size).toBeGreaterThan(1);
    local.faults.add({ operation: '*', fault: { kind: 'ignoredOrder' } });
    expect(await history()).toEqual(times.toReversed());
    expect(await tail()).not.toEqual(events);
  });

  it('has an operation in some regions only', async () => {
    const list = (region: string) =>
      new CloudWatchClient({ ...options(), region }).send(new ListAlarmMuteRulesCommand({}));
    local.faults.add({ operation: 'ListAlarmMuteRules', region: 'eu-west-1', fault: { kind: 'unknownOperation' } });
    await expect(list('eu-west-1')).rejects.toMatchObject({ name: 'InvalidAction' });
    expect((await list('us-east-1')).AlarmMuteRuleSummaries?.length).toBeGreaterThan(0);
  });

  it('keeps a call waiting that the caller can abandon', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'latency', latencyMs: 600_000 } });
    const controller = new AbortController();
    const call = describeAlarms(1, controller.signal);
    const refused = expect(call).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => local.requests.of('DescribeAlarms').length).toBe(1);
    controller.abort();
    await refused;
    expect(local.requests.of('DescribeAlarms')[0]?.status).toBe(0);
  });

  it('is controlled over HTTP by child processes', async () => {
    const url = `${local.endpoint}/__faults`;
    const rule = { operation: 'DescribeAlarms', fault: { kind: 'accessDenied' }, times: 1 };
    const posted = await fetch(url, { method: 'POST', body: JSON.stringify([rule]) });
    expect(await posted.json()).toEqual([rule]);
    await expect(describeAlarms()).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(await (await fetch(url)).json()).toEqual([]);
    await fetch(url, { method: 'POST', body: JSON.stringify(rule) });
    expect(await (await fetch(url, { method: 'DELETE' })).json()).toEqual([]);
    expect((await fetch(url, { method: 'POST', body: '{"operation":1}' })).status).toBe(400);
  });
});

describe('FaultBoard', () => {
  it('counts concurrent requests exactly', () => {
    const board = new FaultBoard();
    board.add({ operation: 'A', fault: { kind: 'throttle' }, times: 3 });
    const hits = Array.from({ length: 10 }, () => board.take('A', 'us-east-1', '1').length);
    expect(hits).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('hits only the region and account of the rule', () => {
    const board = new FaultBoard();
    board.add({ operation: '*', region: 'eu-west-1', account: '2', fault: { kind: 'throttle' } });
    expect(board.take('A', 'us-east-1', '2')).toEqual([]);
    expect(board.take('A', 'eu-west-1', '1')).toEqual([]);
    expect(board.take('A', 'eu-west-1', '2')).toEqual([{ kind: 'throttle' }]);
  });

  it('hits only the access key of the rule', () => {
    const board = new FaultBoard();
    board.add({ operation: 'A', accessKeyId: 'AKIA1', times: 1, fault: { kind: 'throttle' } });
    expect(board.take('A', 'us-east-1', '1')).toEqual([]);
    expect(board.take('A', 'us-east-1', '1', 'AKIA2')).toEqual([]);
    expect(board.take('A', 'us-east-1', '1', 'AKIA1')).toEqual([{ kind: 'throttle' }]);
  });
});

describe('parseFaultRules', () => {
  it.each([
    ['{}', /no operation/],
    ['{"operation":"A","fault":{"kind":"explode"}}', /not known/],
    ['{"operation":"A","fault":{"kind":"alterOutput"}}', /not known/],
    ['{"operation":"A","fault":{"kind":"latency"}}', /not known/],
    ['{"operation":"A","fault":{"kind":"toString"}}', /not known/],
    ['{"operation":"A","fault":{"kind":"missingList","member":7}}', /not known/],
    ['{"operation":"A","fault":{"kind":"slowBody","chunkBytes":0,"pauseMs":1}}', /not known/],
    ['{"operation":"A","fault":{"kind":"throttle"},"times":0}', /positive integer/],
    ['nonsense', /JSON/],
  ])('refuses %s', (text, message) => {
    expect(() => parseFaultRules(text)).toThrow(message);
  });
});
