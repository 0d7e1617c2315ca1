import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { type AlarmRule, fitPeriod } from './alarm-rule.ts';
import { type Derivation, deriveThreshold } from './derive-threshold.ts';
import { estimateBand } from './estimate-band.ts';
import { replayAlarm } from './replay-alarm.ts';
import { roundOutward } from './round-outward.ts';

const ABOVE: AlarmRule = {
  statistic: 'Sum',
  periodSeconds: 60,
  comparison: 'GreaterThanThreshold',
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  missingData: 'missing',
};
const BELOW: AlarmRule = { ...ABOVE, comparison: 'LessThanThreshold' };
const DAY = 1_440;
const OPTIONS = { unit: undefined, incidents: [] };
const noise = (step: number): number => Math.abs((Math.sin(step * 12.9898) * 43_758.5453) % 1);

function historyOf(count: number, valueAt: (step: number) => number | undefined) {
  const values = Float64Array.from({ length: count }, (_, step) => valueAt(step) ?? Number.NaN);
  return { startEpochMs: 0, periodMs: 60_000, values, count: values.filter((value) => !Number.isNaN(value)).length };
}

function derive(history: ReturnType<typeof historyOf>, rule = ABOVE, unit?: string): Derivation {
  const derived = deriveThreshold(history, rule, { ...OPTIONS, unit });
  if (typeof derived === 'string') throw new Error(derived);
  return derived;
}

describe('deriveThreshold', () => {
  it('lies beyond what is usual, above or below', () => {
    const history = historyOf(14 * DAY, (step) => 100 + 10 * noise(step));
    const above = derive(history);
    expect(above.threshold).toBeGreaterThan(110);
    expect(above.threshold).toBeLessThan(115);
    const below = derive(history, BELOW);
    expect(below.threshold).toBeLessThan(100);
    expect(below.threshold).toBeGreaterThan(95);
    expect([above, below]).toMatchObject([{ percent: 99, bound: 'margin' }, { percent: 99 }]);
    expect(above.verdict.whole).toEqual(replayAlarm(history, ABOVE, above.threshold));
  });

  it('takes the first level that would have fired once a week at most', () => {
    // Ten minutes a night at 200 are not the exception, the one hour at 500 is.
    const history = historyOf(14 * DAY, (step) =>
      step >= 9_000 && step < 9_020 ? 500 : step % DAY < 20 ? 200 + noise(step) : 100 + noise(step),
    );
    const { threshold, verdict, percent } = derive(history);
    expect(threshold).toBeGreaterThan(200);
    expect(threshold).toBeLessThan(500);
    expect(percent).toBe(99);
    expect(verdict.whole.alarmsEpochMs).toHaveLength(1);
  });

  it.each([
    ['above', ABOVE, [50, 200], 50],
    ['above, the other way round', ABOVE, [200, 50], 50],
    ['below', BELOW, [-50, -200], -50],
    ['below, the other way round', BELOW, [-200, -50], -50],
  ] as const)(
    'of a constant takes the mildest of the incidents, each by its own minutes: %s',
    (_, rule, sizes, level) => {
      // The mild one is short, the other long: minutes of both together would have the median of the long one.
      const lengths = sizes.map((size) => (Math.abs(size) === 50 ? 5 : 60));
      const incidents = [10_000, 11_000].map((step, index) => ({
        startEpochMs: step * 60_000,
        endEpochMs: (step + (lengths[index] ?? 0)) * 60_000,
      }));
      const history = historyOf(14 * DAY, (step) => {
        const index = incidents.findIndex((one) => step * 60_000 >= one.startEpochMs && step * 60_000 < one.endEpochMs);
        return 1_000 + (sizes[index] ?? 0);
      });
      const later = { ...history, startEpochMs: 60_000 * DAY };
      const moved = incidents.map(({ startEpochMs, endEpochMs }) => ({
        startEpochMs: startEpochMs + later.startEpochMs,
        endEpochMs: endEpochMs + later.startEpochMs,
      }));
      for (const [asked, given] of [
        [history, incidents],
        [later, moved],
      ] as const)
        expect(deriveThreshold(asked, rule, { ...OPTIONS, incidents: given })).toMatchObject({
          level: 1_000 + level,
          median: 1_000,
          bound: 'incident',
        });
    },
  );

  it('looks at the errors alone where most minutes have none', () => {
    const history = historyOf(14 * DAY, (step) => (step % 997 === 0 ? 1 + (step % 5) : 0));
    const derived = derive(history);
    expect(derived.activeCount).toBeGreaterThan(10);
    expect(derived.threshold).toBeGreaterThanOrEqual(1);
    expect(Number.isInteger(derived.threshold)).toBe(true);
  });

  it('invents no number', () => {
    expect(
      deriveThreshold(
        historyOf(0, () => 1),
        ABOVE,
        OPTIONS,
      ),
    ).toBe('few');
    expect(
      deriveThreshold(
        historyOf(10 * DAY, (step) => (step % DAY === 0 ? step : undefined)),
        ABOVE,
        OPTIONS,
      ),
    ).toBe('few');
    expect(
      deriveThreshold(
        historyOf(DAY - 1, (step) => step),
        ABOVE,
        OPTIONS,
      ),
    ).toBe('short');
    expect(
      deriveThreshold(
        historyOf(DAY, () => 0),
        ABOVE,
        OPTIONS,
      ),
    ).toBe('constant');
    expect(
      deriveThreshold(
        historyOf(DAY, (step) => step % 2),
        ABOVE,
        OPTIONS,
      ),
    ).toBe('state');
    const idle = historyOf(DAY, (step) => (step % 3 === 0 ? 0 : 5 + noise(step)));
    expect(deriveThreshold(idle, BELOW, OPTIONS)).toBe('bound');
  });

  it('stays where the metric can get to', () => {
    const busy = historyOf(2 * DAY, (step) => 70 + 28 * noise(step));
    const percent = derive(busy, ABOVE, 'Percent');
    expect(percent).toMatchObject({ bound: 'top', top: 100 });
    expect(percent.threshold).toBeGreaterThan(97);
    expect(percent.threshold).toBeLessThan(100);
    expect(derive(busy, ABOVE, 'Count').threshold).toBeGreaterThan(100);
    const low = derive(
      historyOf(2 * DAY, (step) => 1 + 99 * noise(step)),
      BELOW,
    );
    expect(low).toMatchObject({ bound: 'zero' });
    expect(low.threshold).toBeGreaterThan(0);
    const full = historyOf(2 * DAY, (step) => (step % 3 === 0 ? 100 : 50 + noise(step)));
    expect(deriveThreshold(full, ABOVE, { ...OPTIONS, unit: 'Percent' })).toBe('bound');
  });

  it('never gives anything but a finite number beyond the median that its own replay was made with', () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -5, max: 100 }));
    fc.assert(
      fc.property(
        fc.array(fc.option(value, { nil: undefined, freq: 8 }), { minLength: 24, maxLength: 60 }),
        fc.constantFrom(ABOVE, BELOW, { ...ABOVE, comparison: 'GreaterThanOrEqualToThreshold' as const }),
        fc.constantFrom(undefined, 'Percent', 'Count'),
        (values, rule, unit) => {
          const history = { ...historyOf(values.length, (step) => values[step]), periodMs: 3_600_000 };
          const derived = deriveThreshold(history, rule, { ...OPTIONS, unit });
          if (typeof derived === 'string') return;
          expect(Number.isFinite(derived.threshold)).toBe(true);
          if (rule === BELOW) expect(derived.threshold).toBeLessThan(derived.median);
          else expect(derived.threshold).toBeGreaterThan(derived.median);
          expect(derived.verdict.whole).toEqual(replayAlarm(history, rule, derived.threshold));
        },
      ),
    );
  });
});

describe('the threshold of whole numbers', () => {
  it('is whole, beyond the median, and fires at the same values as the number it was rounded from', () => {
    const comparison = fc.constantFrom(
      'GreaterThanThreshold' as const,
      'GreaterThanOrEqualToThreshold' as const,
      'LessThanThreshold' as const,
      'LessThanOrEqualToThreshold' as const,
    );
    // Few different values, so that level and median lie within one.
    const values = fc.array(fc.integer({ min: -3, max: 12 }), { minLength: 24, maxLength: 60 });
    fc.assert(
      fc.property(values, comparison, (whole, name) => {
        const rule = { ...ABOVE, comparison: name };
        const history = { ...historyOf(whole.length, (step) => whole[step]), periodMs: 3_600_000 };
        const derived = deriveThreshold(history, rule, OPTIONS);
        if (typeof derived === 'string') return;
        expect(Number.isInteger(derived.threshold)).toBe(true);
        expect(Math.sign(derived.threshold - derived.median)).toBe(name.startsWith('Greater') ? 1 : -1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('roundOutward', () => {
  it.each([
    [1_234.5, 'above', 50, 1_300, 1_240],
    [1_234.5, 'below', 50, 1_200, 1_200],
    [0.0412, 'above', 0.001, 0.042, 0.042],
    [1_000_003, 'above', 0.5, 1_000_003, 1_000_003],
    [99.5, 'above', 10, 100, 100],
    [-7.34, 'below', 1, -7.4, -7.4],
    [0, 'above', 1, 0, 0],
  ] as const)('rounds %d %s within %d', (value, direction, slack, ...allowed) => {
    expect(allowed).toContain(roundOutward(value, direction, slack));
  });

  it('never goes inward, nor farther than the slack', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom('above', 'below'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (value, direction, share) => {
          const slack = Math.abs(value) * share;
          const rounded = roundOutward(value, direction, slack);
          if (direction === 'above') expect(rounded).toBeGreaterThanOrEqual(value);
          else expect(rounded).toBeLessThanOrEqual(value);
          expect(Math.abs(rounded - value)).toBeLessThanOrEqual(slack);
        },
      ),
    );
  });
});

describe('estimateBand', () => {
  const residuals = (valueAt: (step: number) => number, sigma: number) => ({
    startEpochMs: 0,
    stepMs: 60_000,
    length: 14 * DAY,
    indices: Int32Array.from({ length: 14 * DAY }, (_, step) => step),
    values: Float64Array.from({ length: 14 * DAY }, (_, step) => valueAt(step)),
    sigma,
  });

  it('takes the narrowest band that would have fired once a week at most', () => {
    const estimate = (valueAt: (step: number) => number, side: 'above' | 'below' | 'both') =>
      estimateBand(residuals(valueAt, 1), ABOVE, side, []);
    expect(estimate((step) => noise(step) - 0.5, 'both').width).toBe(2);
    const bursts = (step: number) => (step % DAY < 10 ? 3.5 : 0);
    expect(estimate(bursts, 'above')).toMatchObject({ width: 4, isNoisy: false, verdict: { usual: { alarms: 0 } } });
    expect(estimate(bursts, 'below').width).toBe(2);
    expect(estimate(bursts, 'both').width).toBe(4);
  });

  it('says where even the widest band would fire daily, unless it does so in incidents', () => {
    const daily = residuals((step) => (step % DAY < 10 ? 30 : 0), 1);
    expect(estimateBand(daily, ABOVE, 'above', [])).toMatchObject({ isNoisy: true });
    const once = residuals((step) => (step > 5_000 && step < 6_000 && step % 100 < 20 ? 30 : 0), 1);
    const incident = { startEpochMs: 5_000 * 60_000, endEpochMs: 6_100 * 60_000 };
    expect(estimateBand(once, ABOVE, 'above', [])).toMatchObject({ isNoisy: true });
    expect(estimateBand(once, ABOVE, 'above', [incident])).toMatchObject({ isNoisy: false });
  });

  it('claims nothing where nothing varies', () => {
    expect(
      estimateBand(
        residuals(() => 0, 0),
        ABOVE,
        'both',
        [],
      ),
    ).toEqual({ width: 2, isNoisy: false });
  });
});

describe('fitPeriod', () => {
  it('takes the period in which the metric is published, and no more periods than fit', () => {
    expect(fitPeriod(ABOVE, undefined)).toEqual(ABOVE);
    expect(fitPeriod(ABOVE, 10)).toEqual(ABOVE);
    expect(fitPeriod(ABOVE, 290)).toMatchObject({ periodSeconds: 300, evaluationPeriods: 5, datapointsToAlarm: 3 });
    expect(fitPeriod({ ...ABOVE, evaluationPeriods: 15, datapointsToAlarm: 15 }, 86_400)).toMatchObject({
      periodSeconds: 86_400,
      evaluationPeriods: 7,
      datapointsToAlarm: 7,
    });
  });
});
