import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { METRIC_UNITS, normalizeUnit } from './metric-unit.ts';
import { formatNumber, formatValue } from './metric-value.ts';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [1_234_567, '1,234,567'],
    [12_345.678, '12,346'],
    [1_234.5, '1235'],
    [0.123456, '0.1235'],
    [-2.5, '-2.5'],
    [0.00001234, '1.234e-5'],
    [1.5e20, '1.500e20'],
    [Number.NaN, '–'],
  ])('%d → %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('formatValue', () => {
  it.each([
    [1_840, 'Milliseconds', '1,840 ms'],
    [85.21, 'Percent', '85.21%'],
    [1_240_000_000, 'Bytes', '1.24 GB'],
    [1_500, 'Bytes/Second', '1.5 kB/s'],
    [3, 'Count', '3'],
    [12, 'Megabits', '12 Megabits'],
    [7, undefined, '7'],
  ])('%d %s → %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });

  it('is always short', () => {
    fc.assert(
      fc.property(fc.double(), fc.constantFrom(...METRIC_UNITS), (value, unit) => {
        expect(formatValue(value, unit).length).toBeLessThanOrEqual(40);
      }),
    );
  });
});

describe('normalizeUnit', () => {
  it('takes any case and refuses what is no unit, with a near one', () => {
    expect(normalizeUnit('milliseconds', 'unit')).toBe('Milliseconds');
    expect(() => normalizeUnit('Milisecond', 'unit')).toThrow('Did you mean Milliseconds');
  });
});
