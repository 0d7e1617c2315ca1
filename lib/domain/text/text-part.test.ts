import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { takePart } from './text-part.ts';

describe('takePart', () => {
  it('gives a short text whole, its further lines indented', () => {
    expect(takePart('a\nb', 0, 100)).toEqual({ raw: 'a\nb', text: 'a\n  b' });
  });

  it('marks a cut and says where the next part begins', () => {
    expect(takePart('0123456789abc', 0, 10)).toEqual({ raw: '0123456789', text: '0123456789…', nextOffset: 10 });
    expect(takePart('0123456789abc', 10, 10)).toEqual({ raw: 'abc', text: 'abc' });
  });

  it('gives nothing behind the end', () => {
    expect(takePart('abc', 7, 10)).toEqual({ raw: '', text: '' });
  });

  it('cuts no surrogate pair, and begins none in its middle', () => {
    const whole = `1234567${'\u{1f469}'.repeat(3)}`;
    expect(takePart(whole, 0, 8)).toEqual({ raw: '1234567', text: '1234567…', nextOffset: 7 });
    expect(takePart(whole, 8, 8).raw).toBe('\u{1f469}'.repeat(3));
  });

  it('stays within its bounds, and the parts give the whole', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', '\u001b', '\u{1f469}', '\u202e'), maxLength: 400 }),
        fc.integer({ min: 8, max: 60 }),
        (whole, maxChars) => {
          let raw = '';
          let offset: number | undefined = 0;
          while (offset !== undefined) {
            const part = takePart(whole, offset, maxChars);
            // Eight line feeds in a row are 24 characters when indented.
            expect(part.text.length).toBeLessThanOrEqual(Math.max(24, maxChars) + 1);
            raw += part.raw;
            expect(part.nextOffset ?? Number.POSITIVE_INFINITY).toBeGreaterThan(offset);
            offset = part.nextOffset;
          }
          expect(raw).toBe(whole);
        },
      ),
    );
  });
});
