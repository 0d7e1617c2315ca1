import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { changeOf, compareChanges, formatGrowth } from './pattern-changes.ts';

describe('changeOf', () => {
  it.each([
    [{ now: 1, before: 0, isError: true }, 'new'],
    [{ now: 2, before: 0 }, 'steady'],
    [{ now: 3, before: 0 }, 'new'],
    [{ now: 0, before: 5 }, 'vanished'],
    [{ now: 0, before: 4 }, 'steady'],
    [{ now: 100, before: 40 }, 'grown'],
    [{ now: 140, before: 100 }, 'steady'],
    [{ now: 6, before: 2 }, 'steady'],
    [{ now: 9, before: 1 }, 'steady'],
    [{ now: 12, before: 1 }, 'grown'],
    [{ now: 40, before: 100 }, 'steady'],
    [{ now: 0, before: 0 }, 'steady'],
    [{ now: 300, before: 0, eventsPerSample: 100 }, 'steady'],
    [{ now: 500, before: 0, eventsPerSample: 100 }, 'new'],
    [{ now: 0, before: 400, eventsPerSample: 100 }, 'steady'],
    [{ now: 1_000, before: 400, eventsPerSample: 100 }, 'steady'],
    [{ now: 10_000, before: 2_000, eventsPerSample: 100 }, 'grown'],
  ] as const)('%j is %s', (counts, change) => {
    expect(changeOf(counts)).toBe(change);
  });

  it('never calls more events less, nor the same a change', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (now, before) => {
        const change = changeOf({ now, before });
        if (now > before) expect(change).not.toBe('vanished');
        if (now <= before) expect(['vanished', 'steady']).toContain(change);
      }),
    );
  });
});

it('puts new errors first and what vanished last', () => {
  const pattern = (
    change: 'new' | 'grown' | 'vanished',
    severity: 'error' | 'warn' | 'info' | 'none',
    now: number,
    before = 0,
  ) => ({
    change,
    severity,
    now,
    before,
    template: `${change} ${severity} ${now}`,
  });
  const order = [
    pattern('new', 'error', 9),
    pattern('new', 'error', 2),
    pattern('grown', 'error', 900, 3),
    pattern('new', 'warn', 4),
    pattern('new', 'info', 400),
    pattern('new', 'none', 300),
    pattern('grown', 'info', 900, 100),
    pattern('vanished', 'error', 0, 9),
  ];
  expect(order.toReversed().sort(compareChanges)).toEqual(order);
});

it.each([
  [42, 10, '×4.2'],
  [100, 10, '×10'],
  [1_234, 10, '×123'],
  [1, 0, ''],
  [0, 4, ''],
])('formats growth from %i to %i', (now, before, text) => {
  expect(formatGrowth(now, before)).toBe(text);
});
