/** Several accounts in one call: each asked with the caller's own session there, one refusal does not spoil the rest. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REGIONS } from '../../lib/domain/regions.ts';
import { ACCOUNTS } from '../../local/scenario.ts';
import { events } from '../support/batch-bench.ts';
import { type CredentialBench, startCredentialBench, textOf } from '../support/credential-bench.ts';
import { createLogWorld, makeGroup } from '../support/log-world.ts';
import { structuredOf } from '../support/logs-bench.ts';

let bench: CredentialBench;
beforeAll(async () => {
  bench = await startCredentialBench();
});
beforeEach(() => bench.local.requests.clear());
afterAll(() => bench.close());

/** Accounts that an operation was really asked in, and whose session asked. */
function askedAs(operation: string): string[] {
  const asked = bench.local.requests
    .of(operation)
    .map(({ account, principalArn }) => `${account} ${principalArn?.split('/').at(-1)?.split('-')[0]}`);
  return [...new Set(asked)].sort();
}

async function runAs(user: string, tool: string, args: object): Promise<string> {
  // Tokens of one second are else the same one, and so are their sessions.
  const result = await bench.run(await bench.caller(user, { jti: randomUUID() }), tool, args);
  return result.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
}

describe('a call to several accounts', () => {
  it('gives the alarms of those that the caller may see, and a warning for the rest', async () => {
    const text = await runAs('olivia', 'get_active_alarms', { accounts: ['all'], max_items: 100 });
    expect(text).toContain('prod/us-east-1');
    expect(text).toMatch(/^Warning: AWS does not let you use account dev →/m);
    expect(askedAs('DescribeAlarms')).toEqual([`${ACCOUNTS.prod.id} olivia`, `${ACCOUNTS.data.id} olivia`].sort());
  });

  it('gives another user the account of hers only', async () => {
    const text = await runAs('dev', 'get_active_alarms', { accounts: ['all'] });
    expect(text).toContain('dev-checkout-errors');
    expect(text).not.toContain('shop-health');
    expect(askedAs('DescribeAlarms')).toEqual([`${ACCOUNTS.dev.id} dev`]);
  });

  it('asks every region of every account in one call, and tells them folded', async () => {
    const args = { accounts: ['all'], regions: ['all'], max_items: 5 };
    const result = await bench.run(await bench.caller('olivia'), 'get_active_alarms', args);
    const text = result.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
    expect(text).toMatch(/^Accounts\/regions: prod \(\d+\), data \(\d+\) × \d\d regions$/m);
    expect(text).toMatch(/^By place: prod\/us-east-1 \(\d+\).*; none in the other \d+\.$/m);
    expect(text.match(/^Warning: AWS does not let you use account dev →/gm)).toHaveLength(1);
    expect(text).not.toContain('regions=["all"]');
    const regions = (structuredOf(result).targets as unknown[]).length / 2;
    expect(regions).toBeGreaterThan(25);
    // One call for a region without alarms, and one session for an account.
    expect(bench.local.requests.of('DescribeAlarms').length).toBeLessThan(2 * regions + 20);
    expect(bench.local.requests.of('AssumeRoleWithWebIdentity').length).toBeLessThanOrEqual(3);
  });

  it.each(['what_changed', 'review_alarms'])(
    'asks regions of every account by %s: one call for a region without alarms, one refusal for an account',
    async (tool) => {
      const regions = ['us-east-1', 'ap-south-1', 'eu-west-1'];
      const text = await runAs('olivia', tool, { accounts: ['all'], regions });
      expect(text).not.toMatch(/^Error/);
      expect(text).toMatch(/^Warning: AWS does not let you use account dev →/m);
      const { requests } = bench.local;
      const idle = requests.of('DescribeAlarms').filter(({ region }) => region === 'ap-south-1');
      expect(idle.map(({ account }) => account).sort()).toEqual([ACCOUNTS.prod.id, ACCOUNTS.data.id].sort());
      const others = requests.of('DescribeAlarmHistory').filter(({ region }) => region === 'ap-south-1');
      expect(others).toEqual([]);
      // Of each account once, refused or not, whatever the number of its regions.
      expect(requests.of('AssumeRoleWithWebIdentity')).toHaveLength(3);
    },
  );

  it.each(['get_active_alarms', 'what_changed', 'review_alarms'])(
    'asks 400 accounts and regions by %s, and refuses one more before it asks any',
    async (tool) => {
      const roleArns = Object.fromEntries(
        Array.from({ length: 21 }, (_, index) => [
          `team-${index}`,
          `arn:aws:iam::${700_000_000_000 + index}:role/none`,
        ]),
      );
      const wide = await startCredentialBench({ env: { AWS_CLOUDWATCH_ROLE_ARNS: JSON.stringify(roleArns) } });
      const regions = Object.keys(REGIONS)
        .filter((region) => REGIONS[region] === 'aws')
        .slice(0, 20);
      const accounts = Object.keys(roleArns);
      const ask = async (some: readonly string[]) =>
        textOf(await wide.run(await wide.caller('olivia'), tool, { accounts: some, regions }));
      expect(await ask(accounts)).toMatch(/^Error: .*420.*at most 400 are possible → name fewer/);
      expect(wide.local.requests.of('AssumeRoleWithWebIdentity')).toEqual([]);
      // Each account is tried once, and refuses; the other nineteen regions are not tried again.
      expect(await ask(accounts.slice(0, 20))).toMatch(/^Error: AWS lets you use none of the accounts team-/);
      expect(wide.local.requests.of('AssumeRoleWithWebIdentity')).toHaveLength(20);
      await wide.close();
    },
  );

  it('refuses a fan-out of paid queries over so many', async () => {
    const args = { accounts: ['all'], regions: ['all'], log_group_names: ['x'], query_string: 'limit 1' };
    expect(await runAs('olivia', 'execute_cwl_insights_batch', args)).toMatch(/at most 50 are possible → name fewer/);
    expect(askedAs('StartQuery')).toEqual([]);
  });

  it('is refused where no account may be asked', async () => {
    expect(await runAs('guest', 'get_active_alarms', { accounts: ['all'] })).toMatch(
      /^Error: AWS lets you use none of the accounts prod, dev, data/,
    );
    expect(askedAs('DescribeAlarms')).toEqual([]);
  });

  it('runs one batch of log queries over accounts and regions, and says where a log group is not', async () => {
    const text = await runAs('olivia', 'execute_cwl_insights_batch', {
      accounts: ['prod', 'data'],
      regions: ['us-east-1', 'eu-west-1'],
      log_group_names: ['/aws/lambda/shop-checkout'],
      query_string: 'stats count(*) as n by @log',
    });
    expect(text).toContain(`${ACCOUNTS.prod.id}:/aws/lambda/shop-checkout | `);
    expect(text).toContain('Not in data/eu-west-1: `/aws/lambda/shop-checkout`.');
    expect(askedAs('StartQuery')).toEqual([`${ACCOUNTS.prod.id} olivia`]);
    expect(askedAs('DescribeLogGroups')).toEqual([`${ACCOUNTS.prod.id} olivia`, `${ACCOUNTS.data.id} olivia`].sort());
  });

  it('says with each event of two accounts whose it is, and not where one account has any', async () => {
    const world = createLogWorld();
    const groupsOf = (name: 'prod' | 'data') => {
      const more = { account: ACCOUNTS[name].id };
      return [
        makeGroup('both', events(`{"n":"of ${name}"}`), more),
        makeGroup(`${name}-only`, events('{"n":1}'), more),
      ];
    };
    world.hold((['prod', 'data'] as const).flatMap(groupsOf));
    const own = await startCredentialBench({ operations: { logs: world.operations } });
    const ask = async (group: string) => {
      const range = { start_time: '2026-03-01T11:00:00Z', end_time: '2026-03-01T12:00:00Z', query_string: 'fields n' };
      const args = { accounts: ['prod', 'data'], regions: ['us-east-1'], log_group_names: [group], ...range };
      return structuredOf(await own.run(await own.caller('olivia'), 'execute_cwl_insights_batch', args));
    };
    const both = await ask('both');
    expect(both.columns).toEqual(['account', 'n']);
    expect(both.rows.toSorted()).toEqual([
      ['data', 'of data'],
      ['prod', 'of prod'],
    ]);
    expect(await ask('data-only')).toMatchObject({ columns: ['n'], rows: [[1]] });
    await own.close();
  });
});
