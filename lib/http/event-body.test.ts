import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { countBodyBytes, decodeBodyBytes, decodeBodyText, encodeBody } from './event-body.ts';

describe('encodeBody and decodeBodyBytes', () => {
  it('are inverse for any bytes, and agree on the size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
        const event = encodeBody(bytes);
        expect(new Uint8Array(decodeBodyBytes(event) ?? [])).toEqual(bytes);
        expect(countBodyBytes(event)).toBe(bytes.byteLength);
      }),
    );
  });

  it('leave text readable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        expect(encodeBody(Buffer.from(text))).toEqual({ body: text, isBase64Encoded: false });
      }),
    );
  });

  it('respect the bounds of a view', () => {
    const view = new Uint8Array([1, 2, 0xff, 0xfe, 3]).subarray(2, 4);
    expect(decodeBodyBytes(encodeBody(view))).toEqual(Buffer.from([0xff, 0xfe]));
  });
});

describe('decodeBodyText', () => {
  it.each([
    ['an absent body', { isBase64Encoded: false }, ''],
    ['plain text', { body: '{"a":1}', isBase64Encoded: false }, '{"a":1}'],
    ['base64', { body: Buffer.from('{"ü":1}').toString('base64'), isBase64Encoded: true }, '{"ü":1}'],
    ['a byte order mark', { body: '\u{feff}{}', isBase64Encoded: false }, '{}'],
    [
      'a byte order mark in base64',
      { body: Buffer.from('\u{feff}{}').toString('base64'), isBase64Encoded: true },
      '{}',
    ],
    [
      'bytes that are not UTF-8',
      { body: Buffer.from([0x7b, 0xff]).toString('base64'), isBase64Encoded: true },
      undefined,
    ],
  ])('reads %s', (_what, event, text) => {
    expect(decodeBodyText(event)).toBe(text);
  });
});
