import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import type { AlarmState } from './alarm.ts';
import { summarizeActivity } from './alarm-activity.ts';
import type { StateChange } from './alarm-history.ts';
import { inOrder } from './order-changes.ts';

const RANGE = { startEpochMs: 0, endEpochMs: 24 * HOUR_MS };

function change(epochMs: number, from: AlarmState | undefined, to: AlarmState): StateChange {
  return { alarmName: 'a', epochMs, from, to, reasonData: { datapoints: [], triggeringAlarms: [] } };
}

/** On at each time, off ten minutes later. */
const flaps = (...hours: readonly number[]): StateChange[] =>
  hours.flatMap((hour) => [
    change(hour * HOUR_MS, 'OK', 'ALARM'),
    change(hour * HOUR_MS + 10 * MINUTE_MS, 'ALARM', 'OK'),
  ]);

describe('summarizeActivity', () => {
  it('adds up the time in ALARM, also before the first and after the last change', () => {
    const changes = [change(2 * HOUR_MS, 'ALARM', 'OK'), change(21 * HOUR_MS, 'OK', 'ALARM')];
    expect(summarizeActivity(changes, RANGE)).toMatchObject({ changes: 2, firings: 1, inAlarmMs: 5 * HOUR_MS });
    expect(summarizeActivity(changes, RANGE).inAlarmShare).toBeCloseTo(5 / 24);
  });

  it('takes the state of a range without changes from now, if it has held that long', () => {
    expect(summarizeActivity([], RANGE, { current: { state: 'ALARM', sinceEpochMs: -1 } }).inAlarmShare).toBe(1);
    expect(summarizeActivity([], RANGE, { current: { state: 'OK', sinceEpochMs: 0 } }).inAlarmMs).toBe(0);
    expect(summarizeActivity([], RANGE, { current: { state: 'ALARM', sinceEpochMs: 1 } }).inAlarmMs).toBeUndefined();
    expect(summarizeActivity([], RANGE).inAlarmMs).toBeUndefined();
  });

  it('names flapping with its rate', () => {
    expect(summarizeActivity(flaps(1, 2, 3, 4), RANGE).flapping).toEqual({
      changes: 8,
      startEpochMs: HOUR_MS,
      endEpochMs: 4 * HOUR_MS + 10 * MINUTE_MS,
      changesPerHour: (7 * 60) / 190,
    });
  });

  it('does not call a few changes, or changes far apart, flapping', () => {
    expect(summarizeActivity(flaps(1, 2), RANGE).flapping).toBeUndefined();
    expect(summarizeActivity(flaps(0, 6, 12, 18), RANGE).flapping).toBeUndefined();
  });

  it('gives slow alarms more time between changes', () => {
    expect(summarizeActivity(flaps(0, 6, 12, 18), RANGE, { evaluationMs: HOUR_MS }).flapping).toMatchObject({
      changes: 8,
    });
  });

  it('survives changes at one and the same time', () => {
    const changes = Array.from({ length: 6 }, () => change(HOUR_MS, 'OK', 'ALARM'));
    expect(summarizeActivity(changes, RANGE).flapping).toMatchObject({ changes: 6, changesPerHour: undefined });
  });

  it('reads changes of one moment in the order in which they follow from each other, however the list is sorted', () => {
    const state = fc.constantFrom<AlarmState>('OK', 'ALARM');
    const steps = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(state, steps, fc.boolean(), (first, gaps, isAscending) => {
        let [now, from] = [HOUR_MS, first];
        const truth = gaps.map((gap) => {
          now += gap * MINUTE_MS;
          const to = from === 'OK' ? 'ALARM' : 'OK';
          const step = change(now, from, to);
          from = to;
          return step;
        });
        const inAlarmMs = truth.reduce(
          (sum, { epochMs, to }, index) => {
            const until = truth[index + 1]?.epochMs ?? RANGE.endEpochMs;
            return sum + (to === 'ALARM' ? until - epochMs : 0);
          },
          first === 'ALARM' ? (truth[0]?.epochMs ?? 0) : 0,
        );
        // All at once, nothing tells which way the list runs.
        const isOfOneMoment = truth[0]?.epochMs === now;
        const listed = isAscending && !isOfOneMoment ? truth : truth.toReversed();
        expect(inOrder(listed)).toEqual(truth);
        expect(summarizeActivity(listed, RANGE).inAlarmMs).toBe(inAlarmMs);
      }),
    );
  });

  it('never finds more time in ALARM than there is, in any order of the changes', () => {
    const state = fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -10, max: 30 }), state, state)), (steps) => {
        const changes = steps.map(([hour, from, to]) => change(hour * HOUR_MS, from, to));
        const activity = summarizeActivity(changes, RANGE);
        const share = activity.inAlarmShare ?? 0;
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(activity.flapping?.changes ?? 6).toBeGreaterThanOrEqual(6);
      }),
    );
  });
});
