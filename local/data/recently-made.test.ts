import { describe, expect, it } from 'vitest';
import { createLogCatalog } from './logs/catalog.ts';
import { RecentlyMade } from './recently-made.ts';

const MINUTE_MS = 60_000;
const NOW_EPOCH_MS = Date.parse('2026-03-01T12:00:00Z');

describe('RecentlyMade', () => {
  it('makes a list once, and again when others took its room', () => {
    const recent = new RecentlyMade<readonly string[]>(10);
    const made: string[] = [];
    const read = (key: string): string =>
      recent
        .read(key, () => {
          made.push(key);
          return Array<string>(4).fill(key);
        })
        .join('');
    expect([read('a'), read('b'), read('a')]).toEqual(['aaaa', 'bbbb', 'aaaa']);
    expect(made).toEqual(['a', 'b']);
    // The one read longest ago goes.
    expect([read('c'), recent.itemCount, read('a'), read('b')]).toEqual(['cccc', 8, 'aaaa', 'bbbb']);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('holds no more than its bound, of one list that is larger either', () => {
    const recent = new RecentlyMade<Float64Array>(10);
    expect(recent.read('a', () => new Float64Array(11))).toHaveLength(11);
    expect(recent.itemCount).toBe(0);
  });
});

describe('the minutes of a catalog of log groups', () => {
  it('belong to its seed and its anchor, whichever was read before', () => {
    const read = (seed: number, nowEpochMs: number) =>
      createLogCatalog(seed, nowEpochMs).map(({ account, region, name, eventsOfMinute }) => ({
        place: `${account}/${region}/${name}`,
        events: eventsOfMinute(NOW_EPOCH_MS - 30 * MINUTE_MS),
      }));
    const [first, otherSeed, otherAnchor, again] = [
      read(1, NOW_EPOCH_MS),
      read(2, NOW_EPOCH_MS),
      read(1, NOW_EPOCH_MS + 25 * MINUTE_MS),
      read(1, NOW_EPOCH_MS),
    ];
    expect(again).toEqual(first);
    expect(otherSeed).not.toEqual(first);
    // Half an hour before the anchor is in the incident, 55 minutes before it is not.
    expect(otherAnchor).not.toEqual(first);
  });

  it('cannot be changed by who reads them', () => {
    const group = createLogCatalog(1, NOW_EPOCH_MS).find(({ name }) => name.includes('checkout'));
    const events = group?.eventsOfMinute(NOW_EPOCH_MS - MINUTE_MS) ?? [];
    expect(events.length).toBeGreaterThan(100);
    expect([events, ...events].every((part) => Object.isFrozen(part))).toBe(true);
  });
});
