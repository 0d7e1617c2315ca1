/** What a user is told when AWS gives no credentials, what is remembered, and that it recovers. Over the wire, by name. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../local/faults.ts';
import { expectNoSecrets } from '../support/no-secrets.ts';
import { type SignedInServer, startSignedInServer, TRANSPORTS } from '../support/signed-in-server.ts';

const OPERATION = 'AssumeRoleWithWebIdentity';
let bench: SignedInServer;
let serial = 0;
beforeAll(async () => {
  bench = await startSignedInServer({ env: { AUTH_AUDIENCE: 'other' } });
});
afterEach(() => {
  bench.local.faults.clear();
  bench.local.requests.clear();
});
afterAll(() => bench.close());

/** A token that nothing is remembered of. */
function freshToken(subject = 'olivia', claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
  serial += 1;
  return bench.token(subject, { jti: `sts-${serial}`, ...claims });
}

const stsCalls = (): number => bench.local.requests.of(OPERATION).length;
const otherCalls = (): number => bench.local.requests.all.length - stsCalls();
const arm = (fault: Fault, times?: number) =>
  bench.local.faults.add({ operation: OPERATION, fault, ...(times !== undefined && { times }) });
const refusal = (errorName: string): Fault => ({ kind: 'refusal', errorName });

const UNCHANGED = 'trying again unchanged will not help';
const AGAIN = 'may be tried again';
const EXPIRED = `Error: Your sign-in has expired, so AWS gives no credentials for it → sign in again and repeat the call. (auth_token_expired, ${UNCHANGED})`;
const DENIED = `Error: AWS does not let you use account prod → ask the administrator for access to it; list_targets shows which accounts let you in. (role_denied, ${UNCHANGED})`;
const REJECTED = `Error: AWS does not accept tokens of your identity provider for account prod → tell the administrator to compare issuer and client id with the IAM identity provider of that account. (role_rejected, ${UNCHANGED})`;
const CONFIG = `Error: AWS refuses the way in which this server asks for account prod → tell the administrator to check role, session duration, session policy, external id, STS region and the credentials of the server. (aws_config, ${UNCHANGED})`;
const THROTTLED = `Error: AWS STS throttles the sign-in to account prod → wait some seconds and call again. (throttled, ${AGAIN})`;
const UNREACHABLE = `Error: AWS STS or the identity provider cannot be reached for account prod → try again in a moment. (upstream_unavailable, ${AGAIN})`;
const UNREADABLE = `Error: The answer of AWS STS for account prod could not be read → try again in a moment; if it stays, tell the administrator to check endpoint and proxy of this server. (unreadable_answer, ${AGAIN})`;

describe.each(TRANSPORTS)('over %s', (via) => {
  describe('what STS refuses is told in our words, remembered for 30 s, and asked again after', () => {
    it.each([
      ['ExpiredTokenException', EXPIRED],
      ['AccessDeniedException', DENIED],
      ['IDPRejectedClaimException', DENIED],
      ['InvalidIdentityTokenException', REJECTED],
      ['PackedPolicyTooLargeException', CONFIG],
      ['MalformedPolicyDocumentException', CONFIG],
      ['RegionDisabledException', CONFIG],
      ['ValidationError', CONFIG],
      ['SomethingNewException', CONFIG],
    ])('%s', async (errorName, text) => {
      const olivia = await freshToken();
      const disarm = arm(refusal(errorName));
      expect(await bench.askVia(via, olivia, 'prod')).toBe(text);
      disarm();
      expect(await bench.askVia(via, olivia, 'prod')).toBe(text);
      expect([stsCalls(), otherCalls()]).toEqual([1, 0]);
      bench.advance(30_000);
      expect(await bench.askVia(via, olivia, 'prod')).not.toMatch(/^Error/);
      expect(stsCalls()).toBe(2);
    });

    it('is remembered for that user, token and account only', async () => {
      const olivia = await freshToken();
      arm(refusal('AccessDeniedException'), 1);
      expect(await bench.askVia(via, olivia, 'prod')).toBe(DENIED);
      expect(await bench.askVia(via, olivia, 'data')).not.toMatch(/^Error/);
      expect(await bench.askVia(via, await freshToken(), 'prod')).not.toMatch(/^Error/);
      expect(await bench.askVia(via, await freshToken('dev'), 'dev')).not.toMatch(/^Error/);
      expect(await bench.askVia(via, olivia, 'prod')).toBe(DENIED);
    });
  });

  describe('what fails for a moment is repeated, told if it lasts, and not remembered', () => {
    it.each([
      ['throttled', { kind: 'throttle' }, THROTTLED],
      ['an identity provider out of reach', refusal('IDPCommunicationErrorException'), UNREACHABLE],
      ['an internal failure', { kind: 'serverError', status: 500 }, UNREACHABLE],
      ['an unavailable service', { kind: 'serverError', status: 503 }, UNREACHABLE],
      ['a connection that is cut', { kind: 'connectionReset' }, UNREACHABLE],
      ['an answer that is no XML', { kind: 'malformedBody' }, UNREADABLE],
      ['an answer of a megabyte', { kind: 'hugeAnswer', padBytes: 1_000_000 }, UNREADABLE],
    ] as const)('%s', async (_what, fault, text) => {
      const olivia = await freshToken();
      const disarm = arm(fault);
      expect(await bench.askVia(via, olivia, 'prod')).toBe(text);
      expect(otherCalls()).toBe(0);
      disarm();
      expect(await bench.askVia(via, olivia, 'prod')).not.toMatch(/^Error/);
    });

    it('repeats a throttled and a failing call by itself', async () => {
      arm({ kind: 'throttle' }, 1);
      arm({ kind: 'serverError', status: 500 }, 1);
      expect(await bench.askVia(via, await freshToken(), 'prod')).not.toMatch(/^Error/);
    });

    it('an answer without credentials', async () => {
      arm({ kind: 'alterOutput', alter: () => ({ AssumedRoleUser: { AssumedRoleId: 'x', Arn: 'y' } }) });
      expect(await bench.askVia(via, await freshToken(), 'prod')).toBe(UNREADABLE);
    });

    it('nothing that listens at all: no other credentials stand in', async () => {
      const other = await startSignedInServer();
      const olivia = await other.token('olivia');
      await other.askVia(via, await other.token('guest'), 'dev');
      other.local.requests.clear();
      await other.local.close();
      expect(await other.askVia(via, olivia, 'prod')).toBe(UNREACHABLE);
      expect(other.local.requests.all).toEqual([]);
      await other.close();
    });
  });

  describe('what the imitation of STS itself decides', () => {
    it.each([
      ['an expired token', () => ({ exp: Math.floor(Date.now() / 1_000) - 5 }), EXPIRED],
      ['a token of an audience that only this server takes', () => ({ aud: 'other' }), REJECTED],
      ['a token whose azp is not its aud', () => ({ azp: 'other' }), REJECTED],
    ])('%s', async (_what, claims, text) => {
      expect(await bench.askVia(via, await freshToken('olivia', claims()), 'prod')).toBe(text);
    });

    it('a role that does not trust the user', async () => {
      expect(await bench.askVia(via, await freshToken('guest'), 'prod')).toBe(DENIED);
    });

    it('an issuer that is gone while STS asks it', async () => {
      const other = await startSignedInServer();
      const olivia = await other.token('olivia');
      await other.askVia(via, await other.token('guest'), 'dev');
      await other.local.issuer.close();
      expect(await other.askVia(via, olivia, 'prod')).toBe(UNREACHABLE);
      await other.close();
    });

    it('more session than the role allows', async () => {
      const roles = (issuer: string) => [
        {
          arn: 'arn:aws:iam::111122223333:role/CloudWatchMCPRole',
          maxSessionSeconds: 3_600,
          webIdentities: [{ issuer, audience: 'cloudwatch-mcp', subjects: ['olivia'] }],
          principals: [],
        },
      ];
      const long = await startSignedInServer({ env: { AWS_SESSION_DURATION_SECONDS: '7200' }, rolesFor: roles });
      expect(await long.askVia(via, await long.token('olivia'), 'prod')).toBe(CONFIG);
      await long.close();
    });
  });

  describe('when AWS takes the credentials no more', () => {
    const armAlarms = (fault: Fault, times: number) =>
      bench.local.faults.add({ operation: 'DescribeAlarms', fault, times });

    it('as expired, the call is made again with new ones', async () => {
      const olivia = await freshToken();
      await bench.askVia(via, olivia, 'prod');
      armAlarms({ kind: 'expiredToken' }, 1);
      expect(await bench.askVia(via, olivia, 'prod')).not.toMatch(/^Error/);
      expect(stsCalls()).toBe(2);
    });

    it('as expired also when new, the user is told, and the next call starts over', async () => {
      const olivia = await freshToken();
      armAlarms({ kind: 'expiredToken' }, 1_000);
      expect(await bench.askVia(via, olivia, 'prod')).toMatch(
        /^Error: The AWS credentials of this call have expired → sign in/,
      );
      bench.local.faults.clear();
      const before = stsCalls();
      expect(await bench.askVia(via, olivia, 'prod')).not.toMatch(/^Error/);
      expect(stsCalls()).toBe(before + 1);
    });

    it('as unknown, the user is told, and the next call gets new ones', async () => {
      const olivia = await freshToken();
      await bench.askVia(via, olivia, 'prod');
      armAlarms(refusal('UnrecognizedClientException'), 1);
      expect(await bench.askVia(via, olivia, 'prod')).toMatch(/^Error: .*aws_config/);
      expect(await bench.askVia(via, olivia, 'prod')).not.toMatch(/^Error/);
      expect(stsCalls()).toBe(2);
    });
  });
});

describe('after all of this', () => {
  it('no answer and no log line holds a token, a key or an e-mail address, and no answer what AWS said', () => {
    expectNoSecrets(bench);
    expect(bench.shown.join('\n')).not.toMatch(/Refused on purpose|999988887777/);
  });

  it('no log line names a subject', () => {
    const subjects = bench.logLines.filter((line) => /"subject"|olivia|guest/.test(line));
    expect(subjects).toEqual([]);
  });
});
