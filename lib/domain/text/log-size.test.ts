import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { estimateScanUsd, formatBytes, formatUsd } from './log-size.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [999.7, '1 kB'],
    [1_000, '1 kB'],
    [1_234, '1.23 kB'],
    [45_600_000, '45.6 MB'],
    [999_499_999, '999 MB'],
    [999_500_000, '1 GB'],
    [9_999_999_999, '10 GB'],
    [5e18, '5 EB'],
    [-1, '0 B'],
    [Number.NaN, '0 B'],
    [Number.POSITIVE_INFINITY, '0 B'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('has at most three digits and is within half a percent of the truth', () => {
    const units: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15, EB: 1e18 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        const [number = '', unit = ''] = formatBytes(bytes).split(' ');
        expect(number.replace('.', '').length).toBeLessThanOrEqual(3);
        expect(Math.abs(Number(number) * (units[unit] ?? 0) - bytes)).toBeLessThanOrEqual(bytes * 0.005 + 0.5);
      }),
    );
  });
});

describe('costs', () => {
  it.each([
    [0, '$0'],
    [0.000_01, 'under $0.0001'],
    [0.0123, '$0.0123'],
    [0.5, '$0.5'],
    [1.234, '$1.23'],
  ])('writes %d dollars as %s', (usd, text) => {
    expect(formatUsd(usd)).toBe(text);
  });

  it('counts a gigabyte as 10⁹ bytes', () => {
    expect(estimateScanUsd(2_000_000_000, 0.005)).toBeCloseTo(0.01);
    expect(estimateScanUsd(-5, 0.005)).toBe(0);
  });
});
