import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AuthBench, type Received, startAuthBench, TRANSPORTS, type Via } from './bench.ts';

let bench: AuthBench;
afterEach(async () => {
  vi.useRealTimers();
  await bench.stop();
});

const LIMIT = 5;
const start = async (limit = LIMIT) => {
  // All within one minute, however long the machine takes.
  vi.useFakeTimers({ toFake: ['Date'] });
  bench = await startAuthBench({ env: { RATE_LIMIT_PER_MINUTE: String(limit) } });
  return { olivia: await bench.token(), dev: await bench.token({ sub: 'dev' }) };
};

function mcp(via: Via, token: string, body: unknown): Promise<Received> {
  const headers = [['authorization', `Bearer ${token}`]] as const;
  return bench.ask(via, { method: 'POST', path: '/mcp', body: JSON.stringify(body), headers });
}
const call = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'echo', arguments: {} } });

describe.each(TRANSPORTS)('calls per user, over %s', (via) => {
  it('are counted together on REST and MCP, refused in the way of each', async () => {
    const { olivia } = await start();
    for (let count = 0; count < LIMIT; count += 1) {
      const received = count % 2 === 0 ? await bench.call(via, olivia) : await mcp(via, olivia, call(count));
      expect(received.status).toBe(200);
      expect(received.text).not.toContain('isError');
    }
    const rest = await bench.call(via, olivia);
    expect(rest.status).toBe(429);
    expect(JSON.parse(rest.text)).toMatchObject({ error: 'rate_limited' });
    expect(Number(rest.headers['retry-after'])).toBeGreaterThan(50);
    expect(Number(rest.headers['retry-after'])).toBeLessThanOrEqual(60);
    const answered = await mcp(via, olivia, call(9));
    expect(answered.status).toBe(200);
    expect(answered.text).toMatch(/"isError":true/);
    expect(answered.text).toMatch(/Error: You have made more calls within a minute .*wait \d+ s.*\(throttled\)/);
  });

  it('count each call of a JSON-RPC batch, and are refused or answered as a whole', async () => {
    const { olivia, dev } = await start();
    const batch = (size: number) => Array.from({ length: size }, (_, id) => call(id));
    const refusals = ({ text }: Received) => text.match(/within a minute/g)?.length ?? 0;
    expect(refusals(await mcp(via, olivia, [...batch(LIMIT), { jsonrpc: '2.0', id: 99, method: 'ping' }]))).toBe(0);
    expect(refusals(await mcp(via, olivia, call(100)))).toBe(1);
    expect((await bench.call(via, olivia)).status).toBe(429);
    expect(refusals(await mcp(via, dev, batch(LIMIT + 1)))).toBe(LIMIT + 1);
  });

  it('are one thing for each user, whatever token they send', async () => {
    const { olivia, dev } = await start();
    for (let count = 0; count <= LIMIT; count += 1) await bench.call(via, olivia);
    expect((await bench.call(via, await bench.token({ jti: 'another' }))).status).toBe(429);
    expect((await bench.call(via, dev)).status).toBe(200);
  });

  it('do not count handshakes, lists and looks at oneself', async () => {
    const { olivia } = await start(1);
    await bench.call(via, olivia);
    expect((await bench.call(via, olivia)).status).toBe(429);
    const headers = [['authorization', `Bearer ${olivia}`]] as const;
    for (let count = 0; count < 10; count += 1) {
      for (const method of ['initialize', 'ping', 'tools/list']) {
        const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } };
        const received = await mcp(via, olivia, {
          jsonrpc: '2.0',
          id: 1,
          method,
          ...(method === 'initialize' && { params }),
        });
        expect(received.status).toBe(200);
        expect(received.text).not.toContain('throttled');
      }
      expect((await bench.ask(via, { path: '/mcp/tools', headers })).status).toBe(200);
      expect((await bench.ask(via, { path: '/auth/whoami', headers })).status).toBe(200);
    }
  });

  it('begin anew after a minute', async () => {
    const { olivia } = await start(1);
    await bench.call(via, olivia);
    expect((await bench.call(via, olivia)).status).toBe(429);
    vi.setSystemTime(Date.now() + 61_000);
    expect((await bench.call(via, olivia)).status).toBe(200);
  });

  it('have no limit where it is switched off', async () => {
    const { olivia } = await start(0);
    const answers = await Promise.all(Array.from({ length: 150 }, () => bench.call(via, olivia)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('let exactly as many pass as allowed, however they come at once', async () => {
    const { olivia } = await start(20);
    const answers = await Promise.all(Array.from({ length: 60 }, () => bench.call(via, olivia)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(40);
  });
});
