import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../time.ts';
import type { Alarm } from '../alarm.ts';
import type { StateChange } from '../alarm-history.ts';
import { judgeHistory } from './judge-history.ts';

const NOW = Date.parse('2026-03-15T12:00:00Z');
const RANGE = { startEpochMs: NOW - 14 * DAY_MS, endEpochMs: NOW };
const alarm = (more: Partial<Alarm> = {}): Alarm => ({
  kind: 'metric',
  name: 'checkout',
  state: 'OK',
  transitionedEpochMs: NOW - 10 * DAY_MS,
  actionsEnabled: true,
  alarmActions: [],
  okActions: [],
  insufficientDataActions: [],
  watch: { type: 'composite', rule: '' },
  condition: {},
  ...more,
});
const firings = (agoMs: readonly number[], lastsMs = 2 * MINUTE_MS): StateChange[] =>
  agoMs.flatMap((ago) =>
    (['ALARM', 'OK'] as const).map((to) => ({
      alarmName: 'checkout',
      epochMs: NOW - ago + (to === 'OK' ? lastsMs : 0),
      from: to === 'OK' ? 'ALARM' : 'OK',
      to,
      reasonData: { datapoints: [], triggeringAlarms: [] },
    })),
  );
const HOURLY = firings([8, 7, 6, 5, 4, 3].map((hours) => hours * HOUR_MS));
const UNEVEN = firings([9.3, 8.1, 7.7, 7.2].map((hours) => hours * HOUR_MS));

describe('judgeHistory', () => {
  it('tells a rhythm before flapping before a long time in ALARM', () => {
    const long = { state: 'ALARM' as const };
    expect(judgeHistory(alarm(long), HOURLY, RANGE, NOW)).toEqual({
      kind: 'regular',
      names: ['checkout'],
      why: 'fires by the clock: every 1h at :00 for 2m, 6 of 6 times',
    });
    expect(judgeHistory(alarm(long), UNEVEN, RANGE, NOW)).toEqual({
      kind: 'flapping',
      names: ['checkout'],
      why: '8 changes from 2026-03-15T02:42:00Z to 2026-03-15T04:50:00Z, 3.3 an hour',
    });
    expect(judgeHistory(alarm(long), [], RANGE, NOW)).toEqual({
      kind: 'in_alarm_for_days',
      names: ['checkout'],
      why: 'in ALARM for 10d, since 2026-03-05T12:00:00Z',
    });
  });

  it.each([
    [
      'two days',
      { state: 'ALARM', transitionedEpochMs: NOW - 2 * DAY_MS },
      'in ALARM for 2d, since 2026-03-13T12:00:00Z',
    ],
    ['a millisecond less', { state: 'ALARM', transitionedEpochMs: NOW - 2 * DAY_MS + 1 }, undefined],
    ['an unknown time', { state: 'ALARM', transitionedEpochMs: undefined }, undefined],
    ['two days in OK', { state: 'OK' }, undefined],
    ['two days without data', { state: 'INSUFFICIENT_DATA' }, undefined],
  ] as const)('judges %s', (_what, more, why) => {
    expect(judgeHistory(alarm(more), [], RANGE, NOW)?.why).toBe(why);
  });

  /** Three times on and off, `quietHours` apart from three more. */
  const twice = (quietHours: number) =>
    firings(
      [20.3, 20.1, 19.2, 19.2 - quietHours, 18.5 - quietHours, 18.4 - quietHours].map((hours) => hours * HOUR_MS),
      0,
    );

  it.each([
    // Of one run of 12 changes, or of two with 6: quiet is three hours, or six evaluations.
    ['nothing known', {}, 2.9, 12],
    ['nothing known', {}, 3.1, 6],
    ['one period of an hour', { periodSeconds: 3_600 }, 5.9, 12],
    ['one period of an hour', { periodSeconds: 3_600 }, 6.1, 6],
    ['two periods of an hour', { periodSeconds: 3_600, evaluationPeriods: 2 }, 11.9, 12],
    ['two periods of an hour', { periodSeconds: 3_600, evaluationPeriods: 2 }, 12.1, 6],
    ['periods of an unknown length', { evaluationPeriods: 5_000 }, 2.9, 12],
    ['periods of an unknown length', { evaluationPeriods: 5_000 }, 3.1, 6],
  ])('asks slow alarms for a longer quiet time: %s', (_what, condition, quietHours, changes) => {
    expect(judgeHistory(alarm({ condition }), twice(quietHours), RANGE, NOW)?.why).toMatch(`${changes} changes`);
  });
});
