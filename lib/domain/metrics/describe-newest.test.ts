import { describe, expect, it } from 'vitest';
import { describeExcess, describeNewest, describePoint, isOpen } from './describe-newest.ts';
import type { POINT_STATES, SettledSeries } from './period-state.ts';
import { type Point, summarize } from './series-summary.ts';

const words = { value: (value: number) => `${value} ms`, time: (epochMs: number) => `T${epochMs}` };
const points = (...values: readonly number[]): Point[] => values.map((value, epochMs) => ({ epochMs, value }));
const open = (epochMs: number, value: number, state: (typeof POINT_STATES)[number] = 'running') => ({
  epochMs,
  value,
  state,
});
const settled = (
  final: readonly Point[],
  later: SettledSeries['open'] = [],
  more: Partial<SettledSeries> = {},
): SettledSeries => {
  const summary = summarize([...final, ...later]);
  const last = final.at(-1);
  return {
    points: final,
    open: later,
    isProvisional: false,
    ...(summary !== undefined && { summary: { ...summary, last: last ?? summary.last } }),
    ...more,
  };
};

describe('describeNewest', () => {
  it('tells the last final value, and what came after it', () => {
    expect(describeNewest(settled([]), words)).toBe('no datapoints');
    expect(describeNewest(settled(points(4, 5)), words)).toBe('last 5 ms at T1');
    expect(describeNewest(settled(points(4, 5)), { value: words.value })).toBe('last 5 ms');
    expect(describeNewest(settled(points(4, 5), [open(2, 3), open(3, 2, 'settling')]), words)).toBe(
      'last 5 ms at T1 (then 2 ms at T3, not final yet)',
    );
    // One that reaches beyond the beginning of the range comes before.
    expect(describeNewest(settled(points(4, 5), [open(0, 3, 'cut')]), words)).toBe('last 5 ms at T1');
    expect(describeNewest(settled(points(4, 5), [open(1, 3, 'cut')]), words)).toBe('last 5 ms at T1');
  });

  it.each([
    ['running', 'still running'],
    ['settling', 'not final yet'],
    ['cut', 'cut by the range'],
  ] as const)('says of %s that it is %s', (state, said) => {
    const only = [open(7, 3, state)];
    expect(describeNewest(settled([], only, { isProvisional: true }), words)).toBe(
      `so far 3 ms at T7 (${said}, no datapoint is final)`,
    );
    expect(describePoint(open(7, 3, state), words)).toBe(`3 ms at T7 (${said})`);
  });

  it('does not call provisional what has nothing open', () => {
    expect(describeNewest(settled(points(4), [], { isProvisional: true }), words)).toBe('last 4 ms at T0');
  });
});

it('tells a point, and which is open', () => {
  const [point = { epochMs: 0, value: 4 }] = points(4);
  expect([describePoint(point, words), isOpen(point), isOpen(open(1, 1))]).toEqual(['4 ms at T0', false, true]);
});

describe('describeExcess', () => {
  const excess = (before: readonly number[], now: number, more: Partial<SettledSeries> = {}) =>
    describeExcess(settled(points(...before), [open(9, now)], more), words);

  it.each([
    [[10, 5], 400, '400 ms since T9 (still running), 40 × the maximum before'],
    [[10, 5], 123.4, '123.4 ms since T9 (still running), 12 × the maximum before'],
    [[10], 12, '12 ms since T9 (still running), 1.2 × the maximum before'],
    [[10], 11.99, undefined],
    [[10], 9, undefined],
    [[0, 0], 5, '5 ms since T9 (still running), more than ever before in the range'],
    [[-4], 5, '5 ms since T9 (still running), more than ever before in the range'],
    [[0.5], 1, '1 ms since T9 (still running), 2 × the maximum before'],
    [[1], 3, '3 ms since T9 (still running), 3 × the maximum before'],
  ])('of %j and then %d', (before, now, told) => {
    expect(excess(before, now)).toBe(told);
  });

  it('is none where nothing is final, or the largest is', () => {
    expect(excess([10], 400, { isProvisional: true })).toBeUndefined();
    expect(describeExcess(settled([]), words)).toBeUndefined();
    expect(describeExcess(settled(points(1, 400)), words)).toBeUndefined();
  });
});
