import { describe, expect, it } from 'vitest';
import type { ToolCall } from '../lib/mcp/tool-call.ts';
import { createContext, createEvent, createPost, readBodyText } from '../test/support/events.ts';
import { createFakeRunner, echo, textResult } from '../test/support/fake-runner.ts';
import { createTestApp } from '../test/support/test-app.ts';

const { route } = createTestApp();

async function call(body: unknown) {
  const result = await route(createPost('/mcp/tools/call', body), createContext());
  return { status: result.statusCode, json: JSON.parse(await readBodyText(result.body)) };
}

describe('POST /mcp/tools/call', () => {
  it('answers the result of the tool as JSON', async () => {
    expect(await call({ name: 'echo', arguments: { a: 1 } })).toEqual({ status: 200, json: textResult('{"a":1}') });
  });

  it('takes missing arguments for none', async () => {
    expect((await call({ name: 'echo' })).json).toEqual(textResult('{}'));
  });

  it.each([
    ['null', null],
    ['a text', 'x'],
    ['a list', [1]],
    ['a number', 7],
  ])('leaves it to the runner to judge arguments that are %s', async (_what, args) => {
    expect((await call({ name: 'echo', arguments: args })).json).toEqual(textResult(JSON.stringify(args)));
  });

  it('answers 200 with isError when the tool fails', async () => {
    const runner = createFakeRunner({ broken: async () => ({ ...textResult('Error: no'), isError: true }) });
    const result = await createTestApp({ runner }).route(
      createPost('/mcp/tools/call', { name: 'broken' }),
      createContext(),
    );
    expect(result.statusCode).toBe(200);
    expect(JSON.parse(await readBodyText(result.body))).toMatchObject({ isError: true });
  });

  it.each(['no_such_tool', '__proto__', 'toString', 'echo '])('answers 404 for the tool %j', async (name) => {
    expect(await call({ name })).toMatchObject({ status: 404, json: { error: 'unknown_tool' } });
  });

  it.each([
    ['an array', [{ name: 'echo' }]],
    ['null', null],
    ['a text', '"echo"'],
    ['an object without a name', {}],
    ['an empty name', { name: '' }],
    ['a name that is no text', { name: 7 }],
  ])('answers 400 for %s, and shows the right shape', async (_what, body) => {
    expect(await call(body)).toEqual({
      status: 400,
      json: {
        error: 'invalid_request',
        error_description: expect.stringContaining('"arguments"'),
        requestId: 'event-id',
      },
    });
  });

  it('gives the runner id, signal and time left', async () => {
    const calls: ToolCall[] = [];
    const runner = createFakeRunner({
      spy: (given) => {
        calls.push(given);
        return echo(given);
      },
    });
    const { signal } = new AbortController();
    const context = createContext({ signal, getRemainingTimeInMillis: () => 1_234 });
    await createTestApp({ runner }).route(createPost('/mcp/tools/call', { name: 'spy' }), context);
    expect(calls).toEqual([{ name: 'spy', args: {}, requestId: 'event-id', remainingMs: 1_234, signal }]);
  });

  it('answers 500 without details when the runner breaks its promise not to throw', async () => {
    const runner = createFakeRunner({ bad: () => Promise.reject(new Error('arn:aws:secret')) });
    const app = createTestApp({ runner });
    const result = await app.route(createPost('/mcp/tools/call', { name: 'bad' }), createContext());
    expect(result.statusCode).toBe(500);
    expect(await readBodyText(result.body)).not.toContain('arn');
    expect(app.logs().filter((line) => line.level === 'ERROR')).toHaveLength(1);
  });

  it('ends an overdue call with 504', async () => {
    const runner = createFakeRunner({ slow: () => new Promise(() => undefined) });
    const context = createContext({ getRemainingTimeInMillis: () => 0 });
    const result = await createTestApp({ runner }).route(createPost('/mcp/tools/call', { name: 'slow' }), context);
    expect(result.statusCode).toBe(504);
    expect(JSON.parse(await readBodyText(result.body))).toMatchObject({ error: 'request_timeout' });
  });
});

describe('GET /mcp/tools', () => {
  it('lists the tools as tools/list does', async () => {
    const result = await route(createEvent({ path: '/mcp/tools' }), createContext());
    const { tools } = JSON.parse(await readBodyText(result.body));
    const listed = await callMcp({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    expect(tools).toEqual(listed.result.tools);
    expect(tools).toHaveLength(1);
  });
});

async function callMcp(message: unknown, path = '/mcp', headers: Record<string, string> = {}) {
  const result = await route(createPost(path, message, headers), createContext());
  const text = await readBodyText(result.body);
  return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text);
}

describe('POST /mcp and /', () => {
  it.each(['/mcp', '/'])('%s answers MCP, with no or any Accept', async (path) => {
    const message = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'echo', arguments: { a: 1 } } };
    for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json, text/event-stream' }]) {
      expect(await callMcp(message, path, headers as Record<string, string>)).toMatchObject({
        id: 7,
        result: textResult('{"a":1}'),
      });
    }
  });

  it('answers an unknown tool with -32602', async () => {
    const message = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'nope' } };
    expect(await callMcp(message)).toMatchObject({ id: 7, error: { code: -32602 } });
  });

  it.each([
    ['broken JSON', '{', {}, 400, -32700],
    ['an empty body', '', {}, 400, -32700],
    ['another type', '{}', { 'content-type': 'text/plain' }, 415, -32000],
    ['a foreign Host', '{}', { host: 'evil.example' }, 403, -32000],
    ['a foreign Origin', '{}', { origin: 'https://evil.example' }, 403, -32000],
    ['too deep a body', '['.repeat(65), {}, 400, -32600],
    ['too large a body', 'x'.repeat(1_048_577), {}, 413, -32000],
  ])('refuses %s as JSON-RPC with id null', async (_what, body, headers, status, code) => {
    const result = await route(createPost('/mcp', body, headers), createContext());
    expect(result.statusCode).toBe(status);
    expect(JSON.parse(await readBodyText(result.body))).toEqual({
      jsonrpc: '2.0',
      error: { code, message: expect.stringMatching(/: |\.$/) },
      id: null,
    });
  });

  it('never uses a word by which LibreChat would guess at OAuth', async () => {
    for (const event of [
      createEvent({ path: '/mcp' }),
      createPost('/mcp', '{'),
      createPost('/mcp', '{}', { host: 'x' }),
    ]) {
      const { body } = await route(event, createContext());
      expect(await readBodyText(body)).not.toMatch(/401|oauth|authentication/i);
    }
  });
});
