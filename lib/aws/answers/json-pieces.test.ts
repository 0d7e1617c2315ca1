import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../test/support/property.ts';
import { JsonPieces } from './json-pieces.ts';

/** Every member read: lists item by item, all else whole. */
function readAll(text: string): unknown {
  const pieces = new JsonPieces(Buffer.from(text));
  const members: [string, unknown][] = [];
  for (const name of pieces.members()) {
    const value: unknown = pieces.isAtList()
      ? Array.from(pieces.values(), (item): unknown => JSON.parse(item))
      : JSON.parse(pieces.value());
    members.push([name, value]);
  }
  return Object.fromEntries(members);
}

function parse(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error instanceof SyntaxError ? 'no JSON' : error;
  }
}

const anyObject = fc.dictionary(fc.string({ unit: anyCharacter }), fc.jsonValue({ stringUnit: anyCharacter }));

describe('JSON in pieces', () => {
  it('is what JSON.parse reads, however it is set', () => {
    fc.assert(
      fc.property(anyObject, fc.constantFrom(undefined, 1, '\t', ' \r\n'), (object, indent) => {
        const text = JSON.stringify(object, undefined, indent);
        expect(readAll(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('is walked into: an object that is a value hands out its members', () => {
    fc.assert(
      fc.property(anyObject, anyObject, (outer, object) => {
        const pieces = new JsonPieces(Buffer.from(JSON.stringify({ ...outer, object, last: 1 })));
        const members: [string, unknown][] = [];
        for (const name of pieces.members()) {
          if (name !== 'object') pieces.skip();
          else for (const inner of pieces.inner()) members.push([inner, JSON.parse(pieces.value())]);
        }
        expect(Object.fromEntries(members)).toEqual(JSON.parse(JSON.stringify(object)));
      }),
    );
  });

  it('is refused where JSON.parse refuses an object: a character more, less or another', () => {
    fc.assert(
      fc.property(
        anyObject,
        fc.nat(),
        fc.constantFrom('', '"', ',', ':', '{', '}', '[', ']', '\\', '1', ' '),
        (object, at, put) => {
          const text = JSON.stringify(object);
          const cut = at % text.length;
          // As UTF-8 has it: half of a pair is none.
          const altered = `${text.slice(0, cut)}${put}${text.slice(cut + 1)}`.toWellFormed();
          const whole = parse(() => JSON.parse(altered));
          const isObject = typeof whole === 'object' && whole !== null && !Array.isArray(whole);
          expect(parse(() => readAll(altered))).toEqual(isObject ? whole : 'no JSON');
        },
      ),
    );
  });

  it.each([
    '',
    ' ',
    'null',
    '[]',
    '"a"',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":[',
    '{"a":[1,',
    '{"a":"',
    '{} {}',
    '<html>',
  ])('refuses %j', (text) => {
    expect(parse(() => readAll(text))).toBe('no JSON');
  });

  it('skips what nobody wants, in whatever it is nested', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (unwanted, wanted) => {
        const pieces = new JsonPieces(Buffer.from(JSON.stringify({ unwanted, wanted })));
        for (const name of pieces.members()) {
          if (name === 'wanted') expect(JSON.parse(pieces.value())).toEqual(JSON.parse(JSON.stringify(wanted)));
          else pieces.skip();
        }
      }),
    );
  });
});
