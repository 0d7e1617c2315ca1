import { describe, expect, it } from 'vitest';
import { createEvent } from '../../test/support/events.ts';
import { fc } from '../../test/support/property.ts';
import { encodeBody } from './event-body.ts';
import { toRequest, withUsableAccept } from './to-request.ts';

const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const headerValue = fc.stringMatching(/^[!-~]([ -~]{0,40}[!-~])?$/);
/** Names that fetch forbids or that mean something to it. */
const isOrdinary = (name: string) => !['cookie', 'host', 'connection', 'content-length'].includes(name);

describe('toRequest', () => {
  it('gives back every byte of any body', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        const request = toRequest({ ...createEvent({ method: 'POST', path: '/mcp' }), ...encodeBody(bytes) });
        expect(new Uint8Array(await request.arrayBuffer())).toEqual(bytes);
      }),
    );
  });

  it('gives back every header', () => {
    fc.assert(
      fc.property(fc.dictionary(token.filter(isOrdinary), headerValue), (headers) => {
        const request = toRequest(createEvent({ headers }));
        for (const [name, value] of Object.entries(headers)) expect(request.headers.get(name)).toBe(value);
      }),
    );
  });

  it('keeps the path inside our authority, whatever it holds', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
        const url = new URL(toRequest(createEvent({ path: `@evil.example${path}`, query })).url);
        expect(url.host).toBe('localhost');
        expect(url.search.replace('?', '')).toBe(new URL(`http://x/?${query}`).search.replace('?', ''));
      }),
    );
  });

  it('joins cookies, and prefers a cookie header', () => {
    expect(toRequest(createEvent({ cookies: ['a=1', 'b=2'] })).headers.get('cookie')).toBe('a=1; b=2');
    expect(toRequest(createEvent({ cookies: ['a=1'], headers: { cookie: 'c=3' } })).headers.get('cookie')).toBe('c=3');
  });

  it('leaves the body out when told, and for GET and HEAD', () => {
    const post = createEvent({ method: 'POST', body: '{}' });
    expect(toRequest(post).body).not.toBeNull();
    expect(toRequest(post, { isBodyIncluded: false }).body).toBeNull();
    expect(toRequest(createEvent({ method: 'GET', body: '{}' })).body).toBeNull();
    expect(toRequest(createEvent({ method: 'POST', body: '' })).body).toBeNull();
  });

  it('is aborted by the signal', () => {
    const controller = new AbortController();
    const request = toRequest(createEvent(), { signal: controller.signal });
    controller.abort();
    expect(request.signal.aborted).toBe(true);
  });
});

describe('withUsableAccept', () => {
  it.each([undefined, '', ' ', '*/*', 'text/html, */*;q=0.1'])('replaces %j', (accept) => {
    const event = withUsableAccept(createEvent(accept === undefined ? {} : { headers: { accept } }));
    expect(event.headers.accept).toBe('application/json, text/event-stream');
  });

  it.each(['application/json', 'text/event-stream', 'text/html'])('keeps %s', (accept) => {
    const event = createEvent({ headers: { accept } });
    expect(withUsableAccept(event)).toBe(event);
  });
});
