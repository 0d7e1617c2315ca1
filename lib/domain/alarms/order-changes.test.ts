import { describe, expect, it } from 'vitest';
import { stateUpdate } from '../../../test/support/alarm-fixtures.ts';
import { fc } from '../../../test/support/property.ts';
import { ALARM_STATES, type AlarmState } from './alarm.ts';
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

  const at = (epochMs: number, from: AlarmState | undefined, to: AlarmState) => ({ epochMs, from, to });

  it('goes round circles of one moment in the order in which they were given, oldest or newest first', () => {
    const circles = [
      at(1, 'ALARM', 'OK'),
      at(2, 'OK', 'ALARM'),
      at(2, 'ALARM', 'OK'),
      at(2, 'OK', 'INSUFFICIENT_DATA'),
      at(2, 'INSUFFICIENT_DATA', 'OK'),
      at(3, 'OK', 'ALARM'),
    ];
    expect(inOrder(circles)).toEqual(circles);
    expect(inOrder(circles.toReversed())).toEqual(circles);
  });

  it('sorts by time what was given in no order', () => {
    const changes = [at(2, 'OK', 'ALARM'), at(5, 'ALARM', 'OK'), at(1, 'ALARM', 'OK'), at(4, 'OK', 'ALARM')];
    for (const given of [changes, changes.toReversed()]) {
      expect(inOrder([...given, at(9, 'OK', 'ALARM')]).map(({ epochMs }) => epochMs)).toEqual([1, 2, 4, 5, 9]);
      expect(inOrder([at(9, 'OK', 'ALARM'), ...given]).map(({ epochMs }) => epochMs)).toEqual([1, 2, 4, 5, 9]);
    }
  });

  it('begins a circle where all that follow can begin, first as it was given', () => {
    const [on, off] = [['OK', 'ALARM'] as const, ['ALARM', 'OK'] as const];
    const tell = (...moments: readonly (readonly (readonly [AlarmState, AlarmState])[])[]) =>
      inOrder(moments.flatMap((steps, index) => steps.map(([from, to]) => at(index, from, to)))).map(
        ({ epochMs, from }) => `${epochMs} ${from}`,
      );
    expect(tell([on, off], [off, on])).toEqual(['0 OK', '0 ALARM', '1 OK', '1 ALARM']);
    expect(tell([off, on], [on, off])).toEqual(['0 ALARM', '0 OK', '1 ALARM', '1 OK']);
    expect(tell([off, on], [off, on], [on])).toEqual(['0 OK', '0 ALARM', '1 OK', '1 ALARM', '2 OK']);
    expect(
      tell(
        [off, on],
        [
          ['OK', 'INSUFFICIENT_DATA'],
          ['INSUFFICIENT_DATA', 'OK'],
        ],
      ),
    ).toEqual(['0 OK', '0 ALARM', '1 OK', '1 INSUFFICIENT_DATA']);
  });

  it('keeps what no way reaches, and what came from an unknown state', () => {
    const apart = [at(1, 'OK', 'ALARM'), at(1, 'INSUFFICIENT_DATA', 'ALARM')];
    expect(inOrder(apart)).toHaveLength(2);
    expect(new Set(inOrder(apart))).toEqual(new Set(apart));
    const unknown = [at(1, undefined, 'ALARM'), at(1, 'ALARM', 'OK'), at(2, 'OK', 'ALARM')];
    expect(inOrder(unknown)).toEqual(unknown);
    expect(inOrder(unknown.toReversed())).toEqual(unknown);
    expect(inOrder([])).toEqual([]);
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

describe('newestFirst, of entries that change no state', () => {
  const entry = (epochMs: number, type: string, summary: string) => ({ alarmName: 'a', epochMs, type, summary });
  const told = (items: readonly ReturnType<typeof entry>[]) => newestFirst(items).map(({ summary }) => summary);

  it.each(['Action', 'ConfigurationUpdate', 'AlarmContributorStateUpdate', 'StateUpdate'])(
    'sorts %s by time, and leaves those of one moment in their order',
    (type) => {
      const newest = [entry(3, type, 'd'), entry(2, type, 'c'), entry(2, type, 'b'), entry(1, type, 'a')];
      expect(told(newest)).toEqual(['d', 'c', 'b', 'a']);
      expect(told(newest.toReversed())).toEqual(['d', 'c', 'b', 'a']);
      expect(told([entry(2, type, 'c'), entry(9, type, 'e'), entry(1, type, 'a')])).toEqual(['e', 'c', 'a']);
      expect(told([entry(2, type, 'c'), entry(9, type, 'e'), entry(3, type, 'd')])).toEqual(['e', 'd', 'c']);
      expect(told([])).toEqual([]);
    },
  );

  it('puts no changes of contributors into an order: each has states of its own', () => {
    const [one, two] = ['from ALARM to OK', 'from OK to ALARM'];
    const given = [2, 1].flatMap((epochMs) =>
      [one, two].map((words) => entry(epochMs, 'AlarmContributorStateUpdate', words)),
    );
    expect(told(given)).toEqual([one, two, one, two]);
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
