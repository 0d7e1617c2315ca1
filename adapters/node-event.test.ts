import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpEvent } from '../lib/http/types.ts';
import { exchangeRaw } from '../test/support/raw-http.ts';
import { toEvent } from './node-event.ts';

let port = 0;
let event: HttpEvent | undefined;
const server = createServer((request: IncomingMessage, response) => {
  event = toEvent(request, 'id-1');
  response.writeHead(204, { connection: 'close' }).end();
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => new Promise<unknown>((resolve) => server.close(resolve)));

async function eventOf(target: string, ...headers: string[]): Promise<HttpEvent | undefined> {
  await exchangeRaw(port, [`GET ${target} HTTP/1.1`, 'host: localhost', ...headers, '', ''].join('\r\n'));
  return event;
}

describe('toEvent', () => {
  it('splits path and query without decoding either', async () => {
    const seen = await eventOf('/a%2Fb/../c?x=%20&y=?&z');
    expect(seen).toMatchObject({
      version: '2.0',
      rawPath: '/a%2Fb/../c',
      rawQueryString: 'x=%20&y=?&z',
      requestContext: { requestId: 'id-1', http: { method: 'GET', path: '/a%2Fb/../c', sourceIp: '127.0.0.1' } },
      isBase64Encoded: false,
    });
    expect(seen).not.toHaveProperty('body');
    expect(seen?.requestContext).not.toHaveProperty('domainName');
  });

  it('joins repeated headers, also those of which Node keeps only one', async () => {
    const seen = await eventOf('/', 'X-A: 1', 'x-a: 2', 'Authorization: Bearer a', 'authorization: Bearer b');
    expect(seen?.headers).toEqual({ host: 'localhost', 'x-a': '1,2', authorization: 'Bearer a,Bearer b' });
  });

  it('takes cookies out of the headers', async () => {
    const seen = await eventOf('/', 'cookie: a=1; b=2;', 'Cookie: c=3');
    expect(seen?.cookies).toEqual(['a=1', 'b=2', 'c=3']);
    expect(seen?.headers).not.toHaveProperty('cookie');
  });

  it('keeps a header called __proto__ a header', async () => {
    const seen = await eventOf('/', '__proto__: x', 'constructor: y');
    expect(Object.keys(seen?.headers ?? {})).toEqual(['host', '__proto__', 'constructor']);
    expect(Object.getPrototypeOf(seen?.headers)).toBe(Object.prototype);
  });
});
