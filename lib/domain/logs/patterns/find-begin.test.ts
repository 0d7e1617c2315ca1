import { expect, it } from 'vitest';
import { findBegin } from './find-begin.ts';

const RANGE = { startEpochMs: 0, endEpochMs: 6_000 };
const at = (...times: readonly number[]) => times.map((epochMs) => ({ epochMs, value: 2 }));
const every = (from: number, to: number) =>
  at(...Array.from({ length: (to - from) / 100 }, (_, index) => from + index * 100));

it.each([
  ['what began after a silence', every(2_000, 6_000), { epochMs: 2_000, isOlder: false }],
  ['the last of two begins', [...every(0, 1_000), ...every(4_000, 6_000)], { epochMs: 4_000, isOlder: false }],
  ['what was there all the time', every(0, 6_000), { epochMs: 0, isOlder: true }],
  ['a short silence', [...every(0, 3_000), ...every(3_500, 6_000)], { epochMs: 0, isOlder: true }],
  ['nothing', [], undefined],
])('tells %s', (_what, points, begin) => {
  expect(findBegin(points, RANGE, 100, 0.02)).toEqual(begin);
});

it('calls no rare event new because it was away for long', () => {
  expect(findBegin(at(5_000), RANGE, 100, 0.0005)).toEqual({ epochMs: 5_000, isOlder: true });
});
