import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  answerStatus,
  drip,
  flood,
  hangUp,
  type IssuerStandIn,
  redirectTo,
  sendJson,
  startIssuer,
} from '../../test/support/issuer-stand-in.ts';
import { FetchFault, fetchJson } from './fetch-json.ts';

const LIMITS = { timeoutMs: 60_000, maxBytes: 10_000 };
const SHORT_LIMITS = { ...LIMITS, timeoutMs: 200 };
let server: IssuerStandIn;

beforeAll(async () => {
  server = await startIssuer([]);
});
afterEach(() => server.recover());
afterAll(() => server.close());

async function messageOf(url: string, limits = LIMITS): Promise<string> {
  try {
    await fetchJson(url, fetch, limits);
    return 'none';
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    return error.message;
  }
}

describe('fetchJson', () => {
  it('gives the document', async () => {
    server.misbehave('/doc', (_request, response) => sendJson(response, { a: [1] }));
    expect(await fetchJson(`${server.origin}/doc`, fetch, LIMITS)).toEqual({ a: [1] });
  });

  it.each([301, 302, 303, 307, 308, 400, 404, 429, 500, 204])(
    'refuses status %i, whatever it points to',
    async (status) => {
      server.misbehave('/doc', (_request, response) => {
        response.writeHead(status, { location: `${server.origin}/elsewhere` }).end();
      });
      const before = server.requests.length;
      expect(await messageOf(`${server.origin}/doc`)).toBe(`answered with HTTP status ${status}`);
      expect(server.requests.slice(before)).toEqual(['/doc']);
    },
  );

  it('never follows a redirect, not even to itself', async () => {
    server.misbehave('*', redirectTo('/doc'));
    const before = server.requests.length;
    expect(await messageOf(`${server.origin}/doc`)).toContain('302');
    expect(server.requests.length - before).toBe(1);
  });

  it('gives up on a document that drips', async () => {
    server.misbehave('/doc', drip);
    expect(await messageOf(`${server.origin}/doc`, SHORT_LIMITS)).toBe('did not answer within 200 ms');
  });

  it('gives up on a server that says nothing', async () => {
    server.misbehave('/doc', () => undefined);
    expect(await messageOf(`${server.origin}/doc`, SHORT_LIMITS)).toBe('did not answer within 200 ms');
  });

  it('stops reading 200 MB after the limit', async () => {
    const sent = new Promise<number>((resolve) => {
      server.misbehave('/doc', flood(200 * 1_048_576, resolve));
    });
    expect(await messageOf(`${server.origin}/doc`)).toBe('sent more than 10000 bytes');
    // What the kernel buffers on both sides, not what there was to send.
    expect(await sent).toBeLessThan(30 * 1_048_576);
  });

  it('takes exactly the limit', async () => {
    const send = (bytes: number) =>
      server.misbehave('/doc', (_request, response) => void response.end(`"${'a'.repeat(bytes - 2)}"`));
    send(LIMITS.maxBytes);
    expect(await messageOf(`${server.origin}/doc`)).toBe('none');
    send(LIMITS.maxBytes + 1);
    expect(await messageOf(`${server.origin}/doc`)).toBe('sent more than 10000 bytes');
  });

  it.each([
    ['no JSON', 'hello <script>'],
    ['nothing', ''],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('refuses %s without quoting it', async (_name, body) => {
    server.misbehave('/doc', (_request, response) => void response.writeHead(200).end(body));
    expect(await messageOf(`${server.origin}/doc`)).toBe('did not send JSON');
  });

  it('names the reason when nobody answers', async () => {
    server.misbehave('/doc', hangUp);
    expect(await messageOf(`${server.origin}/doc`)).toMatch(/^could not be reached \([A-Z_]+\)$/);
    const closed = await startIssuer([]);
    await closed.close();
    expect(await messageOf(`${closed.origin}/doc`)).toBe('could not be reached (ECONNREFUSED)');
  });

  it('tells the status to whoever asks', async () => {
    server.misbehave('/doc', answerStatus(410));
    await expect(fetchJson(`${server.origin}/doc`, fetch, LIMITS)).rejects.toMatchObject({ status: 410 });
  });
});
