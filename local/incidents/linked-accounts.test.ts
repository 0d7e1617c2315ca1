/** What a monitoring account sees of linked accounts, and what it does not, through the clients of the SDK. */
import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricWidgetImageCommand,
  ListMetricsCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClient } from '../cloudwatch/test-client.ts';
import { ACCOUNTS, AMBIENT_CREDENTIALS } from '../scenario.ts';
import { loadScenario } from '../scenarios/load-scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { UNLINKED_ACCOUNT } from './linked-accounts.ts';

const NOW = Date.UTC(2026, 5, 3, 12, 0, 0);
const PROD = ACCOUNTS.prod.id;
const DEV = ACCOUNTS.dev.id;
const DATA = ACCOUNTS.data.id;
const AUDIT = UNLINKED_ACCOUNT.id;
const LOG_GROUP = '/aws/lambda/checkout';
const WINDOW = { StartTime: new Date(NOW - 600_000), EndTime: new Date(NOW) };
const ERRORS = {
  Namespace: 'AWS/Lambda',
  MetricName: 'Errors',
  Dimensions: [{ Name: 'FunctionName', Value: 'checkout' }],
};

/** Not a secret: known to this test's server only. */
const SOURCE_CREDENTIALS = { accessKeyId: 'AKIALOCALSOURCE00000', secretAccessKey: 'source' };

let local: LocalCloudWatch;
let client: CloudWatchClient;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  const scenario = await loadScenario('linked-accounts', NOW);
  local = await startLocalCloudWatch({
    scenario,
    nowEpochMs: () => NOW,
    queryTiming: { durationFor: () => 0 },
  });
  // A source account of its own right: links lead one way.
  local.credentials.add({
    ...SOURCE_CREDENTIALS,
    account: DATA,
    principalArn: `arn:aws:sts::${DATA}:assumed-role/CloudWatchMCPRole/test`,
    sessionName: 'test',
  });
  client = createTestClient(local);
  logs = new CloudWatchLogsClient({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: AMBIENT_CREDENTIALS,
    maxAttempts: 1,
  });
});
afterAll(() => local.close());

const errorsOf = (Id: string, AccountId?: string, ReturnData = true): MetricDataQuery => ({
  Id,
  AccountId,
  ReturnData,
  MetricStat: { Metric: ERRORS, Period: 600, Stat: 'Sum' },
});
async function read(...MetricDataQueries: MetricDataQuery[]) {
  const { MetricDataResults = [] } = await client.send(new GetMetricDataCommand({ ...WINDOW, MetricDataQueries }));
  return MetricDataResults;
}
const evaluate = (Expression: string) => read({ Id: 'e', Expression, Period: 600 });
const list = async (input: object) => client.send(new ListMetricsCommand({ ...ERRORS, ...input }));

describe('metrics of linked accounts', () => {
  it('have equal names and a value of their own in each', async () => {
    const results = await read(errorsOf('own'), errorsOf('same', PROD), errorsOf('dev', DEV), errorsOf('data', DATA));
    const [own = 0, same, dev = 0, data = 0] = results.map(({ Values }) => Values?.[0]);
    expect(same).toBe(own);
    expect(new Set([own, dev, data]).size).toBe(3);
    expect(data).toBeGreaterThan(10 * Math.max(own, dev));
    const [sum] = await read(errorsOf('m1', DEV, false), errorsOf('m2', DATA, false), { Id: 'e', Expression: 'm1+m2' });
    expect(sum?.Values).toEqual([dev + data]);
  });

  it('are forbidden where the account is not linked, the rest is answered', async () => {
    const [audit, data] = await read(errorsOf('audit', AUDIT), errorsOf('data', DATA));
    expect(audit).toMatchObject({ StatusCode: 'Forbidden', Values: [], Messages: [{ Code: 'Forbidden' }] });
    expect(data).toMatchObject({ StatusCode: 'Complete', Messages: [] });
  });

  it('are listed with their owners on request only', async () => {
    expect(await list({})).toMatchObject({ Metrics: [ERRORS] });
    expect((await list({})).OwningAccounts).toBeUndefined();
    const all = await list({ IncludeLinkedAccounts: true });
    expect([all.Metrics, all.OwningAccounts]).toEqual([
      [ERRORS, ERRORS, ERRORS],
      [PROD, DEV, DATA],
    ]);
    expect((await list({ IncludeLinkedAccounts: true, OwningAccount: DEV })).OwningAccounts).toEqual([DEV]);
    expect((await list({ IncludeLinkedAccounts: true, OwningAccount: AUDIT })).Metrics).toEqual([]);
    await expect(list({ OwningAccount: DEV })).rejects.toThrow('IncludeLinkedAccounts');
  });

  it.each([
    ['', [PROD, DEV, DATA]],
    [`:aws.AccountId="${DATA}"`, ['Errors']],
    [':aws.AccountId=LOCAL', ['Errors']],
    [`:aws.AccountId=("LOCAL" OR "${DEV}")`, [PROD, DEV]],
    [`NOT :aws.AccountId=${DEV}`, [PROD, DATA]],
    [`:aws.AccountId=${AUDIT}`, []],
    [`:aws.AccountId=${DATA.slice(0, 6)}`, []],
  ])('SEARCH with %j gives %j', async (condition, labels) => {
    const found = await evaluate(`SEARCH('{AWS/Lambda,FunctionName} MetricName=Errors ${condition}', 'Sum')`);
    expect(found.map(({ Label }) => Label)).toEqual(labels.map((label) => expect.stringContaining(label)));
  });

  it('are grouped and filtered by AWS.AccountId in Metrics Insights', async () => {
    const select = 'SELECT SUM(Errors) FROM "AWS/Lambda"';
    const groups = await evaluate(`${select} GROUP BY AWS.AccountId ORDER BY SUM() DESC`);
    expect(groups.map(({ Label }) => Label)).toHaveLength(3);
    expect(groups[0]?.Label).toBe(DATA);
    const value = async (where: string) => (await evaluate(`${select} ${where}`))[0]?.Values?.[0];
    const [own, data] = (await read(errorsOf('own'), errorsOf('data', DATA))).map(({ Values }) => Values?.[0]);
    expect(await value(`WHERE AWS.AccountId = '${DATA}'`)).toBe(data);
    expect(await value('WHERE AWS.AccountId = CURRENT_ACCOUNT_ID()')).toBe(own);
    expect(await value(`WHERE AWS.AccountId = '${AUDIT}'`)).toBeUndefined();
  });

  it('are not seen from a source account, nor is the monitoring account', async () => {
    const source = createTestClient(local, 'us-east-1', SOURCE_CREDENTIALS);
    const listed = await source.send(new ListMetricsCommand({ ...ERRORS, IncludeLinkedAccounts: true }));
    expect(listed.OwningAccounts).toEqual([DATA]);
    const { MetricDataResults } = await source.send(
      new GetMetricDataCommand({ ...WINDOW, MetricDataQueries: [errorsOf('prod', PROD)] }),
    );
    expect(MetricDataResults?.[0]?.StatusCode).toBe('Forbidden');
  });
});

describe('alarms of a monitoring account', () => {
  it('fire on metrics of a source account, whose own alarms are not among them', async () => {
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms.map(({ AlarmName, StateValue }) => [AlarmName, StateValue])).toEqual([
      ['checkout-errors', 'OK'],
      ['data-checkout-errors', 'ALARM'],
      ['orders-age', 'ALARM'],
      ['sources-checkout-errors', 'OK'],
    ]);
    const linked = MetricAlarms.find(({ AlarmName }) => AlarmName === 'data-checkout-errors');
    expect(linked?.Metrics).toMatchObject([{ AccountId: DATA, MetricStat: { Metric: ERRORS } }]);
    expect(linked?.StateTransitionedTimestamp?.getTime()).toBeGreaterThan(NOW - 25 * 60_000);
  });
});

describe('logs of linked accounts', () => {
  const arn = (account: string) => `arn:aws:logs:us-east-1:${account}:log-group:${LOG_GROUP}`;
  const filter = (logGroupIdentifier: string) =>
    logs.send(new FilterLogEventsCommand({ logGroupIdentifier, filterPattern: 'ERROR', startTime: NOW - 3_600_000 }));

  it('are described, filtered and queried by ARN', async () => {
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ includeLinkedAccounts: true }));
    expect(logGroups?.map(({ logGroupArn }) => logGroupArn).sort()).toEqual([PROD, DEV, DATA].map(arn));
    expect((await filter(arn(DATA))).events).toHaveLength(25);
    expect((await filter(arn(PROD))).events).toEqual([]);
    const { queryId } = await logs.send(
      new StartQueryCommand({
        logGroupIdentifiers: [arn(DEV), arn(DATA)],
        queryString: 'stats count(*) as n by account | sort account',
        startTime: (NOW - 600_000) / 1_000,
        endTime: NOW / 1_000,
      }),
    );
    const { results } = await logs.send(new GetQueryResultsCommand({ queryId }));
    expect(results?.map((row) => row[0]?.value)).toEqual(['data', 'dev']);
  });

  it('of an account that is not linked are not there', async () => {
    await expect(filter(arn(AUDIT))).rejects.toThrow('does not exist');
    const others = { includeLinkedAccounts: true, accountIdentifiers: [AUDIT] };
    expect((await logs.send(new DescribeLogGroupsCommand(others))).logGroups).toEqual([]);
  });
});

describe('dashboards of a monitoring account', () => {
  it('have widgets of other accounts, which are drawn', async () => {
    const { DashboardBody } = await client.send(new GetDashboardCommand({ DashboardName: 'all-accounts' }));
    expect(DashboardBody).toContain(`"accountId":"${DATA}"`);
    const draw = async (accountId: string) => {
      const metrics = [['AWS/Lambda', 'Errors', 'FunctionName', 'checkout', { accountId }]];
      const MetricWidget = JSON.stringify({ metrics, stat: 'Sum', period: 60 });
      const { MetricWidgetImage } = await client.send(new GetMetricWidgetImageCommand({ MetricWidget }));
      return Buffer.from(MetricWidgetImage ?? []).toString('base64');
    };
    const pictures = await Promise.all([PROD, DEV, DATA].map(draw));
    expect(new Set(pictures).size).toBe(3);
  });
});
