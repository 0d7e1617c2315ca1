import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { ceilToPeriod, floorToPeriod, toPeriodUnit } from './periods.ts';

const INSTANT = Date.UTC(2026, 7, 19, 13, 47, 21, 345);

describe('periods', () => {
  it.each([
    ['ms', 250, '2026-08-19T13:47:21.250Z'],
    ['s', 30, '2026-08-19T13:47:00.000Z'],
    ['m', 5, '2026-08-19T13:45:00.000Z'],
    ['h', 6, '2026-08-19T12:00:00.000Z'],
    ['d', 1, '2026-08-19T00:00:00.000Z'],
    ['w', 1, '2026-08-17T00:00:00.000Z'],
    ['mo', 1, '2026-08-01T00:00:00.000Z'],
    ['q', 1, '2026-07-01T00:00:00.000Z'],
    ['y', 1, '2026-01-01T00:00:00.000Z'],
  ] as const)('floors to %s × %i', (unit, count, expected) => {
    expect(new Date(floorToPeriod(INSTANT, count, unit)).toISOString()).toBe(expected);
  });

  it('rounds up to the next boundary and leaves a boundary alone', () => {
    expect(new Date(ceilToPeriod(INSTANT, 1, 'mo')).toISOString()).toBe('2026-09-01T00:00:00.000Z');
    expect(ceilToPeriod(Date.UTC(2026, 8, 1), 1, 'mo')).toBe(Date.UTC(2026, 8, 1));
    expect(new Date(ceilToPeriod(INSTANT, 1, 'h')).toISOString()).toBe('2026-08-19T14:00:00.000Z');
  });

  it('knows the names of units in any case and refuses others', () => {
    expect(['m', 'MIN', 'minutes', 'hrs', 'qtr', 'mon'].map(toPeriodUnit)).toEqual(['m', 'm', 'm', 'h', 'q', 'mo']);
    expect(toPeriodUnit('fortnight')).toBeUndefined();
  });

  it('holds every instant between floor and ceiling', () => {
    const units = fc.constantFrom('ms', 's', 'm', 'h', 'd', 'w', 'mo', 'q', 'y');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 60 }), units, (epochMs, count, unit) => {
        const floor = floorToPeriod(epochMs, count, unit);
        const ceiling = ceilToPeriod(epochMs, count, unit);
        expect(floor).toBeLessThanOrEqual(epochMs);
        expect(ceiling).toBeGreaterThanOrEqual(epochMs);
        expect(floorToPeriod(floor, count, unit)).toBe(floor);
      }),
    );
  });
});
