import { describe, expect, it } from 'vitest';
import { ACCOUNTS, LOG_GROUPS } from '../scenario.ts';
import { LogsClient, TEST_NOW_EPOCH_SECONDS as NOW } from './operations-fixture.ts';

const client = new LogsClient();
const RANGE = { startTime: NOW - 3_600, endTime: NOW };
const CHECKOUT_ARN = `arn:aws:logs:us-east-1:${ACCOUNTS.prod.id}:log-group:${LOG_GROUPS.checkout}`;
const COUNT = 'stats count(*) as n';

describe('StartQuery refuses', () => {
  it.each([
    ['no log group', { queryString: COUNT }, 'InvalidParameterException', 'Exactly one of'],
    [
      'two ways of naming groups',
      { queryString: COUNT, logGroupName: 'a', logGroupNames: ['b'] },
      'InvalidParameterException',
      'Exactly one of',
    ],
    [
      'an empty list',
      { queryString: COUNT, logGroupNames: [] },
      'InvalidParameterException',
      '1 to 50 log groups, found 0',
    ],
    [
      '51 groups',
      { queryString: COUNT, logGroupNames: Array.from({ length: 51 }, (_, i) => `g${i}`) },
      'InvalidParameterException',
      '1 to 50 log groups, found 51',
    ],
    ['an unknown group', { queryString: COUNT, logGroupName: 'nope' }, 'ResourceNotFoundException', 'nope'],
    [
      'an ARN as a name',
      { queryString: COUNT, logGroupNames: [CHECKOUT_ARN] },
      'InvalidParameterException',
      'logGroupIdentifiers',
    ],
    [
      'an ARN with :*',
      { queryString: COUNT, logGroupIdentifiers: [`${CHECKOUT_ARN}:*`] },
      'InvalidParameterException',
      'without a trailing :*',
    ],
    [
      'an ARN of another region',
      { queryString: COUNT, logGroupIdentifiers: [CHECKOUT_ARN.replace('us-east-1', 'eu-west-1')] },
      'InvalidParameterException',
      'another region',
    ],
    [
      'SOURCE and a group',
      { queryString: `SOURCE logGroups() | ${COUNT}`, logGroupName: LOG_GROUPS.cart },
      'InvalidParameterException',
      'SOURCE',
    ],
    ['no query', { logGroupName: LOG_GROUPS.cart }, 'InvalidParameterException', 'queryString'],
    [
      'a query that is too long',
      { queryString: `# ${'x'.repeat(10_000)}`, logGroupName: LOG_GROUPS.cart },
      'InvalidParameterException',
      '10000',
    ],
    [
      'a limit of 0',
      { queryString: COUNT, logGroupName: LOG_GROUPS.cart, limit: 0 },
      'InvalidParameterException',
      'limit',
    ],
    [
      'a limit above 100,000',
      { queryString: COUNT, logGroupName: LOG_GROUPS.cart, limit: 100_001 },
      'InvalidParameterException',
      'limit',
    ],
    [
      'a range that runs backwards',
      { queryString: COUNT, logGroupName: LOG_GROUPS.cart, startTime: NOW, endTime: NOW - 1 },
      'InvalidParameterException',
      'startTime',
    ],
    [
      'a negative time',
      { queryString: COUNT, logGroupName: LOG_GROUPS.cart, startTime: -1 },
      'InvalidParameterException',
      'startTime',
    ],
    [
      'a range before retention',
      { queryString: COUNT, logGroupName: LOG_GROUPS.cart, startTime: NOW - 90 * 86_400, endTime: NOW - 60 * 86_400 },
      'MalformedQueryException',
      'retention settings',
    ],
    [
      'PPL',
      { queryString: 'fields a', logGroupName: LOG_GROUPS.cart, queryLanguage: 'PPL' },
      'MalformedQueryException',
      'PPL',
    ],
    [
      'an unknown language',
      { queryString: 'fields a', logGroupName: LOG_GROUPS.cart, queryLanguage: 'KQL' },
      'InvalidParameterException',
      'KQL',
    ],
    [
      'a group of the Delivery class',
      { queryString: COUNT, logGroupName: '/aws/lambda/edge-delivery' },
      'InvalidParameterException',
      'Delivery',
    ],
    [
      'pattern on Infrequent Access',
      { queryString: 'pattern @message', logGroupName: LOG_GROUPS.archive },
      'MalformedQueryException',
      'Infrequent Access',
    ],
  ])('%s', async (_, input, name, message) => {
    const error = await client.refusal('StartQuery', { ...RANGE, ...input });
    expect(error.name).toBe(name);
    expect(error.message).toContain(message);
  });

  it('a malformed query with its position', async () => {
    const error = await client.refusal('StartQuery', {
      ...RANGE,
      logGroupName: LOG_GROUPS.cart,
      queryString: 'fields @message | fetch 3',
    });
    expect(error.name).toBe('MalformedQueryException');
    expect(error.fields.queryCompileError).toEqual({
      location: { startCharOffset: 18, endCharOffset: 23 },
      message: expect.stringContaining('unknown command "fetch"'),
    });
  });
});

describe('StartQuery takes', () => {
  it('names, ARNs of this account and of linked accounts', async () => {
    const linked = CHECKOUT_ARN.replace(ACCOUNTS.prod.id, ACCOUNTS.dev.id);
    const rows = await client.rows('stats count(*) by @log', {
      logGroupIdentifiers: [LOG_GROUPS.cart, CHECKOUT_ARN, linked],
    });
    expect(new Set(rows.map((row) => row['@log']))).toEqual(
      new Set([
        `${ACCOUNTS.prod.id}:${LOG_GROUPS.cart}`,
        `${ACCOUNTS.prod.id}:${LOG_GROUPS.checkout}`,
        `${ACCOUNTS.dev.id}:${LOG_GROUPS.checkout}`,
      ]),
    );
  });

  it('no ARN of an account that is not linked', async () => {
    const dev = new LogsClient();
    dev.account = ACCOUNTS.dev.id;
    const error = await dev.refusal('StartQuery', {
      ...RANGE,
      queryString: COUNT,
      logGroupIdentifiers: [CHECKOUT_ARN],
    });
    expect(error.name).toBe('ResourceNotFoundException');
  });

  it('a group once, however often it is named', async () => {
    const once = await client.rows(COUNT, { logGroupNames: [LOG_GROUPS.cart] });
    expect(await client.rows(COUNT, { logGroupNames: [LOG_GROUPS.cart, LOG_GROUPS.cart] })).toEqual(once);
  });

  it('SOURCE: by prefix, by class (Standard unless said), by account, more than 50 groups', async () => {
    const scanned = async (source: string): Promise<number | undefined> =>
      (await client.run(`SOURCE logGroups(${source}) | ${COUNT}`, {})).statistics?.logGroupsScanned;
    expect(await scanned("namePrefix: ['/aws/lambda/shop-c']")).toBe(3);
    expect(await scanned("namePrefix: ['/aws/lambda/shop-c'], accountIdentifiers: ['111122223333']")).toBe(2);
    expect(await scanned('class: ["INFREQUENT_ACCESS"]')).toBe(1);
    expect(await scanned('')).toBeGreaterThan(50);
    expect(await scanned("namePrefix: ['none']")).toBe(0);
  });

  it('what the Infrequent Access class can do', async () => {
    expect(await client.rows('stats count(*) by allowed', { logGroupName: LOG_GROUPS.archive })).not.toHaveLength(0);
  });

  it('both ends of the range, to the second', async () => {
    const [newest] = await client.rows('fields toMillis(@timestamp) as ms | limit 1', {
      logGroupName: LOG_GROUPS.checkout,
    });
    const second = Math.floor(Number(newest?.ms) / 1000);
    const rows = await client.rows(COUNT, { logGroupName: LOG_GROUPS.checkout, startTime: second, endTime: second });
    expect(Number(rows[0]?.n)).toBeGreaterThan(0);
  });

  it('reads with filterIndex only what is indexed on the field', async () => {
    const client = new LogsClient();
    const groups = { logGroupNames: [LOG_GROUPS.checkout, LOG_GROUPS.apiAccess] };
    const [{ id } = {}] = await client.rows('filter ispresent(requestId) | fields requestId as id | limit 1', groups);
    const scanned = async (queryString: string) => (await client.run(queryString, groups)).statistics?.logGroupsScanned;
    expect(await scanned(`filterIndex requestId = "${id}"`)).toBe(2);
    expect(await scanned('filterIndex orderId in ["x"]')).toBe(1);
    expect(await scanned('filterIndex level = "ERROR"')).toBe(0);
    expect((await client.run(`filterIndex requestId = "${id}"`, groups)).results?.length).toBeGreaterThan(0);
  });
});
