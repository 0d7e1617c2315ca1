import { describe, expect, it } from 'vitest';
import { createLogCatalog } from './catalog.ts';
import type { LogEvent } from './log-group.ts';
import { RecentMinutes } from './recent-minutes.ts';

const MINUTE_MS = 60_000;
const NOW_EPOCH_MS = Date.parse('2026-03-01T12:00:00Z');

function writeEvents(count: number): readonly LogEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    timestampEpochMs: index,
    ingestionEpochMs: index,
    logStream: 's',
    message: `event ${index}`,
    index,
  }));
}

describe('RecentMinutes', () => {
  it('writes a minute once, and again when others took its room', () => {
    const minutes = new RecentMinutes(10);
    const written: string[] = [];
    const read = (key: string, count: number): number =>
      minutes.read(key, () => {
        written.push(key);
        return writeEvents(count);
      }).length;
    read('a', 4);
    read('b', 4);
    expect(read('a', 4)).toBe(4);
    expect(written).toEqual(['a', 'b']);
    // The one read longest ago goes.
    read('c', 4);
    expect([minutes.eventCount, read('a', 4), read('b', 4)]).toEqual([8, 4, 4]);
    expect(written).toEqual(['a', 'b', 'c', 'b']);
  });

  it('holds no more than its bound, of one minute that is larger either', () => {
    const minutes = new RecentMinutes(10);
    expect(minutes.read('a', () => writeEvents(11))).toHaveLength(11);
    expect(minutes.eventCount).toBe(0);
  });
});

describe('the minutes of a catalog', () => {
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
