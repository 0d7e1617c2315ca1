import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { findExcess } from './json-excess.ts';

const MANY = 1_000_000;
const isDeeper = (text: string, maxDepth: number) => findExcess(text, { maxDepth, maxValues: MANY }) === 'depth';
const isLarger = (text: string, maxValues: number) => findExcess(text, { maxDepth: MANY, maxValues }) === 'values';

function measureDepth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(measureDepth));
}

/** Members of all that it holds, and empty lists and objects, which are something too. */
function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members: unknown[] = Object.values(value);
  return members.reduce((sum: number, member) => sum + countValues(member), Math.max(1, members.length));
}

describe('findExcess', () => {
  it('agrees with the parsed value, whatever the strings hold', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.nat(7), fc.nat(40), (text, maxDepth, maxValues) => {
        const value: unknown = JSON.parse(JSON.stringify(JSON.parse(text)));
        const own = JSON.stringify(value);
        expect(isDeeper(own, maxDepth)).toBe(measureDepth(value) > maxDepth);
        expect(isLarger(own, maxValues)).toBe(countValues(value) > maxValues);
      }),
    );
  });

  it('is not fooled by brackets, commas and escapes in strings', () => {
    expect(isDeeper(String.raw`{"a\"[[[[":"]]\\\"[[[["}`, 1)).toBe(false);
    expect(isDeeper(String.raw`["\\",[["\\"]]]`, 2)).toBe(true);
    expect(isLarger(String.raw`{"a\",,,":",[{\\\",,,"}`, 1)).toBe(false);
    expect(isLarger(String.raw`["\\","\\","\""]`, 2)).toBe(true);
  });

  it('takes 64 levels and not 65', () => {
    expect(isDeeper('['.repeat(64) + ']'.repeat(64), 64)).toBe(false);
    expect(isDeeper('['.repeat(65) + ']'.repeat(65), 64)).toBe(true);
  });

  it('stops early in a megabyte of brackets', () => {
    expect(isDeeper('{"a":'.repeat(200_000), 64)).toBe(true);
    expect(isLarger('[{},'.repeat(200_000), 64)).toBe(true);
  });
});
