import { describe, expect, it } from 'vitest';
import { valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { powerAt, powerSpectrum } from './power-spectrum.ts';

/** By its definition. */
function slowSpectrum(series: Float64Array, size: number): number[] {
  return Array.from({ length: size / 2 + 1 }, (_, k) => {
    let [real, imaginary] = [0, 0];
    series.forEach((value, at) => {
      real += value * Math.cos((2 * Math.PI * k * at) / size);
      imaginary -= value * Math.sin((2 * Math.PI * k * at) / size);
    });
    return real ** 2 + imaginary ** 2;
  });
}

describe('powerSpectrum', () => {
  it.each([
    [1, 2],
    [3, 4],
    [13, 16],
    [32, 32],
    [50, 64],
  ])('of %d values at %d places is the square of their Fourier transform', (length, size) => {
    const series = valuesOf('noise', length);
    const powers = powerSpectrum(series, size);
    const slow = slowSpectrum(series, size);
    expect(powers).toHaveLength(slow.length);
    for (const [k, power] of slow.entries()) expect(powers[k]).toBeCloseTo(power, 8);
  });

  it('gives one frequency as the whole does', async () => {
    const series = valuesOf('wave', 64);
    const powers = powerSpectrum(series, 64);
    for (const cycles of [0, 1, 5, 6, 31, 32]) expect(powerAt(series, cycles)).toBeCloseTo(powers[cycles] ?? 0, 7);
    await expectTable(
      'series-analysis/power-spectrum',
      [0.5, 2.25, 5.33].map((cycles) => [`${cycles} cycles`, powerAt(series, cycles)]),
    );
  });
});
