import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { fc } from '../test/support/property.ts';
import { readBody } from './node-body.ts';

/** A request whose body comes in these pieces. */
function requestOf(pieces: readonly Uint8Array[]): IncomingMessage {
  const body = Readable.from(pieces.map((piece) => Buffer.from(piece)));
  return Object.assign(body, { headers: { 'transfer-encoding': 'chunked' } }) as unknown as IncomingMessage;
}

it('joins a body of any pieces, each counted before it is kept', async () => {
  const pieces = fc.array(
    fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.constant(new Uint8Array(20_000).fill(7))),
    {
      maxLength: 12,
    },
  );
  await fc.assert(
    fc.asyncProperty(pieces, async (some) => {
      const counted: number[] = [];
      const body = await readBody(requestOf(some), (bytes) => counted.push(bytes));
      expect(Buffer.compare(body, Buffer.concat(some))).toBe(0);
      expect(counted).toEqual(some.map(({ byteLength }) => byteLength));
    }),
    { numRuns: 40 },
  );
});

it('joins a hundred thousand pieces of a byte', async () => {
  const pieces = Array.from({ length: 100_000 }, (_, at) => Uint8Array.of(at % 251));
  const body = await readBody(requestOf(pieces), () => undefined);
  expect(Buffer.compare(body, Buffer.concat(pieces))).toBe(0);
});

it('keeps nothing behind a piece that is refused', async () => {
  const counted: number[] = [];
  const reading = readBody(requestOf([Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4)]), (bytes) => {
    counted.push(bytes);
    if (counted.length === 2) throw new Error('too much');
  });
  await expect(reading).rejects.toThrow('too much');
  expect(counted).toEqual([2, 1]);
});
