import type {
  DescribeAccountPoliciesResponse,
  DescribeFieldIndexesResponse,
  DescribeIndexPoliciesResponse,
  DescribeQueriesResponse,
  DescribeQueryDefinitionsResponse,
  GetLogGroupFieldsResponse,
  ListAnomaliesResponse,
  ListLogAnomalyDetectorsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { ACCOUNTS, LOG_GROUPS, TIMELINE } from '../scenario.ts';
import { LogsClient, TEST_NOW_EPOCH_MS as NOW } from './operations-fixture.ts';

const client = new LogsClient();

function clientOf(account: string): LogsClient {
  const other = new LogsClient();
  other.account = account;
  return other;
}

describe('GetLogGroupFields', () => {
  it('gives discovered fields with their share of the events', async () => {
    const { logGroupFields = [] } = await client.call<GetLogGroupFieldsResponse>('GetLogGroupFields', {
      logGroupName: LOG_GROUPS.eks,
    });
    const percentOf = new Map(logGroupFields.map(({ name, percent }) => [name, percent]));
    expect(percentOf.get('@timestamp')).toBe(100);
    expect(percentOf.get('kubernetes.labels.app.kubernetes.io/part-of')).toBe(100);
    const lambda = await client.call<GetLogGroupFieldsResponse>('GetLogGroupFields', {
      logGroupName: LOG_GROUPS.checkout,
    });
    const share = lambda.logGroupFields?.find(({ name }) => name === '@duration')?.percent ?? 0;
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(100);
  });

  it('looks around a time, and finds nothing where there is nothing', async () => {
    const at = (epochMs: number): object => ({ logGroupName: LOG_GROUPS.checkout, time: Math.floor(epochMs / 1000) });
    const before = await client.call<GetLogGroupFieldsResponse>('GetLogGroupFields', at(NOW - 3 * 3_600_000));
    expect(before.logGroupFields?.map(({ name }) => name)).not.toContain('error.code');
    expect((await client.call<GetLogGroupFieldsResponse>('GetLogGroupFields', at(0))).logGroupFields).toEqual([]);
    expect((await client.refusal('GetLogGroupFields', at(-5_000))).name).toBe('InvalidParameterException');
    expect((await client.refusal('GetLogGroupFields', {})).name).toBe('InvalidParameterException');
  });
});

describe('GetLogRecord', () => {
  it.each([['not a pointer'], [Buffer.from('[1,2]').toString('base64url')], ['']])(
    'refuses %j',
    async (logRecordPointer) => {
      expect((await client.refusal('GetLogRecord', { logRecordPointer })).name).toBe('InvalidParameterException');
    },
  );

  it('finds nothing for an event that does not exist or that the caller may not see', async () => {
    const none = Buffer.from(JSON.stringify([ACCOUNTS.prod.id, 'us-east-1', LOG_GROUPS.cart, 0, 0])).toString(
      'base64url',
    );
    expect((await client.refusal('GetLogRecord', { logRecordPointer: none })).name).toBe('ResourceNotFoundException');
    const [row] = await client.rows('limit 1', { logGroupName: LOG_GROUPS.checkout });
    const dev = clientOf(ACCOUNTS.dev.id);
    expect((await dev.refusal('GetLogRecord', { logRecordPointer: row?.['@ptr'] })).name).toBe(
      'ResourceNotFoundException',
    );
  });
});

describe('saved queries and history', () => {
  it('come in pages, by prefix, with and without log groups, all of which this service understands', async () => {
    const whole = await client.call<DescribeQueryDefinitionsResponse>('DescribeQueryDefinitions', {});
    const definitions = whole.queryDefinitions ?? [];
    const first = await client.call<DescribeQueryDefinitionsResponse>('DescribeQueryDefinitions', { maxResults: 10 });
    const input = { maxResults: 10, nextToken: first.nextToken };
    const second = await client.call<DescribeQueryDefinitionsResponse>('DescribeQueryDefinitions', input);
    expect([...(first.queryDefinitions ?? []), ...(second.queryDefinitions ?? [])]).toEqual(definitions);
    expect(
      definitions.some(({ logGroupNames, queryString }) => !logGroupNames && !queryString?.startsWith('SOURCE')),
    ).toBe(true);
    for (const { queryString = '', logGroupNames, queryLanguage } of definitions) {
      if (queryLanguage === 'CWLI') {
        const groups = queryString.startsWith('SOURCE') ? {} : { logGroupNames: logGroupNames ?? [LOG_GROUPS.cart] };
        expect((await client.run(queryString, groups)).status).toBe('Complete');
      }
    }
    const shop = await client.call<DescribeQueryDefinitionsResponse>('DescribeQueryDefinitions', {
      queryDefinitionNamePrefix: 'shop/',
    });
    expect(shop.queryDefinitions?.length).toBeGreaterThan(3);
  });

  it('belong to one account, and cover thirty days', async () => {
    const dev = clientOf(ACCOUNTS.dev.id);
    expect(await dev.call('DescribeQueryDefinitions', {})).toEqual({ queryDefinitions: [] });
    expect(await dev.call('DescribeQueries', {})).toEqual({ queries: [] });
    const { queries = [] } = await client.call<DescribeQueriesResponse>('DescribeQueries', {});
    const times = queries.map(({ createTime = 0 }) => createTime);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(Math.min(...times)).toBeGreaterThan(NOW - 31 * 86_400_000);
    expect((await client.refusal('DescribeQueries', { maxResults: 1_001 })).name).toBe('InvalidParameterException');
  });
});

describe('anomalies', () => {
  it('are those of the incident, and can be asked for by detector and suppression', async () => {
    const arn = `arn:aws:logs:us-east-1:${ACCOUNTS.prod.id}:log-group:${LOG_GROUPS.checkout}`;
    const { anomalyDetectors } = await client.call<ListLogAnomalyDetectorsResponse>('ListLogAnomalyDetectors', {
      filterLogGroupArn: arn,
    });
    expect(anomalyDetectors).toHaveLength(1);
    const { anomalyDetectorArn } = anomalyDetectors?.[0] ?? {};
    const active = await client.call<ListAnomaliesResponse>('ListAnomalies', {
      anomalyDetectorArn,
      suppressionState: 'UNSUPPRESSED',
    });
    const timeouts = active.anomalies?.find(({ patternString }) => patternString?.includes('timed out'));
    expect(Math.abs((timeouts?.firstSeen ?? 0) - (NOW - TIMELINE.errorsAlarmAgoMs))).toBeLessThan(60_000);
    const muted = await client.call<ListAnomaliesResponse>('ListAnomalies', { suppressionState: 'SUPPRESSED' });
    expect(muted.anomalies).toHaveLength(1);
    expect((await client.refusal('ListAnomalies', { anomalyDetectorArn: 'x' })).name).toBe('ResourceNotFoundException');
    expect(await clientOf(ACCOUNTS.data.id).call('ListAnomalies', {})).toEqual({ anomalies: [] });
  });
});

describe('field indexes', () => {
  it('come from the group, else from the account', async () => {
    const logGroupIdentifiers = [LOG_GROUPS.checkout, LOG_GROUPS.cart, LOG_GROUPS.legacy];
    const { indexPolicies } = await client.call<DescribeIndexPoliciesResponse>('DescribeIndexPolicies', {
      logGroupIdentifiers,
    });
    expect(indexPolicies?.map(({ source }) => source)).toEqual(['LOG_GROUP', 'ACCOUNT']);
    const { fieldIndexes } = await client.call<DescribeFieldIndexesResponse>('DescribeFieldIndexes', {
      logGroupIdentifiers,
    });
    expect(fieldIndexes?.map(({ fieldIndexName }) => fieldIndexName)).toEqual(['requestId', 'orderId', '@requestId']);
    const policies = { policyType: 'FIELD_INDEX_POLICY' };
    expect(
      (await client.call<DescribeAccountPoliciesResponse>('DescribeAccountPolicies', policies)).accountPolicies,
    ).toHaveLength(1);
    expect(await client.call('DescribeAccountPolicies', { ...policies, policyName: 'other' })).toEqual({
      accountPolicies: [],
    });
    expect((await client.refusal('DescribeIndexPolicies', { logGroupIdentifiers: [] })).name).toBe(
      'InvalidParameterException',
    );
    expect((await client.refusal('DescribeAccountPolicies', {})).name).toBe('InvalidParameterException');
  });
});
