/** CloudWatch over its three protocols: the same client, the same inputs, the same answers and errors. */

import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';

const ANCHOR = Date.now();
let local: LocalCloudWatch;

beforeAll(async () => {
  local = await startLocalCloudWatch({
    nowEpochMs: () => ANCHOR,
    operations: {
      cloudwatch: {
        GetMetricStatistics: () => ({
          Label: 'odd <&>"\u{1F525}\u00a0]]>',
          Datapoints: [
            { Timestamp: new Date(ANCHOR), Average: Number.NaN, Sum: Number.POSITIVE_INFINITY, Minimum: -0.1 },
          ],
        }),
      },
    },
  });
});
afterAll(() => local.close());

/** The codes of Query are older than the names of the shapes; this client tells the names over CBOR. */
const PROTOCOLS = [
  [
    'query',
    AwsQueryProtocol,
    ['ResourceNotFound', 'InvalidAction', 'Throttling', 'AccessDenied', 'SignatureDoesNotMatch'],
  ],
  [
    'cbor',
    SmithyRpcV2CborProtocol,
    [
      'DashboardNotFoundError',
      'UnknownOperationException',
      'ThrottlingException',
      'AccessDeniedException',
      'InvalidSignatureException',
    ],
  ],
] as const;
const ALARM = { AlarmName: 'shop-checkout-duration-p99' };
const METRIC = { Namespace: 'AWS/Lambda', MetricName: 'Duration' };
const TIME = { StartTime: new Date(ANCHOR - 3_600_000), EndTime: new Date(ANCHOR) };
const QUERIES = [
  { Id: 'a', MetricStat: { Metric: { ...METRIC, Dimensions: [] }, Period: 300, Stat: 'p99' }, ReturnData: false },
  { Id: 'b', Expression: `SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"', 'Sum', 300)`, Label: 'x<&>' },
];
const WIDGET = JSON.stringify({ metrics: [['AWS/Lambda', 'Errors', 'FunctionName', 'shop-checkout']] });

/** Every operation that is served, with an input. */
const INPUTS: Readonly<Record<string, object>> = {
  DescribeAlarmContributors: { AlarmName: 'shop-checkout-duration-p99' },
  DescribeAlarmHistory: {
    ...ALARM,
    HistoryItemType: 'StateUpdate',
    StartDate: new Date(ANCHOR - 86_400_000),
    MaxRecords: 7,
  },
  DescribeAlarms: { AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'], MaxRecords: 100 },
  DescribeAlarmsForMetric: { ...METRIC, Dimensions: [{ Name: 'FunctionName', Value: 'shop-checkout' }] },
  DescribeAnomalyDetectors: {},
  GetAlarmMuteRule: { AlarmMuteRuleName: 'no such rule' },
  GetDashboard: { DashboardName: 'shop-overview' },
  GetMetricData: { ...TIME, MetricDataQueries: QUERIES, ScanBy: 'TimestampAscending', MaxDatapoints: 500 },
  GetMetricStatistics: { ...METRIC, ...TIME, Period: 300, Statistics: ['Average', 'Sum'] },
  GetMetricWidgetImage: { MetricWidget: WIDGET },
  GetOTelEnrichment: {},
  ListAlarmMuteRules: {},
  ListDashboards: { DashboardNamePrefix: 'shop' },
  ListMetrics: { Namespace: 'AWS/Lambda', Dimensions: [{ Name: 'FunctionName' }], RecentlyActive: 'PT3H' },
};

type Command = typeof cloudwatch.DescribeAlarmsCommand;

async function ask(
  operation: string,
  input: object,
  config: Partial<cloudwatch.CloudWatchClientConfig>,
): Promise<unknown> {
  const { endpoint } = local;
  const options = { endpoint, region: 'us-east-1', credentials: AMBIENT_CREDENTIALS, maxAttempts: 1 };
  const client = new cloudwatch.CloudWatchClient({ ...options, ...config });
  const AnyCommand = Reflect.get(cloudwatch, `${operation}Command`) as Command;
  try {
    const { $metadata: _metadata, ...output } = await client.send(new AnyCommand(input));
    return output;
  } catch (error) {
    if (!(error instanceof cloudwatch.CloudWatchServiceException)) throw error;
    return { error: error.name, message: error.message, status: error.$metadata.httpStatusCode };
  }
}

/** XML does not tell an empty list from none, clients differ in the class of bytes, and a token belongs to its own request. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, member]) => !(Array.isArray(member) && member.length === 0));
  return Object.fromEntries(entries.map(([name, member]) => [name, name === 'NextToken' || normalise(member)]));
}

describe.each(PROTOCOLS)('CloudWatch over %s', (_name, protocol, names) => {
  const [notFound, unknown, throttled, denied, mismatch] = names;

  it('serves every operation that it serves over JSON', () => {
    expect(Object.keys(INPUTS).toSorted()).toEqual(local.operationNames('cloudwatch').toSorted());
  });

  it.each(Object.entries(INPUTS))('answers %s as over JSON', async (operation, input) => {
    const [expected, answer] = [await ask(operation, input, {}), await ask(operation, input, { protocol })];
    expect(normalise(answer)).toEqual(normalise(expected));
    expect(Object.keys(answer as object).length).toBeGreaterThan(0);
  });

  it.each([
    ['a missing dashboard', 'GetDashboard', { DashboardName: 'none' }, notFound],
    ['an operation that is not served', 'PutDashboard', { DashboardName: 'x', DashboardBody: '{}' }, unknown],
    ['a bad number', 'DescribeAlarms', { MaxRecords: 1_000 }, 'ValidationException'],
  ])('refuses %s', async (_what, operation, input, error) => {
    expect(await ask(operation, input, { protocol })).toMatchObject({ error });
  });

  it('throttles, denies and verifies signatures', async () => {
    const list = (config: object) => ask('ListDashboards', {}, { protocol, ...config });
    local.faults.add({ operation: 'ListDashboards', fault: { kind: 'throttle' }, times: 1 });
    expect(await list({})).toMatchObject({ error: throttled });
    local.faults.add({ operation: 'ListDashboards', fault: { kind: 'accessDenied' }, times: 1 });
    expect(await list({})).toMatchObject({ error: denied });
    const credentials = { ...AMBIENT_CREDENTIALS, secretAccessKey: 'wrong' };
    expect(await list({ credentials })).toMatchObject({ error: mismatch });
  });
});

describe('what no client sends', () => {
  it.each([
    ['/service/GraniteServiceVersion20100801/operation/DescribeAlarms', { 'smithy-protocol': 'rpc-v2-cbor' }, 400],
    ['/service/Logs_20140328/operation/DescribeLogGroups', { 'smithy-protocol': 'rpc-v2-cbor' }, 404],
    ['/', { 'smithy-protocol': 'rpc-v2-cbor' }, 404],
    ['/', { 'content-type': 'application/x-www-form-urlencoded' }, 403],
  ])('is refused: %s %j', async (path, headers, status) => {
    const answer = await fetch(`${local.endpoint}${path}`, { method: 'POST', headers, body: '\u00ff\u00ff' });
    expect(answer.status).toBe(status);
  });
});
