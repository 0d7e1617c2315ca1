/** Nobody's call is ever made with another's credentials: proved by what the embedded AWS saw. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toSessionName } from '../../lib/aws/credentials/session-name.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { textOf } from '../support/credential-bench.ts';
import { expectNoSecrets } from '../support/no-secrets.ts';
import { type SignedInServer, startSignedInServer, TRANSPORTS } from '../support/signed-in-server.ts';

let bench: SignedInServer;
beforeAll(async () => {
  bench = await startSignedInServer();
});
beforeEach(() => bench.local.requests.clear());
// Whatever a test asks: nothing is ever asked with what the process has of its own.
afterEach(() => {
  expect(bench.local.requests.all.map(({ akid }) => akid)).not.toContain(AMBIENT_CREDENTIALS.accessKeyId);
});
afterAll(() => bench.close());

const stsCalls = () => bench.local.requests.of('AssumeRoleWithWebIdentity');

const sessionNameOf = async (user: string) => toSessionName((await bench.caller(user)).principal);

interface AlarmRequest {
  readonly AlarmNamePrefix?: string;
}

const RIGHTS = { olivia: ['prod', 'data'], dev: ['dev'], guest: [] as string[] };
const USERS = ['olivia', 'dev', 'guest'] as const;
const ACCOUNT_IDS: Record<string, string> = { prod: '111122223333', dev: '222233334444', data: '333344445555' };
const ACCOUNTS = Object.keys(ACCOUNT_IDS);

/** Each with a mark of its own, by which its requests are found again. */
const CALLS = Array.from({ length: 200 }, (_, index) => {
  const user = USERS[index % 3] ?? 'guest';
  const account = ACCOUNTS[Math.floor(index / 3) % 3] ?? 'prod';
  const region = index % 2 === 0 ? 'us-east-1' : 'eu-west-1';
  return { user, account, region, mark: `mark-${index}`, isAllowed: RIGHTS[user].includes(account) };
});

describe.each(TRANSPORTS)('two hundred calls of three users at once, over %s', (via) => {
  it('carry each their own user’s session name, in the account asked for', async () => {
    const tokens = new Map(
      await Promise.all(USERS.map(async (user) => [user, await bench.token(user, { jti: via })] as const)),
    );
    const results = await Promise.all(
      CALLS.map(({ user, account, region, mark }) =>
        bench.callTool(via, tokens.get(user) ?? '', 'get_active_alarms', { account, region, name_prefix: mark }),
      ),
    );
    for (const [index, { status, result }] of results.entries()) {
      const { mark, isAllowed } = CALLS[index] ?? {};
      expect([mark, status, result.isError === true]).toEqual([mark, 200, isAllowed === false]);
      if (isAllowed === false) expect(textOf(result)).toContain('role_denied');
    }

    const byMark = new Map(CALLS.map((call) => [call.mark, call]));
    const asked = bench.local.requests.all.filter(({ service }) => service === 'cloudwatch');
    const marks = new Set<string>();
    for (const { input, sessionName, account, region, status, akid } of asked) {
      expect(akid).toMatch(/^ASIA/);
      const mark = (input as AlarmRequest).AlarmNamePrefix;
      // Which rules mute alarms is asked for without a name.
      if (mark === undefined) continue;
      marks.add(mark);
      const call = byMark.get(mark);
      if (call === undefined) throw new Error('a request of nobody');
      const name = await sessionNameOf(call.user);
      expect([sessionName, account, region, status]).toEqual([name, ACCOUNT_IDS[call.account], call.region, 200]);
    }
    expect(marks).toEqual(new Set(CALLS.filter(({ isAllowed }) => isAllowed).map(({ mark }) => mark)));
    const own = await Promise.all(USERS.map(sessionNameOf));
    for (const { sessionName } of asked) expect(own).toContain(sessionName);
    // Nine pairs of user and account, one exchange each.
    expect(stsCalls()).toHaveLength(9);
  });
});

describe('single flight', () => {
  it('makes one STS call for twenty first calls at once', async () => {
    const olivia = await bench.caller('olivia', { jti: 'first-calls' });
    const texts = await Promise.all(Array.from({ length: 20 }, () => bench.ask(olivia)));
    expect(texts.filter((text) => text.startsWith('Error'))).toEqual([]);
    expect(stsCalls()).toHaveLength(1);
  });

  it('makes none for a tool call that needs no AWS', async () => {
    const olivia = await bench.caller('olivia', { jti: 'lazy' });
    await bench.run(olivia, 'get_active_alarms', { bogus: 1 });
    expect(bench.local.requests.all).toEqual([]);
  });

  it('lets the first of them go away without failing the others', async () => {
    const olivia = await bench.caller('olivia', { jti: 'impatient' });
    bench.local.faults.add({
      operation: 'AssumeRoleWithWebIdentity',
      fault: { kind: 'latency', latencyMs: 300 },
      times: 1,
    });
    const client = new AbortController();
    const first = bench.run(olivia, 'get_active_alarms', {}, { signal: client.signal });
    const second = bench.ask(olivia);
    setTimeout(() => client.abort(), 50);
    expect(textOf(await first)).toContain('cancelled');
    expect(await second).not.toMatch(/^Error/);
    expect(stsCalls()).toHaveLength(1);
  });
});

describe('what belongs to whom', () => {
  it('asks anew for another token of the same user, another account and another user', async () => {
    const one = await bench.caller('olivia', { jti: 'one' });
    const two = await bench.caller('olivia', { jti: 'two' });
    for (const [caller, account] of [
      [one, 'prod'],
      [one, 'prod'],
      [two, 'prod'],
      [one, 'data'],
    ] as const)
      await bench.ask(caller, account);
    // What an answer hints at is asked with the caller's own token too.
    const { prod, data } = bench.local.roleArns;
    const roles = stsCalls().map(({ input }) => (input as { RoleArn: string }).RoleArn);
    expect(roles.filter((role) => role === prod || role === data).sort()).toEqual([data, prod, prod].sort());
  });

  it('sends the token to STS unsigned, and nowhere else', async () => {
    const olivia = await bench.caller('olivia', { jti: 'traced' });
    await bench.ask(olivia);
    expect(stsCalls()).toMatchObject([
      { akid: '', input: { WebIdentityToken: olivia.token, RoleSessionName: toSessionName(olivia.principal) } },
    ]);
    const elsewhere = bench.local.requests.all.filter(({ operation }) => operation !== 'AssumeRoleWithWebIdentity');
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(JSON.stringify(elsewhere)).not.toContain(olivia.token.slice(0, 40));
  });

  it.each(['custom:role_arn', 'role', 'https://aws.amazon.com/tags', 'cognito:preferred_role'])(
    'takes no role from the claim %s',
    async (claim) => {
      const dev = await bench.caller('dev', { [claim]: bench.local.roleArns.prod, jti: claim });
      expect(await bench.ask(dev, 'prod')).toContain('role_denied');
      await bench.ask(dev, 'dev');
      expect(stsCalls().map(({ input }) => (input as { RoleArn: string }).RoleArn)).toEqual([
        bench.local.roleArns.prod,
        bench.local.roleArns.dev,
      ]);
    },
  );

  it.each([
    ['an ARN of a role', 'arn:aws:iam::222233334444:role/CloudWatchMCPRole'],
    ['an account outside the list', '444455556666'],
    ['the ambient account', 'default'],
    ['a prototype', '__proto__'],
  ])('takes no account that is %s', async (_what, account) => {
    const dev = await bench.caller('dev');
    expect(await bench.ask(dev, account)).toContain('may not be asked through this server');
    expect(bench.local.requests.all).toEqual([]);
  });

  it('shows list_targets each account by the user’s own rights, and whom AWS takes the user for', async () => {
    const olivia = textOf(await bench.run(await bench.caller('olivia'), 'list_targets'));
    expect(olivia).toContain('assumed-role/CloudWatchMCPRole/olivia-');
    expect(olivia).toContain('3 accounts (2 reachable)');
    const guest = textOf(await bench.run(await bench.caller('guest'), 'list_targets'));
    expect(guest).toContain('3 accounts (0 reachable)');
    expect(guest).not.toContain('olivia');
  });
});

describe('after all of this', () => {
  it('no answer and no log line holds a token, a key or an e-mail address', () => {
    expectNoSecrets(bench);
  });
});
