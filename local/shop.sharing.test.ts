/** Servers of one process that tell the same world share what never changes, and nothing else. */
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeQueriesCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS, LOG_GROUPS } from './scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from './server.ts';
import { createShop } from './shop.ts';
import { createWorld } from './world.ts';

const NOW_EPOCH_MS = Date.parse('2026-03-01T12:00:00Z');
const SEED = 5;

let touched: LocalCloudWatch;
let other: LocalCloudWatch;
beforeAll(async () => {
  const options = { seed: SEED, nowEpochMs: () => NOW_EPOCH_MS };
  touched = await startLocalCloudWatch(options);
  other = await startLocalCloudWatch(options);
});
afterAll(() => Promise.all([touched.close(), other.close()]));

function clientsOf({ endpoint }: LocalCloudWatch) {
  const options = { endpoint, region: 'us-east-1', credentials: AMBIENT_CREDENTIALS, maxAttempts: 1 };
  return { cloudWatch: new CloudWatchClient(options), logs: new CloudWatchLogsClient(options) };
}

async function look(local: LocalCloudWatch) {
  const { cloudWatch, logs } = clientsOf(local);
  const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({}));
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
  const { queries } = await logs.send(new DescribeQueriesCommand({ logGroupName: LOG_GROUPS.checkout }));
  return { MetricAlarms, logGroups, queries };
}

it('shares the shop of equal worlds, and of no others', () => {
  const shop = createShop(createWorld(SEED, NOW_EPOCH_MS));
  // The same minute is the same world.
  expect(createShop(createWorld(SEED, NOW_EPOCH_MS + 59_999))).toBe(shop);
  expect(createShop(createWorld(SEED, NOW_EPOCH_MS + 60_000))).not.toBe(shop);
  expect(createShop(createWorld(SEED + 1, NOW_EPOCH_MS))).not.toBe(shop);
});

it('lets nothing of what happens to one server reach another', async () => {
  const before = await look(other);
  const { cloudWatch, logs } = clientsOf(touched);
  touched.faults.add({
    operation: 'DescribeAlarms',
    fault: {
      kind: 'alterOutput',
      // In place, which is the worst that a fault can do.
      alter(output) {
        const { MetricAlarms = [] } = output as { MetricAlarms?: { StateValue?: string; Dimensions?: unknown[] }[] };
        for (const alarm of MetricAlarms) {
          alarm.StateValue = 'OK';
          alarm.Dimensions?.splice(0);
        }
        MetricAlarms.splice(1);
        return output;
      },
    },
  });
  expect((await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toMatchObject([{ StateValue: 'OK' }]);
  const seconds = NOW_EPOCH_MS / 1_000;
  const query = { logGroupNames: [LOG_GROUPS.checkout], startTime: seconds - 60, endTime: seconds };
  const { queryId } = await logs.send(new StartQueryCommand({ ...query, queryString: 'stats count(*)' }));
  expect((await look(touched)).queries?.map((one) => one.queryId)).toContain(queryId);

  expect(await look(other)).toEqual(before);
  expect(other.faults.list()).toEqual([]);
  expect(other.requests.of('DescribeAlarms')).toHaveLength(2);
  expect(other.requests.of('StartQuery')).toEqual([]);
});
