import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { writeSelector } from './selector.ts';

describe('writeSelector', () => {
  it.each([
    [[{ name: '__name__', value: 'up' }], 'up'],
    [
      [
        { name: '__name__', value: 'up' },
        { name: 'job', value: 'a"b\\c\n' },
      ],
      'up{job="a\\"b\\\\c\\n"}',
    ],
    [
      [
        { name: '__name__', value: 'http.requests' },
        { name: '@resource.service.name', value: 'shop' },
      ],
      '{"http.requests", "@resource.service.name"="shop"}',
    ],
    [[], '{}'],
  ])('writes %j', (labels, text) => expect(writeSelector(labels)).toBe(text));

  it('never lets a value out of its quotes', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const text = writeSelector([{ name: 'a', value }]);
        expect(text).toMatch(/^\{a="(?:[^"\\]|\\.)*"\}$/s);
      }),
    );
  });
});
