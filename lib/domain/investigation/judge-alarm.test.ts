import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import { type AlarmSeries, judgeAlarm } from './judge-alarm.ts';

const AT = Date.UTC(2026, 4, 20, 14, 0);
const END = AT + 30 * MINUTE_MS;

/** @param valueAt by minutes before the change of the alarm; NaN = no datapoint */
function seriesOf(valueAt: (minutesBefore: number) => number, more: Partial<AlarmSeries> = {}): AlarmSeries {
  const read = (lengthMs: number, stepMs: number) => {
    const times = Array.from(
      { length: Math.floor((lengthMs + END - AT) / stepMs) },
      (_, index) => AT - lengthMs + index * stepMs,
    );
    const known = times.filter((time) => !Number.isNaN(valueAt((AT - time) / MINUTE_MS)));
    return { timestampsEpochMs: known, values: known.map((time) => valueAt((AT - time) / MINUTE_MS)) };
  };
  return {
    fine: read(26 * HOUR_MS, MINUTE_MS),
    long: read(14 * DAY_MS, 5 * MINUTE_MS),
    finePeriodMs: MINUTE_MS,
    longPeriodMs: 5 * MINUTE_MS,
    atEpochMs: AT,
    endEpochMs: END,
    side: 'above',
    isCount: false,
    ...more,
  };
}

const noise = (minute: number): number => {
  const wave = Math.sin(minute * 12.9898) * 43_758.5453;
  return wave - Math.floor(wave) - 0.5;
};
const agoOf = (epochMs: number | undefined): number => (AT - (epochMs ?? 0)) / MINUTE_MS;

describe('judgeAlarm', () => {
  it.each([4, 11, 70, 200])('finds the first datapoint outside of the usual, %i minutes before the alarm', (onset) => {
    const judged = judgeAlarm(seriesOf((minute) => (minute <= onset ? 90 : 30) + noise(minute)));
    expect(judged.verdict).toBe('changed');
    expect(Math.abs(agoOf(judged.onsetEpochMs) - onset)).toBeLessThanOrEqual(1);
  });

  it('takes a counter without a datapoint for one that counted nothing', () => {
    const counted = (minute: number): number => (minute <= 5 ? 80 : Number.NaN);
    const judged = judgeAlarm(seriesOf(counted, { isCount: true }));
    expect(judged).toMatchObject({ verdict: 'changed', before: 0 });
    expect(agoOf(judged.onsetEpochMs)).toBe(5);
    expect(judgeAlarm(seriesOf(counted)).verdict).toBe('insufficient_data');
    expect(judgeAlarm(seriesOf(counted, { isCount: true, side: 'below' })).verdict).toBe('insufficient_data');
  });

  it('knows the hours of the day', () => {
    const season = (minute: number): number => 100 + 60 * Math.sin((minute / 1_440) * 2 * Math.PI);
    const judged = judgeAlarm(seriesOf((minute) => season(minute) * (minute <= 9 ? 3 : 1) + noise(minute)));
    expect(judged).toMatchObject({ verdict: 'changed' });
    expect(agoOf(judged.onsetEpochMs)).toBe(9);
  });

  it('dates a leak to its first hours', () => {
    const leak = judgeAlarm(seriesOf((minute) => 46 + 40 * Math.max(0, 1 - minute / 12_960) + noise(minute)));
    expect(leak).toMatchObject({ verdict: 'changed', isSlow: true });
    expect(Math.abs(agoOf(leak.onsetEpochMs) - 12_960)).toBeLessThan(240);
  });

  const week = (minute: number): number => {
    const time = AT - minute * MINUTE_MS;
    const isWeekend = [0, 6].includes(new Date(time).getUTCDay());
    return (100 + 40 * Math.sin((minute / 1_440) * 2 * Math.PI)) * (isWeekend ? 0.6 : 1);
  };

  it.each([
    [11 * 60, 3],
    [20 * 60, 3],
    [40 * 60, 2.2],
    [5 * 24 * 60, 2.2],
  ])('dates a step of %i minutes ago that still holds, to the half hour', (onset, factor) => {
    // Of days that go up and down, a weekend after the step would tell of an end.
    for (const usual of onset < 3 * 1_440 ? [() => 30, week] : [() => 30]) {
      const judged = judgeAlarm(seriesOf((minute) => usual(minute) * (minute <= onset ? factor : 1) + noise(minute)));
      expect(judged).toMatchObject({ verdict: 'changed' });
      expect(Math.abs(agoOf(judged.onsetEpochMs) - onset)).toBeLessThanOrEqual(30);
    }
  });

  it.each([
    ['nothing', () => 1],
    ['a step that is over', (minute: number) => (minute <= 3 * 1_440 && minute > 1_440 ? 3 : 1)],
    ['a step to the good side', (minute: number) => (minute <= 2 * 1_440 ? 0.3 : 1)],
  ])('calls nothing unusual where there was %s in a week with a weekend', (_what, factorAt) => {
    for (const shiftDays of [0, 1, 2, 3, 4, 5, 6]) {
      const usual = (minute: number) => week(minute + shiftDays * 1_440) * factorAt(minute) + noise(minute) * 8;
      expect(['nothing_unusual', 'recurring']).toContain(judgeAlarm(seriesOf(usual)).verdict);
    }
  });

  it('knows a job of every night', () => {
    const nightly = (minute: number): number => ((minute + 20 + 1_440) % 1_440 <= 40 ? 95 : 27);
    expect(judgeAlarm(seriesOf((minute) => nightly(minute) + noise(minute)))).toMatchObject({ verdict: 'recurring' });
  });

  it('does not call unusual what comes for minutes now and then and goes by itself', () => {
    const spikes = (...starts: readonly number[]) =>
      judgeAlarm(
        seriesOf((minute) => (starts.some((at) => minute <= at && minute > at - 10) ? 90 : 30) + noise(minute)),
      );
    expect(spikes(0, 2_340, 7_020, 9_120, 15_510)).toMatchObject({
      verdict: 'nothing_unusual',
      repeats: { kind: 'common' },
      why: 'it went as far 4 other times within two weeks, for minutes each, and back by itself',
    });
    expect(spikes(0, 2_340, 7_020)).toMatchObject({ verdict: 'changed', why: 'its series left its usual' });
  });

  it('knows of no bad side no repeats', () => {
    const nightly = (minute: number): number => ((minute + 20 + 1_440) % 1_440 <= 40 ? 95 : 27) + noise(minute);
    expect(judgeAlarm(seriesOf(nightly, { side: undefined }))).not.toHaveProperty('repeats');
  });

  it('finds the minute in which datapoints stopped', () => {
    const judged = judgeAlarm(seriesOf((minute) => (minute <= 6 ? Number.NaN : 1), { side: 'below' }));
    expect(judged).toMatchObject({ verdict: 'changed', isStopped: true });
    expect(agoOf(judged.onsetEpochMs)).toBe(6);
  });

  it('says what cannot be judged, and what is chance', () => {
    expect(judgeAlarm(seriesOf(() => Number.NaN))).toMatchObject({ verdict: 'insufficient_data' });
    expect(judgeAlarm(seriesOf((minute) => (minute > 2 ? Number.NaN : 90)))).toMatchObject({
      verdict: 'insufficient_data',
    });
    expect(judgeAlarm(seriesOf((minute) => 30 + noise(minute)))).toMatchObject({ verdict: 'nothing_unusual' });
    expect(judgeAlarm(seriesOf(() => 12))).toMatchObject({ verdict: 'nothing_unusual' });
  });
});
