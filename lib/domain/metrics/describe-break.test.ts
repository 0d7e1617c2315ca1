import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { describeBreak, findBreak } from './describe-break.ts';

const MINUTE_MS = 60_000;
const pointsOf = (values: readonly number[]) => values.map((value, index) => ({ epochMs: index * MINUTE_MS, value }));
const writers = { value: String, time: (epochMs: number) => `minute ${epochMs / MINUTE_MS}` };
const told = (values: readonly number[]) => describeBreak(pointsOf(values), writers);

const QUIET = [1, 0, 2, 1, 6, 0, 1, 3, 1, 0, 2, 1];

describe('a series that left its range', () => {
  it.each([
    ['a ramp', [...QUIET, 36, 90, 150, 188], 'above all before since minute 12: 36 to 188, before at most 6'],
    ['a step', [...Array(20).fill(5), 10, 10, 10], 'above all before since minute 20: 10, before at most 5'],
    ['the first errors', [...Array(15).fill(0), 1, 2, 1], 'above all before since minute 15: 1 to 2, before at most 0'],
    ['silence', [...Array(12).fill(120), 0, 0, 0], 'below all before since minute 12: 0, before at least 120'],
    [
      'a climb',
      [...Array(40).fill(36), 50, 65, 100, 118, 120, 119],
      'at 100 to 120 since minute 42, rising there from minute 41; before at most 50',
    ],
    [
      'a fall',
      [...Array(40).fill(100), 80, 60, 40, 41, 40],
      'at 40 to 41 since minute 42, falling there from minute 40; before at least 100',
    ],
  ])('is told: %s', (_what, values, expected) => {
    expect(told(values)).toBe(`has been ${expected}`);
  });

  it.each([
    ['nothing at all', []],
    ['quiet', QUIET],
    ['two points', [...QUIET, 36, 90]],
    ['one that came back', [...QUIET, 36, 90, 150, 1]],
    ['too little before', [1, 1, 1, 9, 9, 9]],
    ['a trend', Array.from({ length: 60 }, (_, index) => 100 + index)],
    ['less than twice', [...Array(12).fill(5), 9, 9, 9]],
    ['negative values', [...Array(12).fill(-5), 9, 9, 9]],
    ['zeros for ever', Array(30).fill(0)],
    ['a long way up', [...Array(20).fill(30), ...Array.from({ length: 40 }, (_, index) => 31 + 2 * index)]],
  ])('is not told: %s', (_what, values) => {
    expect(told(values)).toBeUndefined();
  });

  it('never says what the points deny, and finds the earliest', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 99 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(values, (all) => {
        const splits = all
          .map((_value, at) => at)
          .filter((at) => {
            const [before, since] = [all.slice(0, at), all.slice(at)];
            if (before.length < 10 || since.length < 3) return false;
            const [lowest, highest] = [Math.min(...since), Math.max(...since)];
            const [least, most] = [Math.min(...before), Math.max(...before)];
            return (lowest > 0 && lowest >= 2 * most) || (least > 0 && highest * 2 <= least);
          });
        const [first] = splits;
        const found = findBreak(pointsOf(all));
        if (first !== undefined) expect(found).toMatchObject({ sinceEpochMs: first * MINUTE_MS });
        if (found === undefined || first !== undefined) return;
        // Otherwise only with some points on the way.
        const [from, to] = [(found.fromEpochMs ?? 0) / MINUTE_MS, found.sinceEpochMs / MINUTE_MS];
        const [old, since] = [all.slice(0, from), all.slice(to)];
        expect(to - from).toBeGreaterThan(0);
        expect(to - from).toBeLessThanOrEqual(all.length / 10);
        expect(found).toMatchObject({ lowest: Math.min(...since), highest: Math.max(...since) });
        if (found.isAbove) expect(Math.min(...since)).toBeGreaterThanOrEqual(2 * Math.max(...old));
        else expect(2 * Math.max(...since)).toBeLessThanOrEqual(Math.min(...old));
      }),
    );
  });
});
