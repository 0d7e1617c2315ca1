import { expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { cleanText } from '../domain/text/clean-text.ts';
import { cleanSection, fitSection, sizeOf } from './fit-section.ts';
import type { Section } from './types.ts';

const BOUNDARY = 'b0undary';
const section = fc.record(
  {
    items: fc.array(fc.string({ maxLength: 400 }), { maxLength: 6 }),
    title: fc.string({ maxLength: 20 }),
    head: fc.string({ maxLength: 20 }),
    isUntrusted: fc.boolean(),
  },
  { requiredKeys: ['items'] },
) as fc.Arbitrary<Section>;

it('says how many characters a section takes, with the line break behind it', () => {
  fc.assert(
    fc.property(section, (whole) => {
      const { text, shown } = fitSection(whole, sizeOf(whole, BOUNDARY), BOUNDARY);
      expect(shown).toBe(whole.items.length);
      expect(sizeOf(whole, BOUNDARY)).toBe(shown === 0 ? 0 : text.length + 1);
    }),
  );
});

it('leaves out the last items, whole, where one character is missing', () => {
  fc.assert(
    fc.property(section, (whole) => {
      fc.pre(whole.items.length > 1);
      const { text, shown } = fitSection(whole, sizeOf(whole, BOUNDARY) - 1, BOUNDARY);
      expect(shown).toBe(whole.items.length - 1);
      expect(text).toBe(fitSection({ ...whole, items: whole.items.slice(0, -1) }, 10_000, BOUNDARY).text);
    }),
  );
});

it('cuts the first item rather than show none, to two hundred characters at least', () => {
  const one: Section = { items: ['x'.repeat(1_000), 'y'], isUntrusted: true, title: 'Title:', head: 'head' };
  expect(fitSection(one, 0, BOUNDARY)).toEqual({
    shown: 1,
    text: `Title:\n<data-b0undary>\nhead\n${'x'.repeat(199)}…\n</data-b0undary>`,
  });
  expect(fitSection(one, 500, BOUNDARY).text).toHaveLength(499);
});

it('cleans each piece by itself', () => {
  const foreign = 'a\u001b[31mb\u202Ec';
  expect(cleanSection({ items: [foreign], title: foreign, head: foreign, isUntrusted: true }, 100)).toEqual({
    items: ['abc'],
    title: 'abc',
    head: 'abc',
    isUntrusted: true,
  });
  expect(cleanSection({ items: [] }, 100)).toEqual({ items: [] });
});

it('cleans every item that an answer may have room for, and no other', () => {
  const foreign = fc.string({ unit: fc.constantFrom('a', 'b', '\u202e', '\u001b'), maxLength: 9 });
  fc.assert(
    fc.property(fc.array(foreign), fc.nat(60), (items, maxChars) => {
      const { items: cleaned } = cleanSection({ items }, maxChars);
      const { shown } = fitSection({ items: cleaned }, maxChars, BOUNDARY);
      expect(cleaned.slice(0, shown)).toEqual(items.slice(0, shown).map(cleanText));
    }),
  );
  const many = Array.from({ length: 1_000 }, () => 'ab\u202e');
  expect(new Set(cleanSection({ items: many }, 30).items.slice(12))).toEqual(new Set(['ab\u202e']));
});
