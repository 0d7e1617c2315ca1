import { describe, expect, it } from 'vitest';
import { addTally, countFields, earlier, type FieldTally, MAX_VALUES, valuesOf } from './field-tally.ts';

const tallyOf = (...events: readonly (readonly [name: string, value: string, epochMs?: number])[]): FieldTally => {
  const tally: FieldTally = new Map();
  for (const [name, value, epochMs] of events)
    countFields(tally, { text: `${name}=${value}`, fields: [{ name, value }], epochMs });
  return tally;
};
const many = (count: number) => Array.from({ length: count }, (_, index) => ['a', `v${index}`] as const);

describe('countFields', () => {
  it('counts values, and keeps the first time and the first text', () => {
    const tally = tallyOf(['a', 'x', 5], ['a', 'x', 3], ['a', 'x', 9], ['a', 'y'], ['b', 'x', 1]);
    expect([...tally].map(([name, values]) => [name, values === 'open' ? values : Object.fromEntries(values)])).toEqual(
      [
        [
          'a',
          { x: { events: 3, firstEpochMs: 3, text: 'a=x' }, y: { events: 1, firstEpochMs: undefined, text: 'a=y' } },
        ],
        ['b', { x: { events: 1, firstEpochMs: 1, text: 'b=x' } }],
      ],
    );
    const [one, two] = ['x', 'y'].map((value) => ({ name: 'a', value }));
    const both: FieldTally = new Map();
    countFields(both, { text: 't', fields: [one, two].flatMap((field) => field ?? []), epochMs: 1 });
    expect([...(valuesOf(both, 'a')?.keys() ?? [])]).toEqual(['x', 'y']);
  });

  it('takes a field of more than fifty values for open, for good', () => {
    expect(MAX_VALUES).toBe(50);
    expect([49, 50, 51, 60].map((count) => valuesOf(tallyOf(...many(count)), 'a')?.size)).toEqual([
      49,
      50,
      undefined,
      undefined,
    ]);
    expect(valuesOf(tallyOf(...many(50), ['a', 'v0']), 'a')?.get('v0')?.events).toBe(2);
    expect(valuesOf(new Map(), 'a')).toBeUndefined();
  });

  it('counts a hundred fields', () => {
    const names = (count: number) =>
      tallyOf(...Array.from({ length: count }, (_, index) => [`f${index}`, 'x'] as const));
    expect([99, 100, 101].map((count) => names(count).size)).toEqual([99, 100, 100]);
    const full = names(101);
    countFields(full, { text: '', fields: [{ name: 'f0', value: 'x' }], epochMs: undefined });
    expect([full.has('f100'), valuesOf(full, 'f0')?.get('x')?.events]).toEqual([false, 2]);
  });
});

describe('addTally', () => {
  it('adds events, keeps the earlier time, and what is open stays open', () => {
    const sum = tallyOf(['a', 'x', 5], ['b', 'x', 5], ['c', 'x']);
    addTally(sum, tallyOf(['a', 'x', 3], ['a', 'y', 8], ['c', 'x', 7], ['d', 'z', 1]));
    addTally(sum, new Map([['b', 'open']]));
    addTally(sum, tallyOf(['b', 'x', 1]));
    expect(Object.fromEntries(valuesOf(sum, 'a') ?? [])).toMatchObject({
      x: { events: 2, firstEpochMs: 3 },
      y: { events: 1, firstEpochMs: 8 },
    });
    expect(sum.get('b')).toBe('open');
    expect(valuesOf(sum, 'c')?.get('x')).toMatchObject({ events: 2, firstEpochMs: 7 });
    expect(valuesOf(sum, 'd')?.get('z')).toMatchObject({ events: 1, firstEpochMs: 1 });
  });

  it('does not change what it adds', () => {
    const other = tallyOf(['a', 'x', 3]);
    const sum: FieldTally = new Map();
    addTally(sum, other);
    addTally(sum, other);
    expect([valuesOf(sum, 'a')?.get('x')?.events, valuesOf(other, 'a')?.get('x')?.events]).toEqual([2, 1]);
  });
});

it('takes the earlier of two times, as far as they are known', () => {
  expect([
    earlier(1, 2),
    earlier(2, 1),
    earlier(undefined, 2),
    earlier(2, undefined),
    earlier(undefined, undefined),
  ]).toEqual([1, 1, 2, 2, undefined]);
});
