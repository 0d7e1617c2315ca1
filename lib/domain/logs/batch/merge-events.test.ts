import { describe, expect, it } from 'vitest';
import type { InsightsRow } from '../insights-rows.ts';
import type { EventsPlan } from './batch-plan-types.ts';
import { mergeEvents } from './merge-events.ts';

const PLAN: EventsPlan = {
  kind: 'events',
  query: '',
  limit: 10,
  isOwnLimit: false,
  hidden: [],
  order: [{ column: 't', isDescending: true }],
  timeOrder: 'newest',
  dedup: [],
  isOnePerEvent: true,
};

function row(t: number, more: Readonly<Record<string, string>> = {}): InsightsRow {
  return Object.entries({ t: String(t), ...more }).map(([field, value]) => ({ field, value }));
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
});
