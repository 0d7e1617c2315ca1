/** Every list that is read by pages, of a service whose pages do not end: the list ends, and is not called whole. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../../local/server.ts';
import { createPorts } from './create-ports.ts';
import { createAmbientClientPool } from './credentials/client-pool.ts';
import type { AwsPorts } from './ports/ports.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const RANGE = { startEpochMs: NOW - 3_600_000, endEpochMs: NOW };
const LOG_GROUP = 'legacy-batch';
const { signal } = new AbortController();

let local: LocalCloudWatch;
let pool: ReturnType<typeof createAmbientClientPool>;
let ports: AwsPorts;
let alarmName: string;
beforeAll(async () => {
  local = await startLocalCloudWatch({ nowEpochMs: () => NOW });
  pool = createAmbientClientPool({ endpoint: local.endpoint, credentials: AMBIENT_CREDENTIALS });
  ports = createPorts(pool, { account: 'default', region: 'us-east-1' });
  const { value: alarms } = await ports.alarms.describeAlarms({}, signal).next();
  alarmName = alarms === undefined || typeof alarms === 'boolean' ? '' : (alarms[0]?.name ?? '');
});
afterEach(() => local.faults.clear());
afterAll(async () => {
  pool.close();
  await local.close();
});

async function hasEnded<Item>(pages: AsyncGenerator<Item, boolean, void>): Promise<boolean> {
  let page = await pages.next();
  while (page.done !== true) page = await pages.next();
  return page.value;
}

const metric = { namespace: 'AWS/Lambda', metricName: 'Errors', dimensions: [] };
const query = {
  id: 'm1',
  isReturned: true,
  metricStat: { ...metric, periodSeconds: 60, statistic: 'Sum' },
};

/** What each list says of itself: false for not whole, or the code of the error. */
const LISTS: readonly [operation: string, read: (asked: AwsPorts) => Promise<unknown>][] = [
  ['DescribeAlarms', async ({ alarms }) => await hasEnded(alarms.describeAlarms({}, signal))],
  ['DescribeAlarms', ({ alarms }) => alarms.listParents(alarmName, signal)],
  [
    'DescribeAlarmHistory',
    async ({ alarms }) => await hasEnded(alarms.describeHistory({ alarmName, ...RANGE }, signal)),
  ],
  ['DescribeAlarmContributors', ({ alarms }) => alarms.listContributors(alarmName, signal)],
  ['ListAlarmMuteRules', ({ alarms }) => alarms.listMuteRules(['active'], signal)],
  ['ListAlarmMuteRules', ({ alarms }) => alarms.listMutingRules(alarmName, signal)],
  [
    'ListDashboards',
    async ({ dashboards }) => !(await dashboards.listDashboards({ maxEntries: 5_000 }, signal)).isTruncated,
  ],
  ['ListMetrics', async ({ metrics }) => !(await metrics.listMetrics({ maxMetrics: 50_000 }, signal)).isTruncated],
  [
    'GetMetricData',
    async ({ metrics }) =>
      !(await metrics.getMetricData({ queries: [query], ...RANGE, maxDatapoints: 100_000 }, signal)).isTruncated,
  ],
  [
    'ListLogAnomalyDetectors',
    async ({ logs }) => !(await logs.listLogAnomalies({ name: LOG_GROUP }, signal)).isTruncated,
  ],
  ['DescribeQueryDefinitions', ({ logs }) => logs.listSavedQueries(1_000, signal)],
  ['DescribeLogGroups', ({ logs }) => logs.listLogGroups({}, { offset: 0 }, 1_000, signal)],
  ['DescribeLogGroups', ({ logs }) => logs.getLogGroups([LOG_GROUP], signal)],
  ['DescribeQueries', async ({ logIndexes }) => await hasEnded(logIndexes.readPastQueries(undefined, signal))],
  ['DescribeIndexPolicies', ({ logIndexes }) => logIndexes.listGroupPolicies([LOG_GROUP], signal)],
  ['DescribeAccountPolicies', ({ logIndexes }) => logIndexes.listAccountPolicies(signal)],
  ['DescribeFieldIndexes', ({ logIndexes }) => logIndexes.listFieldIndexes([LOG_GROUP], signal)],
  [
    'FilterLogEvents',
    async ({ logs }) => {
      const search = { logGroup: LOG_GROUP, ...RANGE, isNewestFirst: false, limit: 1 };
      const { awsToken } = await logs.filterEvents(search, signal);
      return await logs.filterEvents({ ...search, awsToken }, signal);
    },
  ],
];

describe('a list whose pages name one token for ever', () => {
  it.each(LISTS)('of %s ends after two pages and is not called whole (list %#)', async (operation, read) => {
    local.faults.add({ operation, fault: { kind: 'sameToken' } });
    const before = local.requests.of(operation).length;
    const said = await read(ports).catch((error: { code: string }) => error.code);
    expect([false, 'upstream_unavailable']).toContain(said);
    expect(local.requests.of(operation).length - before).toBe(2);
  });

  it('of the rows of a query ends with an error behind the rows that are there', async () => {
    const { logs } = ports;
    const request = {
      query: 'fields @message',
      language: 'CWLI',
      logGroups: [LOG_GROUP],
      ...RANGE,
      limit: 10,
    } as const;
    const id = await logs.startQuery(request, signal);
    local.faults.add({ operation: 'GetQueryResults', fault: { kind: 'sameToken' } });
    let pages = 0;
    const reading = async (): Promise<void> => {
      for await (const _page of logs.readQuery(id, signal)) pages += 1;
    };
    await expect(reading()).rejects.toMatchObject({ code: 'upstream_unavailable', isRetryable: true });
    expect(pages).toBe(1);
  });
});

/** Its pages are asked for one by one: how many, the tool decides. */
const ASKED_BY_PAGE = 'FilterLogEvents';
const MAX_EMPTY_PAGES = 10;

describe('a list of empty pages, each with a token of its own', () => {
  it.each(LISTS.filter(([operation]) => operation !== ASKED_BY_PAGE))(
    'of %s ends after ten pages and is not called whole (list %#)',
    async (operation, read) => {
      local.faults.add({ operation, fault: { kind: 'alterOutput', alter: emptyLists } });
      local.faults.add({ operation, fault: { kind: 'endlessPages' } });
      const before = local.requests.of(operation).length;
      const said = await read(ports).catch((error: { code: string }) => error.code);
      expect([false, 'upstream_unavailable']).toContain(said);
      expect(local.requests.of(operation).length - before).toBe(MAX_EMPTY_PAGES);
    },
  );
});

function emptyLists(output: unknown): unknown {
  const members = Object.entries(output ?? {});
  return Object.fromEntries(members.map(([name, value]) => [name, Array.isArray(value) ? [] : value]));
}
