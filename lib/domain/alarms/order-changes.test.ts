import { describe, expect, it } from 'vitest';
import { stateUpdate } from '../../../test/support/alarm-fixtures.ts';
import { fc } from '../../../test/support/property.ts';
import { ALARM_STATES } from './alarm.ts';
import { inOrder, isOldestFirst, newestFirst } from './order-changes.ts';

const state = fc.constantFrom(...ALARM_STATES);
/** A walk through the states; a gap of zero is the same moment. */
const walk = fc.record({
  first: state,
  steps: fc.array(fc.record({ gap: fc.integer({ min: 0, max: 2 }), to: state }), { minLength: 1, maxLength: 25 }),
  seeds: fc.array(fc.nat(), { minLength: 25, maxLength: 25 }),
});

function history({ first, steps, seeds }: typeof walk extends fc.Arbitrary<infer Value> ? Value : never) {
  let [epochMs, from] = [0, first];
  const truth = steps.flatMap(({ gap, to }) => {
    epochMs += gap * 1_000;
    if (to === from) return [];
    const change = { epochMs, from, to };
    from = to;
    return [change];
  });
  // Newest first; those of one moment in any order.
  const listed = truth
    .map((change, index) => ({ change, key: seeds[index] ?? 0 }))
    .sort((a, b) => b.change.epochMs - a.change.epochMs || a.key - b.key)
    .map(({ change }) => change);
  return { truth, listed };
}

const countBreaks = (changes: readonly { from?: string | undefined; to: string }[]): number =>
  changes.filter(({ from }, index) => index > 0 && from !== changes[index - 1]?.to).length;

describe('inOrder', () => {
  it('finds an order in which every change follows from the one before it, whatever stands at one moment', () => {
    fc.assert(
      fc.property(walk, (one) => {
        const { truth, listed } = history(one);
        const ordered = inOrder(listed);
        expect(ordered).toHaveLength(truth.length);
        expect(new Set(ordered)).toEqual(new Set(truth));
        expect(ordered.map(({ epochMs }) => epochMs)).toEqual(truth.map(({ epochMs }) => epochMs));
        expect(countBreaks(ordered)).toBe(0);
      }),
    );
  });

  it('keeps changes that follow from nothing', () => {
    const changes = Array.from({ length: 4 }, () => ({ epochMs: 1, from: 'OK' as const, to: 'ALARM' as const }));
    expect(inOrder(changes)).toEqual(changes);
  });
});

describe('newestFirst', () => {
  it('orders each alarm by itself, and leaves entries of other kinds where they are', () => {
    fc.assert(
      fc.property(walk, walk, (one, other) => {
        const items = [one, other].flatMap((walked, index) =>
          history(walked).listed.map(({ epochMs, from, to }) => {
            const item = stateUpdate(`alarm-${index}`, new Date(epochMs), [from, to]);
            return {
              alarmName: `alarm-${index}`,
              epochMs,
              type: 'StateUpdate',
              summary: item.HistorySummary ?? '',
              data: item.HistoryData,
            };
          }),
        );
        const action = { alarmName: 'alarm-0', epochMs: 1_000, type: 'Action', summary: 'x' };
        const sorted = newestFirst([...items.sort((a, b) => b.epochMs - a.epochMs), action]);
        expect(sorted).toHaveLength(items.length + 1);
        for (const name of ['alarm-0', 'alarm-1']) {
          const own = sorted.filter(({ alarmName, type }) => alarmName === name && type === 'StateUpdate');
          const steps = own.toReversed().map(({ summary }) => /from (\w+) to (\w+)/.exec(summary) ?? []);
          expect(countBreaks(steps.map(([, from, to = '']) => ({ from, to })))).toBe(0);
        }
      }),
    );
  });
});

describe('isOldestFirst', () => {
  it('compares the ends of the list', () => {
    const at = (...times: readonly number[]) => times.map((epochMs) => ({ epochMs }));
    expect([at(1, 5, 2), at(2, 5, 1), at(3, 3), at(4), at()].map(isOldestFirst)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
