import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import type { StateChange } from './alarm-history.ts';
import { describeRhythm, findRhythm } from './alarm-rhythm.ts';

const MONDAY = Date.parse('2026-03-02T00:00:00Z');

function firings(times: readonly number[], durationMs: number): StateChange[] {
  const change = (epochMs: number, from: 'OK' | 'ALARM', to: 'OK' | 'ALARM'): StateChange => ({
    alarmName: 'a',
    epochMs,
    from,
    to,
    reasonData: { datapoints: [], triggeringAlarms: [] },
  });
  return times.flatMap((time) => [change(time, 'OK', 'ALARM'), change(time + durationMs, 'ALARM', 'OK')]);
}

describe('findRhythm', () => {
  it('finds the period, the phase and the length of jobs, with a minute of jitter and a miss in twenty', () => {
    const job = fc.record({
      periodMs: fc.constantFrom(20 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, 6 * HOUR_MS, DAY_MS, 90 * MINUTE_MS),
      phaseMinutes: fc.integer({ min: 0, max: 1_439 }),
      durationMinutes: fc.integer({ min: 2, max: 15 }),
      count: fc.integer({ min: 5, max: 60 }),
      jitter: fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 60, maxLength: 60 }),
      missed: fc.nat({ max: 59 }),
    });
    fc.assert(
      fc.property(job, ({ periodMs, phaseMinutes, durationMinutes, count, jitter, missed }) => {
        const start = MONDAY + phaseMinutes * MINUTE_MS;
        const times = Array.from(
          { length: count },
          (_, index) => start + index * periodMs + (jitter[index] ?? 0) * MINUTE_MS,
        );
        const isMissed = count >= 20 && missed > 0 && missed < count - 1;
        const rhythm = findRhythm(firings(isMissed ? times.toSpliced(missed, 1) : times, durationMinutes * MINUTE_MS));
        expect(rhythm).toMatchObject({
          periodMs,
          durationMs: durationMinutes * MINUTE_MS,
          hits: count - Number(isMissed),
          expected: count,
        });
        expect(Math.abs((rhythm?.startEpochMs ?? 0) - start)).toBeLessThanOrEqual(2 * MINUTE_MS);
      }),
    );
  });

  it('finds none in firings by chance', () => {
    const exponential = fc
      .double({ min: 0.001, max: 1, noNaN: true })
      .map((share) => -Math.log(share) * 2 * HOUR_MS + 6 * MINUTE_MS);
    const samples = fc.sample(fc.array(exponential, { minLength: 4, maxLength: 40 }), { numRuns: 500, seed: 1 });
    const found = samples.filter((gaps) => {
      let time = MONDAY;
      return (
        findRhythm(
          firings(
            gaps.map((gap) => (time += Math.round(gap))),
            5 * MINUTE_MS,
          ),
        ) !== undefined
      );
    });
    expect(found.length).toBeLessThanOrEqual(5);
  });

  it.each([
    [4 * HOUR_MS, 18, 24, 42, 'every 4h at :18 for 24m, 42 of 42 times'],
    [DAY_MS, 198, 5, 7, 'every 1d at 03:18Z for 5m, 7 of 7 times'],
    [20 * MINUTE_MS, 3, 2, 9, 'every 20m for 2m, 9 of 9 times'],
  ])('tells a rhythm of %d ms', (periodMs, phase, minutes, count, text) => {
    const times = Array.from({ length: count }, (_, index) => MONDAY + phase * MINUTE_MS + index * periodMs);
    const rhythm = findRhythm(firings(times, minutes * MINUTE_MS));
    expect(rhythm && describeRhythm(rhythm)).toBe(text);
  });

  it('takes three firings for no rhythm', () => {
    expect(findRhythm(firings([0, HOUR_MS, 2 * HOUR_MS], MINUTE_MS))).toBeUndefined();
    expect(findRhythm([])).toBeUndefined();
  });

  const at = (...minutes: readonly number[]) =>
    findRhythm(
      firings(
        minutes.map((minute) => MONDAY + minute * MINUTE_MS),
        MINUTE_MS,
      ),
    );
  const every = (periodMinutes: number, count: number) =>
    Array.from({ length: count }, (_, index) => index * periodMinutes);

  it.each([10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1_440, 10_080])(
    'knows the natural period of %d minutes although most gaps are a minute longer',
    (period) => {
      const late = every(period, 30).map((minute, index) => minute + (index % 2));
      expect(at(...late)).toMatchObject({ periodMs: period * MINUTE_MS, hits: 30, expected: 30 });
    },
  );

  it.each([
    [20, 2],
    [30, 2.4],
    [60, 4.8],
    [240, 19.2],
    [250, 20],
    [360, 20],
    [1_440, 20],
  ])('takes a firing of a rhythm of %d minutes for in time that is up to %d minutes off', (period, tolerance) => {
    const hits = [tolerance - 0.01, tolerance, tolerance + 0.01].map((off) =>
      [off, -off].map((ms) => at(...every(period, 20).with(10, 10 * period + ms))?.hits),
    );
    expect(hits).toEqual([
      [20, 20],
      [20, 20],
      [19, 19],
    ]);
  });

  it('takes a gap of ten minutes less a tolerance for a period, and less for none', () => {
    expect(at(...every(8, 20))).toMatchObject({ periodMs: 8 * MINUTE_MS, hits: 20 });
    expect(at(...every(7.9, 20))).toBeUndefined();
    expect(at(...every(7, 20))).toBeUndefined();
  });

  it('asks for every time of less than ten, and for nine of ten, both ways', () => {
    const odd = [30, 90];
    const cases: readonly (readonly [number, readonly number[], readonly number[], string | undefined])[] = [
      [3, [], [], undefined],
      [4, [], [], '4 of 4'],
      [9, [], [], '9 of 9'],
      [9, [4], [], undefined],
      [9, [], [30], undefined],
      [10, [4], [], '9 of 10'],
      [10, [4, 6], [], undefined],
      [10, [], [30], '10 of 10'],
      [10, [], odd, undefined],
      [20, [4, 6], odd, '18 of 20'],
      [20, [4, 6], [...odd, 150], undefined],
      [20, [4, 6, 8], [], undefined],
    ];
    const told = cases.map(([count, missed, extra]) => {
      const times = every(60, count).filter((_, index) => !missed.includes(index));
      const found = at(...[...times, ...extra].sort((a, b) => a - b));
      return found && `${found.hits} of ${found.expected}`;
    });
    expect(told).toEqual(cases.map(([, , , expected]) => expected));
  });

  it('tells how long it fires by those that went back', () => {
    const changes = firings(
      [0, 1, 2, 3, 4].map((hour) => MONDAY + hour * HOUR_MS),
      5 * MINUTE_MS,
    );
    expect(findRhythm(changes.slice(0, -1))).toMatchObject({ hits: 5, durationMs: 5 * MINUTE_MS });
    expect(findRhythm(changes.slice(1))).toMatchObject({ hits: 4, startEpochMs: MONDAY + HOUR_MS });
  });
});

describe('describeRhythm', () => {
  const rhythm = { periodMs: HOUR_MS, startEpochMs: MONDAY + 7 * MINUTE_MS, hits: 9, expected: 10 };

  it.each([
    [undefined, ''],
    [599_000, ' for 9m 59s'],
    [600_000, ' for 10m'],
    [629_000, ' for 10m'],
    [630_000, ' for 11m'],
  ])('says of a firing of %s ms', (durationMs, words) => {
    expect(describeRhythm({ ...rhythm, ...(durationMs !== undefined && { durationMs }) })).toBe(
      `every 1h at :07${words}, 9 of 10 times`,
    );
  });

  it.each([
    [90 * MINUTE_MS, 'every 1h 30m'],
    [2 * HOUR_MS, 'every 2h at :07'],
    [DAY_MS, 'every 1d at 00:07Z'],
    [7 * DAY_MS, 'every 7d at 00:07Z'],
    [36 * HOUR_MS, 'every 1d 12h at :07'],
  ])('says when of a period of %d ms', (periodMs, words) => {
    expect(describeRhythm({ ...rhythm, periodMs })).toBe(`${words}, 9 of 10 times`);
  });
});
