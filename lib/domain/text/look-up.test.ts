import { expect, it } from 'vitest';
import { lookUp } from './look-up.ts';

it('finds what the table has itself, and nothing that it inherits', () => {
  const table = { minute: 60 };
  expect(lookUp(table, 'minute')).toBe(60);
  for (const word of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])
    expect(lookUp(table, word)).toBeUndefined();
});
