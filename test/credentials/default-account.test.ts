/** A call that names no account: asked in the configured one, or, where that refuses the user, in the next that does not. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CredentialBench, startCredentialBench } from '../support/credential-bench.ts';

let bench: CredentialBench;
beforeAll(async () => {
  bench = await startCredentialBench();
});
beforeEach(() => bench.local.requests.clear());
afterAll(() => bench.close());

async function runAs(user: string, args: object): Promise<string> {
  const result = await bench.run(await bench.caller(user), 'get_active_alarms', args);
  return result.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
}

describe('a call that names no account', () => {
  it('is asked in the configured one, without a word', async () => {
    const text = await runAs('olivia', {});
    expect(text).toContain('Account/region: prod (');
    expect(text).not.toContain('does not let this user in');
  });

  it('is asked in the next account when the configured one refuses the user, which the headline names', async () => {
    const [headline, where] = (await runAs('dev', {})).split('\n');
    expect(headline).toMatch(/firing.* Account dev: the default account prod does not let this user in\.$/);
    expect(where).toMatch(/^Account\/region: dev \(\d+\)\/us-east-1$/);
  });

  it('is asked there again at once: refusals are remembered', async () => {
    // With one token: another one is another question to STS.
    const caller = await bench.caller('dev');
    await bench.run(caller, 'get_active_alarms', {});
    bench.local.requests.clear();
    await bench.run(caller, 'get_active_alarms', {});
    expect(bench.local.requests.of('DescribeAlarms')).not.toEqual([]);
    expect(bench.local.requests.of('AssumeRoleWithWebIdentity')).toEqual([]);
  });

  it.each([{}, { accounts: ['all'], regions: ['all'] }])(
    'names none as a way out when every one refuses: %j',
    async (args) => {
      expect(await runAs('guest', args)).toMatch(
        /^Error: AWS lets you use none of the accounts prod, dev, data → ask the administrator for access to one of them\. /,
      );
      expect(bench.local.requests.of('DescribeAlarms')).toEqual([]);
    },
  );

  it.each([{ account: 'prod' }, { accounts: ['prod'] }])('stays in the account that is named: %j', async (args) => {
    expect(await runAs('dev', args)).toMatch(/^Error: AWS does not let you use account prod /);
  });

  it('goes nowhere else for another reason', async () => {
    expect(await runAs('dev', { region: 'us-esat-1' })).toMatch(/^Error: .*does not exist/);
  });
});
