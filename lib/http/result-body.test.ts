import { describe, expect, it } from 'vitest';
import { readBodyText } from '../../test/support/events.ts';
import { type BodyEnd, watchBody, withoutBody } from './result-body.ts';

const OK = { statusCode: 200, headers: {} };

function streamOf(...texts: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const text of texts) controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

describe('watchBody', () => {
  it.each([
    [{ ...OK, body: 'grün' }, 5],
    [{ ...OK, body: 'AAEC', isBase64Encoded: true }, 3],
    [OK, 0],
  ])('ends at once for %j', (result, bytes) => {
    const ends: BodyEnd[] = [];
    expect(watchBody(result, (end) => ends.push(end))).toBe(result);
    expect(ends).toEqual([{ bytes, outcome: 'complete' }]);
  });

  it('ends with the stream, and changes nothing in it', async () => {
    const ends: BodyEnd[] = [];
    const { body } = watchBody({ ...OK, body: streamOf('ab', 'c') }, (end) => ends.push(end));
    expect(ends).toEqual([]);
    expect(await readBodyText(body)).toBe('abc');
    expect(ends).toEqual([{ bytes: 3, outcome: 'complete' }]);
  });

  it('tells of a reader that left, and tells the producer', async () => {
    const ends: BodyEnd[] = [];
    let reason: unknown;
    const source = new ReadableStream<Uint8Array>({
      pull: (c) => c.enqueue(new Uint8Array(10)),
      cancel: (given) => {
        reason = given;
      },
    });
    const { body } = watchBody({ ...OK, body: source }, (end) => ends.push(end));
    if (!(body instanceof ReadableStream)) throw new TypeError('no stream');
    const reader = body.getReader();
    await reader.read();
    await reader.cancel('gone');
    expect(ends).toEqual([{ bytes: 10, outcome: 'cancelled' }]);
    expect(reason).toBe('gone');
  });

  it('tells of a producer that failed, and passes the failure on', async () => {
    const ends: BodyEnd[] = [];
    const source = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error('lost')) });
    const { body } = watchBody({ ...OK, body: source }, (end) => ends.push(end));
    await expect(readBodyText(body)).rejects.toThrow('lost');
    expect(ends).toEqual([{ bytes: 0, outcome: 'failed' }]);
  });

  it('reads nothing ahead of its reader', async () => {
    let pulls = 0;
    const source = new ReadableStream<Uint8Array>(
      {
        pull: (c) => {
          pulls += 1;
          c.enqueue(new Uint8Array(1));
        },
      },
      { highWaterMark: 0 },
    );
    watchBody({ ...OK, body: source }, () => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    expect(pulls).toBe(0);
  });
});

describe('withoutBody', () => {
  it('drops text and encoding', () => {
    expect(withoutBody({ ...OK, body: 'AA==', isBase64Encoded: true })).toEqual(OK);
  });

  it('cancels a stream', async () => {
    const cancelled = new Promise<void>((resolve) => {
      const body = new ReadableStream<Uint8Array>({ cancel: () => resolve() });
      expect(withoutBody({ ...OK, body })).toEqual(OK);
    });
    await expect(cancelled).resolves.toBeUndefined();
  });
});
