import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { DAY_MS, formatAgo, formatDuration, formatTime, HOUR_MS, MINUTE_MS, parseTime, resolveRange } from './time.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('parseTime', () => {
  it.each([
    ['now', NOW],
    ['NOW()', NOW],
    [' now ', NOW],
    ['-3h', NOW - 3 * HOUR_MS],
    ['2h', NOW - 2 * HOUR_MS],
    ['now-1d', NOW - DAY_MS],
    ['now - 90 minutes', NOW - 90 * MINUTE_MS],
    ['+5m', NOW + 5 * MINUTE_MS],
    ['1.5h', NOW - 1.5 * HOUR_MS],
    ['3 days ago', NOW - 3 * DAY_MS],
    ['1 week', NOW - 7 * DAY_MS],
    ['2026-03-01', Date.parse('2026-03-01T00:00:00Z')],
    ['2026-03-01T10:30', Date.parse('2026-03-01T10:30:00Z')],
    ['2026-03-01 10:30:15', Date.parse('2026-03-01T10:30:15Z')],
    ['2026-03-01T10:30:15.250Z', Date.parse('2026-03-01T10:30:15.250Z')],
    ['2026-03-01T10:30:15.123456789Z', Date.parse('2026-03-01T10:30:15.123Z')],
    ['2026-03-01T10:30:00+02:00', Date.parse('2026-03-01T08:30:00Z')],
    ['2026-03-01T10:30:00-0530', Date.parse('2026-03-01T16:00:00Z')],
    ['2028-02-29', Date.parse('2028-02-29T00:00:00Z')],
    ['1772366400', 1_772_366_400_000],
    ['1772366400123', 1_772_366_400_123],
    ['1772366400.5', 1_772_366_400_500],
    ['2026-03-01 10:30 UTC', Date.parse('2026-03-01T10:30:00Z')],
    ['2026-03-01T10:30:15 gmt', Date.parse('2026-03-01T10:30:15Z')],
    ['2026-03-01 UTC', Date.parse('2026-03-01T00:00:00Z')],
    ['2026/03/01 10:30', Date.parse('2026-03-01T10:30:00Z')],
    ['today', Date.parse('2026-03-01T00:00:00Z')],
    ['Yesterday', Date.parse('2026-02-28T00:00:00Z')],
    ['yesterday UTC', Date.parse('2026-02-28T00:00:00Z')],
    ['last hour', NOW - HOUR_MS],
    ['the past 30 minutes', NOW - 30 * MINUTE_MS],
    ['last 7 days', NOW - 7 * DAY_MS],
    ['an hour ago', NOW - HOUR_MS],
    ['1h30m', NOW - 90 * MINUTE_MS],
    ['now-1h 30m', NOW - 90 * MINUTE_MS],
    ['P1D', NOW - DAY_MS],
    ['-PT3H', NOW - 3 * HOUR_MS],
    ['P1DT12H', NOW - 1.5 * DAY_MS],
    ['P2W', NOW - 14 * DAY_MS],
  ])('reads %j', (text, expected) => {
    expect(parseTime(text, NOW)).toBe(expected);
  });

  it.each([
    '',
    'last week',
    'last',
    'hour',
    'ago',
    'an ago',
    'P',
    'PT',
    'P1M',
    'P1Y',
    '2026-03-01T10:30+02:00 UTC',
    '1h 30',
    '1h30x',
    'yesterday 10:00',
    '3',
    '-3',
    '3 parsecs',
    '2026-02-30',
    '2026-13-01',
    '2026-3-1',
    '10:30',
    '--3h',
    '2026-03-01T25:00',
    '<script>',
    '9'.repeat(400),
  ])('refuses %j and names the parameter and the forms', (text) => {
    expect(() => parseTime(text, NOW, 'start_time')).toThrow(/^start_time .* is not a time → use ISO 8601/);
  });

  it('reads back every time that formatTime writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.parse('2200-01-01') }), (epochMs) => {
        expect(parseTime(formatTime(epochMs), NOW)).toBe(epochMs);
      }),
    );
  });

  it('takes epoch seconds and milliseconds for the same moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }), (seconds) => {
        expect(parseTime(String(seconds), NOW)).toBe(parseTime(String(seconds * 1_000), NOW));
      }),
    );
  });

  it('counts relative times from now, whatever the spacing and the case', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999 }),
        fc.constantFrom('s', 'm', 'H', 'd', 'w', 'min', 'hours'),
        (amount, unit) => {
          const reference = parseTime(`-${amount}${unit}`, NOW);
          for (const form of [
            `now-${amount}${unit}`,
            `now - ${amount} ${unit}`,
            `${amount}${unit}`,
            `${amount} ${unit} ago`,
          ]) {
            expect(parseTime(form, NOW)).toBe(reference);
          }
          expect(reference).toBeLessThanOrEqual(NOW);
        },
      ),
    );
  });
});

describe('resolveRange', () => {
  it('gives start and end', () => {
    expect(resolveRange('-1h', 'now', NOW)).toEqual({ startEpochMs: NOW - HOUR_MS, endEpochMs: NOW });
  });

  it('cuts an end in the future to little more than now', () => {
    expect(resolveRange('-1h', '2030-01-01', NOW).endEpochMs).toBe(NOW + 5 * MINUTE_MS);
  });

  it('takes a named day as a whole, in UTC and up to now', () => {
    const midnight = Date.parse('2026-03-01T00:00:00Z');
    expect(resolveRange('yesterday', 'yesterday', NOW)).toEqual({
      startEpochMs: midnight - DAY_MS,
      endEpochMs: midnight,
    });
    expect(resolveRange('today', 'today', NOW)).toEqual({ startEpochMs: midnight, endEpochMs: NOW });
    expect(resolveRange('last hour', 'now', NOW)).toEqual({ startEpochMs: NOW - HOUR_MS, endEpochMs: NOW });
  });

  it.each([
    ['-3h', 'last hour', /end_time "last hour" is a stretch of time, not an end → pass it as the start/],
    ['now', '-1h', /is not before end_time/],
    ['-1h', '-1h', /is not before end_time/],
    ['2030-01-01', '2031-01-01', /lies in the future/],
    ['soon', 'now', /start_time "soon" is not a time/],
    ['-1h', 'later', /end_time "later" is not a time/],
  ])('refuses %j to %j', (start, end, message) => {
    expect(() => resolveRange(start, end, NOW)).toThrow(message);
  });
});

describe('formatting', () => {
  it.each([
    [0, '0s'],
    [999, '1s'],
    [45_000, '45s'],
    [34 * MINUTE_MS, '34m'],
    [125 * MINUTE_MS, '2h 5m'],
    [DAY_MS + 30_000, '1d'],
    [3 * DAY_MS + 4 * HOUR_MS + 59_000, '3d 4h'],
    [-90_000, '1m 30s'],
  ])('writes %d ms as %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });

  it('tells the past from the future', () => {
    expect(formatAgo(NOW - 90_000, NOW)).toBe('1m 30s ago');
    expect(formatAgo(NOW + 60_000, NOW)).toBe('in 1m');
    expect(formatTime(Number.NaN)).toBe('an unknown time');
  });
});
