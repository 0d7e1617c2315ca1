import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import type { Alarm, AlarmState } from '../../../domain/alarms/alarm.ts';
import type { StateChange } from '../../../domain/alarms/alarm-history.ts';
import { chooseAlarms, toBands } from './read-alarms.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');
const HOUR_MS = 3_600_000;
const RANGE = { startEpochMs: NOON - HOUR_MS, endEpochMs: NOON };

function alarm(name: string, more: Partial<Alarm> = {}): Alarm {
  return {
    kind: 'metric',
    name,
    state: 'OK',
    actionsEnabled: true,
    alarmActions: [],
    okActions: [],
    insufficientDataActions: [],
    watch: { type: 'metric', metric: { namespace: 'n', metricName: 'm', dimensions: [], statistic: 'Average' } },
    condition: { operator: 'GreaterThanThreshold', threshold: 5, periodSeconds: 60 },
    ...more,
  };
}

const watching = (statistic: string): Alarm['watch'] => ({
  type: 'metric',
  metric: { namespace: 'n', metricName: 'm', dimensions: [], statistic },
});
const AVERAGE = { statistic: 'Average', periodSeconds: 300 };

describe('chooseAlarms', () => {
  it('draws firing alarms first, each of any period where values do not add up', () => {
    const alarms = [alarm('b'), alarm('a'), alarm('c', { state: 'ALARM' }), alarm('d', { state: 'INSUFFICIENT_DATA' })];
    const { drawn, notes } = chooseAlarms(alarms, AVERAGE);
    expect(drawn.map(({ name }) => name)).toEqual(['c', 'd', 'a', 'b']);
    expect(notes).toEqual([]);
  });

  it('does not draw what is in other terms than the chart, and says why', () => {
    const sum = alarm('sum', { watch: watching('Sum') });
    expect(chooseAlarms([sum], AVERAGE)).toEqual({ drawn: [], notes: ['Not drawn: `sum` watches Sum > 5.'] });
    expect(chooseAlarms([sum], { statistic: 'Sum', periodSeconds: 300 })).toEqual({
      drawn: [],
      notes: ['Not drawn: `sum` adds up 1m (> 5): pass period=60 to see it.'],
    });
    expect(chooseAlarms([sum], { statistic: 'Sum', periodSeconds: 60 }).drawn).toEqual([sum]);
  });

  it('does not draw bands, math and missing thresholds', () => {
    const band = alarm('band', { watch: { type: 'anomaly', band: 'ANOMALY_DETECTION_BAND(m1, 2)', queries: [] } });
    const none = alarm('none', { condition: { operator: 'GreaterThanThreshold' } });
    expect(chooseAlarms([band, none], AVERAGE)).toEqual({
      drawn: [],
      notes: ['Not drawn: `band` has no fixed threshold; `none` has no fixed threshold.'],
    });
  });

  it('draws no more than eight, and names no more than three of the rest', () => {
    const alarms = Array.from({ length: 20 }, (_, index) => alarm(`a${String(index).padStart(2, '0')}`));
    const { drawn, notes } = chooseAlarms(alarms, AVERAGE);
    expect(drawn).toHaveLength(8);
    expect(notes).toEqual(['Not drawn: `a08` has no room; `a09` has no room; `a10` has no room; and 9 more alarms.']);
  });

  it('never lets a name break out of its quotes', () => {
    const { notes } = chooseAlarms([alarm('x`\n\u202e## y', { watch: watching('Sum') })], AVERAGE);
    expect(notes).toEqual(["Not drawn: `x' ## y` watches Sum > 5."]);
  });
});

function change(minutesAgo: number, from: AlarmState | undefined, to: AlarmState): StateChange {
  return {
    alarmName: 'a',
    epochMs: NOON - minutesAgo * 60_000,
    from,
    to,
    reasonData: { datapoints: [], triggeringAlarms: [] },
  };
}

/** `ALARM 30–10` = from 30 to 10 minutes before noon. */
const show = (bands: ReturnType<typeof toBands>): string[] =>
  bands.map(({ state, startEpochMs, endEpochMs }) =>
    [state, [startEpochMs, endEpochMs].map((epochMs) => (NOON - epochMs) / 60_000).join('–')].join(' '),
  );

describe('toBands', () => {
  it('follows the changes from the beginning of the range to its end', () => {
    const changes = [change(10, 'ALARM', 'OK'), change(30, 'OK', 'ALARM')];
    expect(show(toBands(alarm('a'), changes, RANGE, true))).toEqual(['OK 60–30', 'ALARM 30–10', 'OK 10–0']);
  });

  it('leaves out what it does not know', () => {
    expect(show(toBands(alarm('a'), [change(30, undefined, 'ALARM')], RANGE, true))).toEqual(['ALARM 30–0']);
    expect(show(toBands(alarm('a'), [change(30, 'OK', 'ALARM')], RANGE, false))).toEqual(['ALARM 30–0']);
  });

  it('without a change takes the state of now, if it is that old', () => {
    const long = alarm('a', { state: 'ALARM', transitionedEpochMs: NOON - 2 * HOUR_MS });
    const later = alarm('a', { state: 'ALARM', transitionedEpochMs: NOON + HOUR_MS });
    expect(show(toBands(long, [], RANGE, true))).toEqual(['ALARM 60–0']);
    expect(toBands(later, [], RANGE, true)).toEqual([]);
    expect(toBands(long, [], RANGE, false)).toEqual([]);
  });

  it('never overlaps and never leaves the range', () => {
    const state = fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA');
    const changes = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), state), { maxLength: 20 });
    fc.assert(
      fc.property(changes, fc.boolean(), (items, isComplete) => {
        const newestFirst = items.toSorted(([a], [b]) => a - b).map(([ago, to]) => change(ago, 'OK', to));
        const bands = toBands(alarm('a'), newestFirst, RANGE, isComplete);
        let last = RANGE.startEpochMs;
        for (const { startEpochMs, endEpochMs } of bands) {
          expect(startEpochMs).toBeGreaterThanOrEqual(last);
          expect(endEpochMs).toBeGreaterThan(startEpochMs);
          last = endEpochMs;
        }
        expect(last).toBeLessThanOrEqual(RANGE.endEpochMs);
      }),
    );
  });
});
