/** How long credentials live here, and that nothing in use is taken away. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../lib/auth/principal.ts';
import { type CredentialBench, startCredentialBench, textOf } from '../support/credential-bench.ts';
import { until } from '../support/until.ts';

const MINUTE_MS = 60_000;
let bench: CredentialBench;
let serial = 0;
beforeAll(async () => {
  bench = await startCredentialBench({ env: { AWS_SESSION_DURATION_SECONDS: '900' } });
});
afterEach(() => {
  bench.local.faults.clear();
  bench.local.requests.clear();
});
afterAll(() => bench.close());

async function freshOlivia(principal: Partial<Caller['principal']> = {}): Promise<Caller> {
  serial += 1;
  const caller = await bench.caller('olivia', { jti: `life-${serial}`, exp: Math.floor(Date.now() / 1_000) + 86_400 });
  return {
    ...caller,
    principal: { ...caller.principal, expiresEpochMs: Date.now() + 1_440 * MINUTE_MS, ...principal },
  };
}

const stsCalls = (): number => bench.local.requests.of('AssumeRoleWithWebIdentity').length;

describe('credentials', () => {
  it('are used again until five minutes before they expire', async () => {
    const olivia = await freshOlivia();
    await bench.ask(olivia);
    bench.advance(9 * MINUTE_MS);
    await bench.ask(olivia);
    expect(stsCalls()).toBe(1);
    bench.advance(MINUTE_MS);
    await bench.ask(olivia);
    expect(stsCalls()).toBe(2);
  });

  it('are never used past the end of the token', async () => {
    const olivia = await freshOlivia({ expiresEpochMs: bench.nowEpochMs() + 8 * MINUTE_MS });
    await bench.ask(olivia);
    bench.advance(6 * MINUTE_MS);
    await bench.ask(olivia);
    expect(stsCalls()).toBe(1);
    bench.advance(2 * MINUTE_MS);
    await bench.ask(olivia);
    expect(stsCalls()).toBeGreaterThan(1);
  });

  it('that cannot be kept serve the calls that wait for them, each with its own region', async () => {
    const olivia = await freshOlivia({ expiresEpochMs: 0 });
    const args = { regions: ['us-east-1', 'eu-west-1'], accounts: ['prod', 'data'] };
    const result = await bench.run(olivia, 'get_active_alarms', args);
    expect(result.isError).toBeUndefined();
    expect(textOf(result)).not.toContain('Warning');
  });

  it('that run out while a call is under way are not taken away from it', async () => {
    const olivia = await freshOlivia();
    await bench.ask(olivia);
    const { faults, requests } = bench.local;
    requests.clear();
    faults.add({ operation: 'DescribeAlarms', fault: { kind: 'latency', latencyMs: 400 }, times: 1 });
    const slow = bench.ask(olivia);
    await until(() => requests.of('DescribeAlarms').length > 0);
    bench.advance(11 * MINUTE_MS);
    const quick = bench.ask(olivia);
    expect(await quick).not.toMatch(/^Error/);
    expect(await slow).not.toMatch(/^Error/);
    expect(stsCalls()).toBe(1);
    // A connection that had been cut would have been opened anew by the SDK, with one request more.
    expect(bench.local.requests.of('DescribeAlarms').filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('serve to stop a query of Logs Insights even when the call that started it is over', async () => {
    const olivia = await freshOlivia();
    const client = new AbortController();
    const args = {
      log_group_names: ['/aws/lambda/shop-checkout'],
      query_string: 'fields @message # slow=60000',
      start_time: '-1h',
    };
    const running = bench.run(olivia, 'execute_log_insights_query', args, { signal: client.signal });
    await until(() => bench.local.requests.of('GetQueryResults').some(({ status }) => status === 200));
    client.abort();
    expect(textOf(await running)).toContain('cancelled');
    await until(() => bench.local.requests.of('StopQuery').some(({ status }) => status === 200));
    expect(bench.local.requests.of('StopQuery')[0]?.sessionName).toMatch(/^olivia-/);
  });
});
