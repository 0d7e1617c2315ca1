import { describe, expect, it } from 'vitest';
import { formatMoment, formatTimeTicks, nameZone } from './time-labels.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('formatMoment', () => {
  it('names day, time and zone', () => {
    expect(formatMoment(NOON, 'utc')).toBe('Sun 1 Mar 2026, 12:00:00 UTC');
    expect(formatMoment(NOON, 'local')).toContain('2026, ');
    expect(nameZone('utc', NOON)).toBe('UTC');
  });
});

describe('formatTimeTicks', () => {
  it('tells the date with the first time of each day', () => {
    const ticks = [NOON + 10 * HOUR_MS, NOON + 11 * HOUR_MS, NOON + 12 * HOUR_MS];
    expect(formatTimeTicks(ticks, HOUR_MS, 'utc')).toEqual(['22:00\n1 Mar', '23:00', '00:00\n2 Mar']);
  });

  it('tells seconds where steps are shorter than a minute', () => {
    expect(formatTimeTicks([NOON, NOON + 15_000], 15_000, 'utc')).toEqual(['12:00:00\n1 Mar', '12:00:15']);
  });

  it('tells days, months and years for long ranges', () => {
    expect(formatTimeTicks([NOON, NOON + 2 * DAY_MS], 2 * DAY_MS, 'utc')).toEqual(['1 Mar\n2026', '3 Mar']);
    expect(formatTimeTicks([NOON, NOON + 31 * DAY_MS], 30 * DAY_MS, 'utc')).toEqual(['Mar\n2026', 'Apr']);
    expect(formatTimeTicks([NOON, NOON + 365 * DAY_MS], 365 * DAY_MS, 'utc')).toEqual(['2026', '2027']);
  });
});
