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
});
