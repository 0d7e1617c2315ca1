import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthBench, ECHO_CALL, type Sent, startAuthBench, TRANSPORTS } from './bench.ts';
import { EXPIRED, expectAnswer, NO_TOKEN } from './expected.ts';
import { expectNoLeaks } from './leaks.ts';
import { TOKEN_CASES } from './token-cases.ts';

let bench: AuthBench;
const tokens = new Set<string>();

beforeAll(async () => {
  bench = await startAuthBench();
});
afterAll(() => bench.stop());

describe.each(TRANSPORTS)('a token, over %s', (via) => {
  it.each(TOKEN_CASES)('$what', async ({ make, expected }) => {
    const token = await make(bench);
    tokens.add(token);
    expectAnswer(await bench.call(via, token), expected);
  });

  /** Every path that is not open, in the form in which it would be served. */
  const CLOSED: readonly Sent[] = [
    ECHO_CALL,
    { path: '/mcp/tools' },
    { path: '/auth/whoami' },
    ...['/', '/mcp'].map((path) => ({
      method: 'POST',
      path,
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    })),
  ];

  it.each(CLOSED)('is asked for by $method $path, and looked at each time anew', async (sent) => {
    const good = await bench.token();
    const old = await bench.token({ exp: 1 });
    tokens.add(good).add(old);
    const withToken = (token: string): Sent => ({ ...sent, headers: [['authorization', `Bearer ${token}`]] });
    expectAnswer(await bench.ask(via, sent), NO_TOKEN);
    expect((await bench.ask(via, withToken(good))).status).toBe(200);
    expectAnswer(await bench.ask(via, withToken(old)), EXPIRED);
    expectAnswer(await bench.ask(via, sent), NO_TOKEN);
  });

  it('is refused before the body is looked at', async () => {
    const broken = { method: 'POST', body: '{"jsonrpc":', headers: [['content-type', 'text/plain']] } as const;
    for (const path of ['/mcp', '/', '/mcp/tools/call'])
      expectAnswer(await bench.ask(via, { ...broken, path }), NO_TOKEN);
  });

  it('names its reason in the log, with nothing of itself', async () => {
    await bench.call(via, await bench.token({ exp: 1 }));
    const lines = bench.server.app
      .logs()
      .filter(({ message, code }) => message === 'http request refused' && code === 'invalid_token');
    expect(lines.at(-1)).toMatchObject({
      level: 'INFO',
      message: 'http request refused',
      details: { check: 'authorization: expired' },
      reason: 'The token has expired: sign in again; one that is fixed in a configuration must be replaced there.',
    });
  });
});

it('leaves no trace in logs and answers', () => expectNoLeaks(bench, tokens));
