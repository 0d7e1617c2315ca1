import { expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { dropAtEnd } from './drop-at-end.ts';

it('drops what a pattern at the end would, and nothing before it', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', '.', ' ', '*'), maxLength: 12 });
  fc.assert(
    fc.property(texts, (text) => dropAtEnd(text, '. ') === text.replace(/[. ]+$/, '')),
    { numRuns: 100 },
  );
  expect(dropAtEnd('***', '*')).toBe('');
});
