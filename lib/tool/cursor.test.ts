import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

describe('cursor', () => {
  it('comes back for the same tool and arguments, in any order of the arguments', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.option(fc.string(), { nil: undefined }), (offset, awsToken) => {
        const cursor = { offset, ...(awsToken !== undefined && { awsToken }) };
        const token = encodeCursor('t', { a: 1, b: [{ c: 2, d: 3 }] }, cursor);
        expect(token).toMatch(/^[\w-]+$/);
        expect(decodeCursor('t', { b: [{ d: 3, c: 2 }], a: 1 }, token)).toEqual(cursor);
      }),
    );
  });

  it('starts at the start without a token', () => {
    expect(decodeCursor('t', {}, undefined)).toEqual({ offset: 0 });
  });

  it('refuses another tool or other arguments', () => {
    const token = encodeCursor('t', { a: 1 }, { offset: 3 });
    expect(() => decodeCursor('u', { a: 1 }, token)).toThrow(/other arguments/);
    expect(() => decodeCursor('t', { a: 2 }, token)).toThrow(/other arguments/);
  });

  it('refuses everything that is not a token of ours', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
        ),
        (token) => {
          expect(() => decodeCursor('t', {}, token)).toThrow(/next_token is not one that this tool gave/);
        },
      ),
    );
    const negative = Buffer.from('{"d":"x","o":-5}').toString('base64url');
    expect(() => decodeCursor('t', {}, negative)).toThrow(/not one that this tool gave/);
  });
});
