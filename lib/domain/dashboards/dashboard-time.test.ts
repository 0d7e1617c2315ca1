import { expect, it } from 'vitest';
import { readDashboardTime } from './dashboard-time.ts';

it.each([
  ['-PT3H', '-3h'],
  ['-pt3h', '-3h'],
  [' -P7D ', '-7d'],
  ['-P1Y', '-365d'],
  ['-P2M', '-60d'],
  ['-P1W', '-7d'],
  ['-P1Y1M1W1DT1H1M1S', '-34822861s'],
  ['-PT24H', '-1d'],
  ['-PT25H', '-25h'],
  ['-PT60M', '-1h'],
  ['-PT90M', '-90m'],
  ['-PT60S', '-1m'],
  ['-PT61S', '-61s'],
  ['-P100Y', '-36500d'],
  ['-P101Y', '-36500d'],
  ['-P9999Y', '-36500d'],
  ['-PT0S', undefined],
  ['-P', undefined],
  ['PT3H', undefined],
  ['-3h', undefined],
  ['2026-03-01', '2026-03-01T00:00:00Z'],
  ['2026-03-01T12:00', '2026-03-01T12:00:00Z'],
  ['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00Z'],
  ['2026-03-01t12:00:00', '2026-03-01T12:00:00Z'],
  ['2026-03-01T12:00:00+02:00', '2026-03-01T10:00:00Z'],
  ['2026-03-01T12:00:00-0230', '2026-03-01T14:30:00Z'],
  ['2026-13-01', undefined],
  ['2026-03-01T99:00', undefined],
  ['yesterday', undefined],
  ['', undefined],
])('reads %j as %s', (text, time) => {
  expect(readDashboardTime(text)).toBe(time);
});
