import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { chooseSampling, planWindows } from './arguments.ts';

const at = (time: string) => Date.parse(`2026-03-01T${time}Z`);

describe('planWindows', () => {
  it('puts the window before next to the window, as long as it and without a second in common', () => {
    expect(planWindows({ startEpochMs: at('11:20:00'), endEpochMs: at('12:00:00') })).toEqual({
      now: { startEpochMs: at('11:20:00'), endEpochMs: at('11:59:59') },
      before: { startEpochMs: at('10:40:00'), endEpochMs: at('11:19:59') },
      lengthMs: 2_400_000,
      bin: { name: '1m', stepMs: 60_000 },
      comparedWith: 'the 40m before',
    });
  });

  it.each([
    ['1d', 86_400_000, 'the same 40m a day before'],
    ['7d', 604_800_000, 'the same 40m a week before'],
  ] as const)('compares with the same hours by baseline=%s', (baseline, distanceMs, comparedWith) => {
    const windows = planWindows({ startEpochMs: at('11:20:00'), endEpochMs: at('12:00:00') }, baseline);
    expect(windows.comparedWith).toBe(comparedWith);
    expect(windows.now.startEpochMs - windows.before.startEpochMs).toBe(distanceMs);
    expect(windows.now.endEpochMs - windows.before.endEpochMs).toBe(distanceMs);
  });

  it('refuses hours that would overlap with themselves', () => {
    const range = { startEpochMs: at('11:20:00') - 2 * 86_400_000, endEpochMs: at('12:00:00') };
    expect(() => planWindows(range, '1d')).toThrow(/^baseline=1d .* would overlap with them → shorten the window/);
    expect(planWindows(range, '7d').comparedWith).toBe('the same 2d a week before');
  });

  it('holds for any range, with a number of periods that can be drawn', () => {
    const range = fc.tuple(fc.integer({ min: 1e12, max: 2e12 }), fc.integer({ min: 1, max: 400 * 86_400_000 }));
    fc.assert(
      fc.property(range, ([startEpochMs, lengthMs]) => {
        const {
          now,
          before,
          lengthMs: length,
          bin,
        } = planWindows({ startEpochMs, endEpochMs: startEpochMs + lengthMs });
        expect(now.endEpochMs - now.startEpochMs).toBe(before.endEpochMs - before.startEpochMs);
        expect(before.endEpochMs).toBe(now.startEpochMs - 1_000);
        expect(now.endEpochMs - now.startEpochMs + 1_000).toBe(length);
        expect(now.startEpochMs).toBeLessThanOrEqual(startEpochMs);
        expect(now.endEpochMs).toBeLessThan(startEpochMs + lengthMs);
        expect(now.endEpochMs + 1_000).toBeGreaterThanOrEqual(startEpochMs + lengthMs);
        expect(length / bin.stepMs).toBeLessThanOrEqual(60);
        for (const epochMs of Object.values({ ...now, first: before.startEpochMs })) expect(epochMs % 1_000).toBe(0);
      }),
    );
  });
});

describe('chooseSampling', () => {
  it.each([
    [0, 1],
    [2_000, 1],
    [2_001, 3],
    [4_001, 3],
    [10_000, 7],
    [1_000_000, 501],
  ])('takes of %i events one of %i milliseconds', (events, every) => {
    expect(chooseSampling(events, 2_000)).toBe(every);
  });

  it('shares no factor with 10 and takes no more than wanted', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 10_000 }), (events, wanted) => {
        const every = chooseSampling(events, wanted);
        expect(every === 1 || (every % 2 !== 0 && every % 5 !== 0)).toBe(true);
        expect(events / every).toBeLessThanOrEqual(wanted);
      }),
    );
  });
});
