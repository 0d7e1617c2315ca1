import { describe, expect, it } from 'vitest';
import { readBodyText } from '../../test/support/events.ts';
import { fromResponse } from './from-response.ts';

describe('fromResponse', () => {
  it('keeps status, headers and a JSON body as text', async () => {
    const result = await fromResponse(Response.json({ a: 'ü' }, { status: 418, headers: { 'x-a': '1' } }));
    expect(result).toEqual({
      statusCode: 418,
      headers: { 'content-type': 'application/json', 'x-a': '1' },
      body: '{"a":"ü"}',
    });
  });

  it('keeps an event stream a stream', async () => {
    const stream = new Blob(['data: 1\n\n']).stream();
    const { body } = await fromResponse(new Response(stream, { headers: { 'content-type': 'text/event-stream' } }));
    expect(body).toBeInstanceOf(ReadableStream);
    expect(await readBodyText(body)).toBe('data: 1\n\n');
  });

  it('drops what belongs to the connection', async () => {
    const headers = {
      connection: 'keep-alive',
      'keep-alive': 'timeout=5',
      'transfer-encoding': 'chunked',
      te: 'x',
      upgrade: 'h2c',
    };
    const result = await fromResponse(
      new Response(null, { headers: { ...headers, 'content-length': '7', 'x-b': '2' } }),
    );
    expect(result.headers).toEqual({ 'x-b': '2' });
    expect(result).not.toHaveProperty('body');
  });

  it('keeps each cookie apart', async () => {
    const response = new Response(null);
    response.headers.append('set-cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT');
    response.headers.append('set-cookie', 'b=2');
    const result = await fromResponse(response);
    expect(result.cookies).toEqual(['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2']);
    expect(result.headers).toEqual({});
  });

  it('joins other repeated headers', async () => {
    const response = new Response(null);
    response.headers.append('vary', 'origin');
    response.headers.append('vary', 'accept');
    expect((await fromResponse(response)).headers).toEqual({ vary: 'origin, accept' });
  });
});
