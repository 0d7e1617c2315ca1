import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { METRIC_UNITS } from '../metric-unit.ts';
import { formatMeasure, formatTicks } from './format-measure.ts';

describe('formatMeasure', () => {
  it.each([
    [0, 'Bytes', '0 B'],
    [1_536, 'Bytes', '1.536 kB'],
    [5_000_000, 'Bytes', '5 MB'],
    [1_500, 'Bytes/Second', '1.5 kB/s'],
    [12_000, 'Bits/Second', '12 kbit/s'],
    [12, 'Megabytes', '12 MB'],
    [12, 'Kilobits/Second', '12 kbit/s'],
    [85.25, 'Percent', '85.25%'],
    [0.25, 'Seconds', '250 ms'],
    [90, 'Seconds', '90 s'],
    [600, 'Seconds', '10 min'],
    [10_800, 'Seconds', '3 h'],
    [0, 'Milliseconds', '0 ms'],
    [1_840, 'Milliseconds', '1.84 s'],
    [12, 'Microseconds', '12 µs'],
    [1_840, 'Count', '1,840'],
    [18_400, 'Count', '18.4k'],
    [2_500_000, 'Count', '2.5M'],
    [12, 'Count/Second', '12/s'],
    [-18_400, '', '-18.4k'],
    [0.000012, '', '1.20e-5'],
    [1e300, 'Count', '1.00e288T'],
    [7, 'Apples', '7 Apples'],
  ])('%s %s is %s', (value, unit, text) => {
    expect(formatMeasure(value, unit)).toBe(text);
  });

  it('never says NaN or Infinity, and stays short', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(...METRIC_UNITS),
        (value, unit) => {
          const text = formatMeasure(value, unit);
          expect(text).not.toMatch(/NaN|∞|Infinity/);
          expect(text.length).toBeLessThanOrEqual(20);
        },
      ),
    );
  });
});

describe('formatTicks', () => {
  it('labels an axis in one scale, with the decimals that tell its steps apart', () => {
    expect(formatTicks([0, 0.25, 0.5, 0.75], 'Percent')).toEqual(['0.00%', '0.25%', '0.50%', '0.75%']);
    expect(formatTicks([0, 5_000, 10_000], 'Count')).toEqual(['0k', '5k', '10k']);
    expect(formatTicks([0, 500_000, 1_000_000], 'Bytes')).toEqual(['0.0 MB', '0.5 MB', '1.0 MB']);
    expect(formatTicks([0, 0.1 + 0.2], '')).toEqual(['0.0', '0.3']);
    expect(formatTicks([0], 'Seconds')).toEqual(['0 s']);
    expect(formatTicks([], 'Seconds')).toEqual([]);
  });
});
