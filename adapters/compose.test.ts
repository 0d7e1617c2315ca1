import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../lib/config/config.ts';
import { createContext, createEvent, createPost, readBodyText } from '../test/support/events.ts';
import { type Composition, composeServer } from './compose.ts';

const CONFIG = loadConfig({ ENABLE_AUTH: 'false', LOG_LEVEL: 'SILENT' }, 'http');

let composition: Composition;
afterEach(() => composition.close());

describe('composeServer', () => {
  it('answers /health, then loads the tools for what needs them, and keeps the count', async () => {
    composition = composeServer(CONFIG);
    const ask = (path: string) => composition.route(createEvent({ path }), createContext());
    expect((await ask('/health')).statusCode).toBe(200);
    const tools = JSON.parse(await readBodyText((await ask('/mcp/tools')).body));
    expect(tools.tools.length).toBeGreaterThan(0);
    const metrics = await readBodyText((await ask('/metrics')).body);
    expect(metrics).toContain('{route="/health",status="200"} 1');
    expect(metrics).toContain('{route="/mcp/tools",status="200"} 1');
  });

  it('serves many first requests at once', async () => {
    composition = composeServer(CONFIG);
    const ping = createPost('/mcp', { jsonrpc: '2.0', id: 1, method: 'ping' });
    const results = await Promise.all(Array.from({ length: 20 }, () => composition.route(ping, createContext())));
    expect(new Set(results.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    await Promise.all(results.map(({ body }) => readBodyText(body)));
  });

  it('can be closed before anything was loaded, and twice', async () => {
    composition = composeServer(CONFIG);
    await composition.close();
    await expect(composition.close()).resolves.toBeUndefined();
  });

  it('is not ready once it drains', async () => {
    composition = composeServer(CONFIG);
    composition.lifecycle.startDraining();
    expect((await composition.route(createEvent({ path: '/ready' }), createContext())).statusCode).toBe(503);
  });
});
