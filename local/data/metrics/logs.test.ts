import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClient } from '../../cloudwatch/test-client.ts';
import { AMBIENT_CREDENTIALS, DEFAULT_REGION, LOG_GROUPS } from '../../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../../server.ts';

const NOW = Date.UTC(2026, 2, 1, 12);
let local: LocalCloudWatch;
beforeAll(async () => {
  local = await startLocalCloudWatch({ nowEpochMs: () => NOW });
});
afterAll(() => local.close());

async function sumOf(MetricName: string, logGroup: string): Promise<number> {
  const Metric = { Namespace: 'AWS/Logs', MetricName, Dimensions: [{ Name: 'LogGroupName', Value: logGroup }] };
  const { MetricDataResults: [result] = [] } = await createTestClient(local).send(
    new GetMetricDataCommand({
      StartTime: new Date(NOW - 1_800_000),
      EndTime: new Date(NOW),
      MetricDataQueries: [{ Id: 'a', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }],
    }),
  );
  return result?.Values?.reduce((sum, value) => sum + value, 0) ?? 0;
}

describe('AWS/Logs', () => {
  it.each([LOG_GROUPS.checkout, LOG_GROUPS.legacy, LOG_GROUPS.archive])(
    'counts the events of %s',
    async (logGroupName) => {
      const client = new CloudWatchLogsClient({
        endpoint: local.endpoint,
        region: DEFAULT_REGION,
        credentials: AMBIENT_CREDENTIALS,
      });
      const range = { startTime: NOW - 1_800_000, endTime: NOW - 1 };
      let events = 0;
      let bytes = 0;
      for await (const page of paginateFilterLogEvents({ client }, { logGroupName, ...range })) {
        for (const { message = '' } of page.events ?? []) {
          events += 1;
          bytes += Buffer.byteLength(message);
        }
      }
      expect(events).toBeGreaterThan(0);
      expect(await sumOf('IncomingLogEvents', logGroupName)).toBe(events);
      expect(await sumOf('IncomingBytes', logGroupName)).toBe(bytes);
    },
  );
});
