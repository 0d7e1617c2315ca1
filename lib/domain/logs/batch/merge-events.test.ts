import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import type { InsightsRow } from '../insights-rows.ts';
import type { EventsPlan } from './batch-plan-types.ts';
import { type EventList, mergeEvents as mergeInSteps } from './merge-events.ts';

const PLAN: EventsPlan = {
  kind: 'events',
  query: '',
  limit: 10,
  isOwnLimit: false,
  hidden: [],
  order: [{ column: 't', isDescending: true }],
  promisedKeys: 1,
  timeOrder: 'newest',
  dedup: [],
  isOnePerEvent: true,
};

function row(t: number, more: Readonly<Record<string, string>> = {}): InsightsRow {
  return Object.entries({ t: String(t), ...more }).map(([field, value]) => ({ field, value }));
}

function mergeEvents(lists: readonly EventList[], plan: EventsPlan) {
  const merged = finish(mergeInSteps(lists, plan));
  return { ...merged, rows: merged.rows.map((taken) => taken.row) };
}

describe('mergeEvents', () => {
  it('orders by the keys and cuts at the limit', () => {
    const lists = [
      { rows: [row(9), row(5), row(1)], isWhole: true },
      { rows: [row(8), row(7)], isWhole: true },
    ];
    expect(mergeEvents(lists, { ...PLAN, limit: 4 }).rows).toEqual([row(9), row(8), row(7), row(5)]);
  });

  it('gives an event once, however often its pointer comes', () => {
    const lists = [
      { rows: [row(9, { '@ptr': 'a' })], isWhole: true },
      { rows: [row(9, { '@ptr': 'a' }), row(9, { '@ptr': 'b' }), row(9)], isWhole: true },
    ];
    expect(mergeEvents(lists, PLAN)).toMatchObject({ dropped: 1, rows: { length: 3 } });
  });

  it('keeps the first of each value of dedup, and whatever lacks it', () => {
    const plan = { ...PLAN, dedup: ['h'], isOnePerEvent: false };
    const lists = [
      { rows: [row(9, { h: 'x' }), row(3)], isWhole: true },
      { rows: [row(8, { h: 'x' }), row(7, { h: 'y' }), row(2)], isWhole: true },
    ];
    expect(mergeEvents(lists, plan).rows).toEqual([row(9, { h: 'x' }), row(7, { h: 'y' }), row(3), row(2)]);
  });

  it('stops where it does not know what comes next', () => {
    const lists = [
      { rows: [row(9), row(8)], isWhole: false },
      { rows: [row(5)], isWhole: true },
    ];
    expect(mergeEvents(lists, PLAN).rows).toEqual([row(9), row(8)]);
  });

  it('says whether a row stands behind the limit, a double being none', () => {
    const double = { '@ptr': 'a' };
    const lists = [
      { rows: [row(9), row(8, double)], isWhole: true },
      { rows: [row(8, double)], isWhole: true },
    ];
    expect(mergeEvents(lists, { ...PLAN, limit: 2 })).toMatchObject({ dropped: 1, hasMore: false });
    expect(mergeEvents(lists, { ...PLAN, limit: 1 })).toMatchObject({ hasMore: true, rows: { length: 1 } });
  });

  const order = [
    { column: 'v', isDescending: false },
    { column: 't', isDescending: true },
  ];
  const values = (...cells: readonly (string | undefined)[]) => ({
    rows: cells.map((v, index) => row(100 - index, v === undefined ? {} : { v })),
    isWhole: true,
  });
  const shown = ({ rows }: { rows: readonly InsightsRow[] }) =>
    rows.map((cells) => cells.find(({ field }) => field === 'v')?.value);

  it('orders naturally, texts before numbers', () => {
    const lists = [values('host-2', 'host-10', '3'), values('host-9', '-1', '20')];
    const merged = mergeEvents(lists, { ...PLAN, order });
    expect(shown(merged)).toEqual(['host-2', 'host-9', 'host-10', '-1', '3', '20']);
    expect(merged.unordered).toEqual([]);
  });

  it('puts missing values where the lists have them, else last', () => {
    const first = [values(undefined, 'a'), values(undefined, undefined), values('b')];
    expect(shown(mergeEvents(first, { ...PLAN, order }))).toEqual([undefined, undefined, undefined, 'a', 'b']);
    const last = [values('a', undefined), values(undefined), values('b')];
    expect(shown(mergeEvents(last, { ...PLAN, order }))).toEqual(['a', 'b', undefined, undefined]);
    expect(shown(mergeEvents([values(undefined), values('b')], { ...PLAN, order }))).toEqual(['b', undefined]);
  });

  it('names the lists in another order than the documented one, ties left aside', () => {
    const byUnit = [values('host-10', 'host-2'), values('a', undefined, 'b'), values('1', '01', '1.0')];
    expect(mergeEvents(byUnit, { ...PLAN, order }).unordered).toEqual([0, 1]);
  });

  it('says which list each row is of', () => {
    const lists = [
      { rows: [row(9), row(5)], isWhole: true },
      { rows: [row(9), row(8)], isWhole: true },
    ];
    expect(finish(mergeInSteps(lists, PLAN)).rows.map(({ list }) => list)).toEqual([0, 1, 1, 0]);
  });

  it('does no more than five hundred rows in a step, however many lists there are', () => {
    const lists = Array.from({ length: 30 }, (_, list) => ({
      rows: Array.from({ length: 400 }, (_row, at) => row(1_000_000 - at * 30 - list)),
      isWhole: true,
    }));
    const steps = mergeInSteps(lists, { ...PLAN, limit: 10_000 });
    let count = 1;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) count += 1;
    // Looked at for missing values, merged as far as the limit goes, and looked at for their order.
    expect(count).toBeGreaterThanOrEqual((12_000 + 10_000 + 12_000) / 500);
    expect(step.value.rows.map((taken) => Number(taken.row[0]?.value))).toEqual(
      Array.from({ length: 10_000 }, (_, at) => 1_000_000 - at),
    );
  });
});
