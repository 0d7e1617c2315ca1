import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNTS, AMBIENT_CREDENTIALS, AMBIENT_PRINCIPAL_ARN, FIRING_ALARMS, LOG_GROUPS } from './scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from './server.ts';

let local: LocalCloudWatch;
const clientOptions = () => ({
  endpoint: local.endpoint,
  region: 'us-east-1',
  credentials: AMBIENT_CREDENTIALS,
  maxAttempts: 1,
});

beforeAll(async () => {
  local = await startLocalCloudWatch();
});
afterAll(() => local.close());

describe('startLocalCloudWatch', () => {
  it('answers STS GetCallerIdentity with the ambient identity', async () => {
    const identity = await new STSClient(clientOptions()).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Account: ACCOUNTS.prod.id, Arn: AMBIENT_PRINCIPAL_ARN });
    expect(identity.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('lists firing alarms through the real client', async () => {
    const { MetricAlarms } = await new CloudWatchClient(clientOptions()).send(
      new DescribeAlarmsCommand({ StateValue: 'ALARM' }),
    );
    const names = MetricAlarms?.map((alarm) => alarm.AlarmName);
    expect(names).toEqual(expect.arrayContaining([FIRING_ALARMS.checkoutLatency, FIRING_ALARMS.queueAge]));
    expect(MetricAlarms?.[0]?.StateTransitionedTimestamp).toBeInstanceOf(Date);
  });

  it('records who called what', async () => {
    local.requests.clear();
    await new CloudWatchClient({ ...clientOptions(), region: 'eu-west-1' }).send(
      new DescribeAlarmsCommand({ MaxRecords: 3 }),
    );
    expect(local.requests.of('DescribeAlarms')).toMatchObject([
      {
        service: 'cloudwatch',
        account: ACCOUNTS.prod.id,
        region: 'eu-west-1',
        akid: AMBIENT_CREDENTIALS.accessKeyId,
        principalArn: AMBIENT_PRINCIPAL_ARN,
        input: { MaxRecords: 3 },
        status: 200,
      },
    ]);
  });

  it('answers what it does not imitate as an unknown operation', async () => {
    await expect(new STSClient(clientOptions()).send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
    });
  });

  it('answers Logs', async () => {
    const { logGroups } = await new CloudWatchLogsClient(clientOptions()).send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: LOG_GROUPS.checkout }),
    );
    expect(logGroups?.map((group) => group.logGroupName)).toContain(LOG_GROUPS.checkout);
  });

  it('takes additional operations per service', async () => {
    const extended = await startLocalCloudWatch({
      operations: { logs: { DescribeLogGroups: () => ({ logGroups: [{ logGroupName: 'added' }] }) } },
    });
    try {
      const client = new CloudWatchLogsClient({ ...clientOptions(), endpoint: extended.endpoint });
      expect((await client.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([{ logGroupName: 'added' }]);
    } finally {
      await extended.close();
    }
  });

  it('refuses a body above 1 MiB', async () => {
    const answer = await fetch(local.endpoint, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
  });
});
