import { GetDashboardCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_REGION } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { createShop } from '../shop.ts';
import { createWorld } from '../world.ts';
import { createListDashboards } from './dashboards.ts';
import { createTestClient } from './test-client.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

let local: LocalCloudWatch;
beforeAll(async () => {
  local = await startLocalCloudWatch({ nowEpochMs: () => NOW });
});
afterAll(() => local.close());

const list = (input: object = {}, region = DEFAULT_REGION) =>
  createTestClient(local, region).send(new ListDashboardsCommand(input));
const get = (name: string) => createTestClient(local).send(new GetDashboardCommand({ DashboardName: name }));

describe('ListDashboards', () => {
  it('lists by name, the same in every region', async () => {
    const { DashboardEntries, NextToken } = await list();
    expect(DashboardEntries?.map(({ DashboardName }) => DashboardName)).toEqual([
      'shop-backend',
      'shop-logs',
      'shop-overview',
      'shop-promql',
    ]);
    expect(DashboardEntries?.[2]).toMatchObject({
      DashboardArn: 'arn:aws:cloudwatch::111122223333:dashboard/shop-overview',
      LastModified: new Date('2026-02-28T06:00:00Z'),
    });
    expect(NextToken).toBeUndefined();
    expect((await list({}, 'ap-southeast-2')).DashboardEntries).toEqual(DashboardEntries);
  });

  it('takes a prefix, upper and lower case as they are', async () => {
    expect((await list({ DashboardNamePrefix: 'shop-l' })).DashboardEntries).toHaveLength(1);
    expect((await list({ DashboardNamePrefix: 'Shop' })).DashboardEntries).toEqual([]);
  });

  it('gives pages', () => {
    const operation = createListDashboards(createShop(createWorld(1, NOW)), 2);
    const context = { account: '111122223333', region: DEFAULT_REGION, principalArn: '', nowEpochMs: NOW };
    const first = operation({}, context) as { DashboardEntries: object[]; NextToken: string };
    const last = operation({ NextToken: first.NextToken }, context) as typeof first;
    expect([first.DashboardEntries.length, last.DashboardEntries.length, last.NextToken]).toEqual([2, 2, undefined]);
    expect(() => operation({ NextToken: first.NextToken, DashboardNamePrefix: 's' }, context)).toThrow(
      /token is invalid/,
    );
  });

  it('refuses a prefix that no name begins with', async () => {
    await expect(list({ DashboardNamePrefix: 'a b' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });
});

describe('GetDashboard', () => {
  it('gives the body as it is stored, of the size that the list says', async () => {
    const { DashboardBody = '', DashboardName } = await get('shop-overview');
    const { DashboardEntries } = await list({ DashboardNamePrefix: 'shop-overview' });
    expect(DashboardName).toBe('shop-overview');
    expect(Buffer.byteLength(DashboardBody)).toBe(DashboardEntries?.[0]?.Size);
    expect(JSON.parse(DashboardBody)).toMatchObject({ start: '-PT3H', widgets: expect.any(Array) });
  });

  it('refuses a name that no dashboard has as AWS does', async () => {
    await expect(get('shop')).rejects.toMatchObject({
      // The SDK calls it by its code in the query protocol.
      name: 'ResourceNotFound',
      message: 'Dashboard shop does not exist',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(get('dev-playground')).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  it.each(['', 'a b', 'x'.repeat(256)])('refuses the name %j', async (name) => {
    await expect(get(name)).rejects.toMatchObject({
      name: expect.stringMatching(/InvalidParameter|Missing|Validation/),
    });
  });
});
