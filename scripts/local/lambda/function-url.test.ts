/** A request's way through the Function URL and the Runtime API, with a runtime of a few lines on the other side. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFunctionUrl } from './function-url.ts';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

let api: RuntimeApi;
let close: () => void;
let url = '';
let reports: string[];

beforeEach(async () => {
  reports = [];
  api = await startRuntimeApi(5_000, (line) => reports.push(line));
  const front = createFunctionUrl(api, (line) => reports.push(line)).listen(0, '127.0.0.1');
  await once(front, 'listening');
  url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  close = () => {
    front.close();
    front.closeAllConnections();
    api.close();
  };
});

afterEach(() => close());

interface TakenInvocation {
  readonly event: Record<string, unknown>;
  readonly headers: Headers;
  readonly post: (end: 'response' | 'error', body: string, headers?: Record<string, string>) => Promise<number>;
}

async function takeInvocation(): Promise<TakenInvocation> {
  const base = `http://${api.address}/2018-06-01/runtime/invocation`;
  const next = await fetch(`${base}/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id') ?? '';
  return {
    event: (await next.json()) as Record<string, unknown>,
    headers: next.headers,
    post: async (end, body, headers = {}) =>
      (await fetch(`${base}/${id}/${end}`, { method: 'POST', body, headers })).status,
  };
}

const STREAMING = { 'lambda-runtime-function-response-mode': 'streaming' };
const PRELUDE = `${JSON.stringify({ statusCode: 201, headers: { 'content-type': 'text/plain' }, cookies: ['a=1', 'b=2'] })}\0\0\0\0\0\0\0\0`;

describe('the front door of Lambda', () => {
  it('makes the event of a Function URL', async () => {
    const answer = fetch(`${url}/mcp?a=1&b=`, { method: 'POST', body: '{"x":"ü"}', headers: { 'X-Thing': 'yes' } });
    const { event, headers, post } = await takeInvocation();
    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/mcp',
      rawQueryString: 'a=1&b=',
      body: '{"x":"ü"}',
      isBase64Encoded: false,
      headers: { 'x-thing': 'yes' },
      requestContext: { http: { method: 'POST', path: '/mcp' } },
    });
    expect(Number(headers.get('lambda-runtime-deadline-ms'))).toBeGreaterThan(0);
    expect(await post('response', JSON.stringify({ statusCode: 204 }))).toBe(202);
    expect((await answer).status).toBe(204);
  });

  it('leaves the body out where there is none', async () => {
    const answer = fetch(`${url}/health`);
    const { event, post } = await takeInvocation();
    expect(event).not.toHaveProperty('body');
    await post('response', '{}');
    expect((await answer).status).toBe(200);
  });

  it('passes a whole answer on, base64 decoded', async () => {
    const answer = fetch(url);
    const { post } = await takeInvocation();
    await post(
      'response',
      JSON.stringify({ statusCode: 418, body: 'dGVh', isBase64Encoded: true, headers: { 'x-a': 'b' } }),
    );
    const response = await answer;
    expect(response.status).toBe(418);
    expect(response.headers.get('x-a')).toBe('b');
    expect(await response.text()).toBe('tea');
  });

  it('splits a streamed answer at the end of its prelude', async () => {
    const answer = fetch(url);
    const { post } = await takeInvocation();
    await post('response', `${PRELUDE}body with \0 in it`, STREAMING);
    const response = await answer;
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('body with \0 in it');
    expect(reports.at(-1)).toMatch(/^GET \/ → 201 streaming, \d+ parts at /);
  });

  it('passes the first part on before the second is there', async () => {
    const answer = fetch(url);
    const { headers } = await takeInvocation();
    const id = headers.get('lambda-runtime-aws-request-id') ?? '';
    const post = httpRequest(`http://${api.address}/2018-06-01/runtime/invocation/${id}/response`, {
      method: 'POST',
      headers: STREAMING,
    });
    post.write(PRELUDE.slice(0, 20));
    post.write(`${PRELUDE.slice(20)}first`);
    const reader = (await answer).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first');
    post.end('second');
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('second');
    expect((await reader?.read())?.done).toBe(true);
  });

  it('breaks the answer off when the stream ends inside its prelude', async () => {
    const answer = fetch(url).then(
      () => 'answered',
      () => 'broken off',
    );
    const { post } = await takeInvocation();
    await post('response', '{"statusCode":200', STREAMING);
    expect(await answer).toBe('broken off');
    expect(reports.at(-1)).toContain('the stream ended before its prelude');
  });

  it('answers 502 with what the function threw', async () => {
    const answer = fetch(url);
    const { post } = await takeInvocation();
    await post('error', '{"errorType":"Error","errorMessage":"no"}');
    const response = await answer;
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ errorType: 'Error', errorMessage: 'no' });
  });

  it('hands requests out one by one, in their order', async () => {
    const answers = ['/1', '/2', '/3'].map(async (path) => (await fetch(`${url}${path}`)).text());
    for (let count = 0; count < answers.length; count += 1) {
      const { event, post } = await takeInvocation();
      await post('response', JSON.stringify({ body: String(event.rawPath) }));
    }
    expect((await Promise.all(answers)).sort()).toEqual(['/1', '/2', '/3']);
  });

  it('reports a failed start of the runtime', async () => {
    await fetch(`http://${api.address}/2018-06-01/runtime/init/error`, {
      method: 'POST',
      body: '{"errorMessage":"no handler"}',
    });
    expect(reports.at(-1)).toBe('runtime: POST /2018-06-01/runtime/init/error {"errorMessage":"no handler"}');
  });
});
