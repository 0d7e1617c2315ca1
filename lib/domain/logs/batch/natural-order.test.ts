import { describe, expect, it } from 'vitest';
import { compareForSort } from '../../../../local/logs/insights/sort-order.ts';
import { anyCharacter, fc } from '../../../../test/support/property.ts';
import { compareNaturally } from './natural-order.ts';

/** Each list in ascending order; the first is the example of the User Guide's page on sort. */
const ASCENDING = [
  ['!:', '#', '*%04', '0#', '5A', '111A', '2345_', '@', '@_', 'A', 'A9876fghj', 'a12345hfh', '0', '01', '2', '3'],
  ['host-2', 'host-10', 'host-10a', 'host-100', 'hosta'],
  ['v1.2.9', 'v1.2.10', 'v1.10.0', 'v2.0.0-rc1', 'v10.0.0'],
  ['1.2.9', '1.2.10', '1.10.0'],
  ['10.0.0.2', '10.0.0.10', '10.0.1.1', '10.0.10.1', '192.168.0.1'],
  ['5ms', '40ms', '250ms', '1500ms'],
  ['2026-03-01 09:59:59.999', '2026-03-01 10:00:00.000', '2026-03-01 10:00:00.001'],
  ['2026-03-01T09:59:59Z', '2026-12-01T00:00:00Z'],
  ['-12.5', '-3', '-0.5', '0', '.5', '1e-1', '2', '10', '1e2', '1500.25'].toSorted((a, b) => Number(a) - Number(b)),
  ['', ' 7', '-', '7 ', 'NaN', 'n/a', '-1', '7'],
  ['a2', 'a10', 'a007'],
  ['Zebra', 'apple', 'äpfel', 'ÿ', '\u{ffee}', '\u{1f600}'],
  ['ERROR', 'INFO', 'WARN', '400', '500'],
  // Both sides of the surrogates, and their ends.
  ['\u{d7ff}', '\u{e000}', '\u{ffff}', '\u{10000}', '\u{103ff}', '\u{10ffff}'],
  ['\u{10000}', '\u{10000}a', '\u{10001}', '\u{103ff}', '\u{10400}'],
];

const PAIRS = ASCENDING.flatMap((list) =>
  list.flatMap((left, index) => list.slice(index + 1).map((right) => [left, right] as const)),
);

describe('the natural order', () => {
  it.each(ASCENDING)('is %s < %s < %s …', (...list) => {
    for (const start of [list.toReversed(), list.toSorted()]) {
      expect(start.toSorted(compareNaturally)).toEqual(list);
      expect(start.toSorted(compareForSort)).toEqual(list);
    }
  });

  it('is the same both ways round', () => {
    for (const [left, right] of PAIRS) {
      expect([left, right, Math.sign(compareNaturally(left, right))]).toEqual([left, right, -1]);
      expect([right, left, Math.sign(compareNaturally(right, left))]).toEqual([right, left, 1]);
    }
  });

  it.each([
    ['1', '01'],
    ['1', '1.0'],
    ['100', '1e2'],
    ['x', 'x'],
  ])('takes %s and %s for equal', (left, right) => {
    expect(compareNaturally(left, right)).toBe(0);
    expect(compareForSort(left, right)).toBe(0);
  });

  const piece = fc.constantFrom(
    '0',
    '00',
    '7',
    '10',
    '42',
    '-',
    '.',
    ':',
    ' ',
    'a',
    'B',
    'é',
    '😀',
    '\u{fffd}',
    'e',
    '+',
  );
  const value = fc.oneof(
    fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
    fc.string({ unit: anyCharacter, maxLength: 6 }),
    fc.double({ noNaN: true }).map(String),
    fc.ipV4(),
  );

  it('is that of the embedded CloudWatch, written on its own, for any two values', () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        expect(Math.sign(compareNaturally(left, right))).toBe(Math.sign(compareForSort(left, right)));
      }),
      { numRuns: 1_500 },
    );
  });

  it('orders any three values without a circle', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const [first = '', second = '', third = ''] = [a, b, c].toSorted(compareNaturally);
        expect(compareNaturally(first, second)).toBeLessThanOrEqual(0);
        expect(compareNaturally(second, third)).toBeLessThanOrEqual(0);
        expect(compareNaturally(first, third)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
});
