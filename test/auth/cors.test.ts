import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthBench, ECHO_CALL, startAuthBench, TRANSPORTS } from './bench.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await startAuthBench();
});
afterAll(() => bench.stop());

const ORIGIN = ['origin', 'https://chat.example.com'] as const;
const EVIL = ['origin', 'https://evil.example.org'] as const;
const ASKED = ['access-control-request-method', 'POST'] as const;
const BROWSER_PATHS = [
  '/mcp',
  '/',
  '/mcp/tools/call',
  '/auth/whoami',
  '/.well-known/oauth-protected-resource',
  '/.well-known/oauth-protected-resource/mcp',
];

describe.each(TRANSPORTS)('browsers, over %s', (via) => {
  it.each(BROWSER_PATHS)('may ask before: %s answers the preflight without a token', async (path) => {
    const received = await bench.ask(via, { method: 'OPTIONS', path, headers: [ORIGIN, ASKED] });
    expect(received.status).toBe(204);
    expect(received.headers).toMatchObject({ 'access-control-allow-origin': ORIGIN[1], vary: 'origin' });
    expect(received.headers['access-control-allow-headers']).toContain('authorization');
    expect(received.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(received.text).toBe('');
  });

  it.each(BROWSER_PATHS)('of a foreign Origin are refused by %s', async (path) => {
    const received = await bench.ask(via, { method: 'OPTIONS', path, headers: [EVIL, ASKED] });
    expect(received.status).toBe(403);
    expect(received.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('may read a refusal and where to get a token', async () => {
    const received = await bench.ask(via, { ...ECHO_CALL, headers: [ORIGIN] });
    expect(received.status).toBe(401);
    expect(received.headers).toMatchObject({ 'access-control-allow-origin': ORIGIN[1], vary: 'origin' });
    const exposed = received.headers['access-control-expose-headers']?.split(', ');
    expect(exposed).toEqual(expect.arrayContaining(['www-authenticate', 'mcp-session-id']));
    expect(received.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('may read the metadata, those of a foreign Origin not', async () => {
    const path = '/.well-known/oauth-protected-resource/mcp';
    expect((await bench.ask(via, { path, headers: [ORIGIN] })).headers).toMatchObject({
      'access-control-allow-origin': ORIGIN[1],
    });
    expect((await bench.ask(via, { path, headers: [EVIL] })).headers).not.toHaveProperty('access-control-allow-origin');
  });
});
