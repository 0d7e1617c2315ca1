import type { DescribeLogGroupsResponse, DescribeLogStreamsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { ACCOUNTS, LOG_GROUPS } from '../scenario.ts';
import { LogsClient } from './operations-fixture.ts';

const client = new LogsClient();

async function names(input: object, caller = client): Promise<(string | undefined)[]> {
  const { logGroups = [] } = await caller.call<DescribeLogGroupsResponse>('DescribeLogGroups', input);
  return logGroups.map(({ logGroupName }) => logGroupName);
}

describe('DescribeLogGroups', () => {
  it('gives 50 groups a page and every group once', async () => {
    const found: (string | undefined)[] = [];
    const sizes: number[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.call<DescribeLogGroupsResponse>('DescribeLogGroups', { nextToken });
      found.push(...(page.logGroups ?? []).map(({ logGroupName }) => logGroupName));
      sizes.push(page.logGroups?.length ?? 0);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(sizes[0]).toBe(50);
    expect(sizes.length).toBeGreaterThan(1);
    expect(new Set(found).size).toBe(found.length);
    expect(found).toEqual(expect.arrayContaining(Object.values(LOG_GROUPS)));
    expect(found).toEqual(found.toSorted((a = '', b = '') => (a < b ? -1 : 1)));
  });

  it('describes a group as the service does', async () => {
    const { logGroups } = await client.call<DescribeLogGroupsResponse>('DescribeLogGroups', {
      logGroupNamePrefix: LOG_GROUPS.checkout,
    });
    expect(logGroups).toEqual([
      expect.objectContaining({
        logGroupName: LOG_GROUPS.checkout,
        retentionInDays: 30,
        logGroupClass: 'STANDARD',
        dataProtectionStatus: 'ACTIVATED',
        arn: `arn:aws:logs:us-east-1:111122223333:log-group:${LOG_GROUPS.checkout}:*`,
        logGroupArn: `arn:aws:logs:us-east-1:111122223333:log-group:${LOG_GROUPS.checkout}`,
      }),
    ]);
  });

  it('finds by prefix, and by a part of the name in its own case', async () => {
    expect(await names({ logGroupNamePrefix: '/aws/lambda/shop-c' })).toEqual([LOG_GROUPS.cart, LOG_GROUPS.checkout]);
    expect(await names({ logGroupNamePattern: 'Execution' })).toEqual([LOG_GROUPS.apiAccess]);
    expect(await names({ logGroupNamePattern: 'execution' })).toEqual([]);
  });

  it('gives only name, ARN and creation time for a name pattern', async () => {
    const { logGroups = [] } = await client.call<DescribeLogGroupsResponse>('DescribeLogGroups', {
      logGroupNamePattern: 'legacy',
    });
    expect(logGroups.map((group) => Object.keys(group).toSorted())).toEqual([['arn', 'creationTime', 'logGroupName']]);
  });

  it('filters by class', async () => {
    expect(await names({ logGroupClass: 'INFREQUENT_ACCESS' })).toEqual([LOG_GROUPS.archive]);
    expect(await names({ logGroupClass: 'DELIVERY' })).toHaveLength(1);
  });

  it('shows linked accounts only to the monitoring account that asks for them', async () => {
    const prefix = { logGroupNamePrefix: LOG_GROUPS.checkout };
    const linked = await client.call<DescribeLogGroupsResponse>('DescribeLogGroups', {
      ...prefix,
      includeLinkedAccounts: true,
    });
    expect(linked.logGroups?.map(({ arn }) => arn?.split(':')[4])).toEqual([ACCOUNTS.prod.id, ACCOUNTS.dev.id]);
    expect(await names({ ...prefix, includeLinkedAccounts: true, accountIdentifiers: [ACCOUNTS.dev.id] })).toHaveLength(
      1,
    );
    const dev = new LogsClient();
    dev.account = ACCOUNTS.dev.id;
    expect(await names({ ...prefix, includeLinkedAccounts: true }, dev)).toHaveLength(1);
  });

  it('knows only the groups of the region that is asked', async () => {
    const ireland = new LogsClient();
    ireland.region = 'eu-west-1';
    expect(await names({}, ireland)).toEqual([
      '/aws/lambda/shop-edge',
      '/aws/lambda/shop-geo-redirect',
      '/ecs/recommendations',
    ]);
    ireland.region = 'ap-south-1';
    expect(await names({}, ireland)).toEqual([]);
  });

  it.each([
    [{ limit: 0 }, 'limit'],
    [{ limit: 51 }, 'less than or equal to 50'],
    [{ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' }, 'mutually exclusive'],
    [{ logGroupNamePrefix: 'a b' }, 'regular expression pattern'],
    [{ nextToken: 'nonsense' }, 'nextToken is invalid'],
    [{ accountIdentifiers: ['111122223333'] }, 'includeLinkedAccounts'],
    [{ logGroupIdentifiers: ['a'], logGroupNamePrefix: 'a' }, 'logGroupIdentifiers'],
  ])('refuses %o', async (input, message) => {
    const error = await client.refusal('DescribeLogGroups', input);
    expect(error.name).toBe('InvalidParameterException');
    expect(error.message).toContain(message);
  });

  it('refuses the token of another request', async () => {
    const { nextToken } = await client.call<DescribeLogGroupsResponse>('DescribeLogGroups', {});
    expect((await client.refusal('DescribeLogGroups', { nextToken, logGroupNamePrefix: '/aws' })).message).toContain(
      'nextToken',
    );
  });
});

describe('DescribeLogStreams', () => {
  it('lists streams by name or by their last event', async () => {
    const input = { logGroupName: LOG_GROUPS.checkout, limit: 3 };
    const byName = await client.call<DescribeLogStreamsResponse>('DescribeLogStreams', input);
    expect(byName.nextToken).toBeDefined();
    const byTime = await client.call<DescribeLogStreamsResponse>('DescribeLogStreams', {
      ...input,
      orderBy: 'LastEventTime',
      descending: true,
    });
    expect(byTime.logStreams?.[0]?.logStreamName).toContain('2026/03/04/[$LATEST]');
    expect(byName.logStreams?.[0]?.logStreamName).toContain('2026/02/26/[$LATEST]');
  });

  it('refuses a prefix with an order by time, an unknown group, and a name together with an identifier', async () => {
    const order = { logGroupName: LOG_GROUPS.cart, orderBy: 'LastEventTime', logStreamNamePrefix: 'a' };
    expect((await client.refusal('DescribeLogStreams', order)).name).toBe('InvalidParameterException');
    expect((await client.refusal('DescribeLogStreams', { logGroupName: 'nope' })).name).toBe(
      'ResourceNotFoundException',
    );
    const both = { logGroupName: LOG_GROUPS.cart, logGroupIdentifier: LOG_GROUPS.cart };
    expect((await client.refusal('DescribeLogStreams', both)).name).toBe('InvalidParameterException');
  });
});
