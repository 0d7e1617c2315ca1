import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { pageItems } from './paging.ts';

describe('pageItems', () => {
  it('gives every item once, in order, whatever the page size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (items, size) => {
        const seen: number[] = [];
        let token: string | undefined;
        do {
          const page = pageItems(items, size, token, 'q');
          expect(page.items.length).toBeLessThanOrEqual(size);
          seen.push(...page.items);
          token = page.nextToken;
        } while (token !== undefined);
        expect(seen).toEqual(items);
      }),
    );
  });

  it.each(['', 'x', '!!!', Buffer.from('a:-1').toString('base64url')])('refuses the token %j', (token) => {
    expect(() => pageItems([1, 2, 3], 1, token, 'q')).toThrow(/token is invalid/);
  });

  it('refuses the token of another query', () => {
    const { nextToken } = pageItems([1, 2, 3], 1, undefined, { prefix: 'a' });
    expect(pageItems([1, 2, 3], 1, nextToken, { prefix: 'a' }).items).toEqual([2]);
    expect(() => pageItems([1, 2, 3], 1, nextToken, { prefix: 'b' })).toThrow(/token is invalid/);
  });
});
