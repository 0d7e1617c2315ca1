import { describe, expect, it } from 'vitest';
import { KnownNames } from './known-names.ts';

const NAMES = [
  'shop-orders-front',
  'shop-orders-db',
  'app/shop-front-alb/0a1b',
  'targetgroup/shop-front-tg/9af1',
  'bank-ledger',
];

describe('KnownNames', () => {
  it('counts the name that is asked about, and those beside it, whether they are known or not', () => {
    const known = new KnownNames(NAMES);
    const whole = new KnownNames([...NAMES, 'shop-orders-cart', 'bank-cart']);
    expect(known.mentionsOf('shop-orders-cart', 'bank-cart')).toEqual(whole.mentionsOf('shop-orders-cart'));
    expect(known.mentionsOf('shop-orders-cart')).toContain('cart');
    expect(known.mentionsOf('shop-orders-cart', 'bank-cart')).not.toContain('cart');
  });

  it('knows names that have a part in common, unless nearly all have it', () => {
    const known = new KnownNames(NAMES);
    expect(known.areAkin('shop-orders-front', 'shop-orders-db')).toBe(true);
    expect(known.areAkin('bank-ledger', 'shop-orders-db')).toBe(false);
    expect(new KnownNames(['a-x', 'a-y', 'a-z']).areAkin('a-x', 'a-y')).toBe(false);
  });

  it('knows one name by whatever stands between and around its parts', () => {
    const known = new KnownNames(NAMES);
    expect(known.areAlike('targetgroup/shop-front/9af1', 'ShopFront')).toBe(true);
    expect(known.areAlike('shop-front', 'shop-front-2')).toBe(false);
  });
});
