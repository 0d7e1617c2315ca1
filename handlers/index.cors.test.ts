import { describe, expect, it } from 'vitest';
import { createContext, createEvent, createPost } from '../test/support/events.ts';
import { createTestApp } from '../test/support/test-app.ts';

const ORIGIN = 'https://chat.example.com';
const { route } = createTestApp({ env: { MCP_ALLOWED_ORIGINS: ORIGIN } });

function preflight(path: string, headers: Record<string, string> = {}) {
  const event = createEvent({
    method: 'OPTIONS',
    path,
    headers: { 'access-control-request-method': 'POST', ...headers },
  });
  return route(event, createContext());
}

describe('CORS preflight', () => {
  it.each(['/mcp', '/', '/mcp/tools', '/mcp/tools/call'])('%s answers 204 to an allowed Origin', async (path) => {
    const result = await preflight(path, { origin: ORIGIN });
    expect(result.statusCode).toBe(204);
    expect(result).not.toHaveProperty('body');
    expect(result.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringContaining('mcp-protocol-version'),
      vary: 'origin',
    });
    expect(result.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('refuses a foreign Origin without granting anything', async () => {
    const result = await preflight('/mcp', { origin: 'https://evil.example' });
    expect(result.statusCode).toBe(403);
    expect(result.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('refuses a foreign Host', async () => {
    expect((await preflight('/mcp', { origin: ORIGIN, host: 'evil.example' })).statusCode).toBe(403);
  });

  it.each(['/health', '/ready', '/metrics'])('%s has none', async (path) => {
    const result = await preflight(path, { origin: ORIGIN });
    expect(result.statusCode).toBe(405);
    expect(result.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is an ordinary OPTIONS without Origin', async () => {
    expect((await preflight('/mcp')).statusCode).toBe(405);
  });
});

describe('CORS answers', () => {
  it('lets an allowed page read answers and refusals', async () => {
    for (const body of ['{', '{"name":"echo"}']) {
      const result = await route(createPost('/mcp/tools/call', body, { origin: ORIGIN }), createContext());
      expect(result.headers).toMatchObject({
        'access-control-allow-origin': ORIGIN,
        'access-control-expose-headers': expect.stringContaining('www-authenticate'),
      });
    }
  });

  it('lets no foreign page read the refusal', async () => {
    const result = await route(
      createPost('/mcp/tools/call', '{}', { origin: 'https://evil.example' }),
      createContext(),
    );
    expect(result.statusCode).toBe(403);
    expect(result.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('says nothing about origins to clients that send none', async () => {
    const result = await route(createPost('/mcp/tools/call', '{"name":"echo"}'), createContext());
    expect(Object.keys(result.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
