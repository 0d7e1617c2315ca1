import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { isNestedDeeperThan } from './json-depth.ts';

function measureDepth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(measureDepth));
}

describe('isNestedDeeperThan', () => {
  it('agrees with the parsed value, whatever the strings hold', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.nat(7), (text, limit) => {
        expect(isNestedDeeperThan(text, limit)).toBe(measureDepth(JSON.parse(text)) > limit);
      }),
    );
  });

  it('is not fooled by brackets and escapes in strings', () => {
    expect(isNestedDeeperThan(String.raw`{"a\"[[[[":"]]\\\"[[[["}`, 1)).toBe(false);
    expect(isNestedDeeperThan(String.raw`["\\",[["\\"]]]`, 2)).toBe(true);
  });

  it('takes 64 levels and not 65', () => {
    expect(isNestedDeeperThan('['.repeat(64) + ']'.repeat(64), 64)).toBe(false);
    expect(isNestedDeeperThan('['.repeat(65) + ']'.repeat(65), 64)).toBe(true);
  });

  it('stops early in a megabyte of brackets', () => {
    expect(isNestedDeeperThan('{"a":'.repeat(200_000), 64)).toBe(true);
  });
});
