import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { readPlotOptions } from './plot-options.ts';

describe('readPlotOptions', () => {
  it('tells what changes how values are read, and nothing of mere layout', () => {
    const options = {
      legend: { position: 'bottom', show: true },
      xAxis: { type: 'datetime' },
      yAxis: [{ type: 'linear' }, { type: 'log', label: 'ms', min: 0, max: '500' }],
      style: { lineOptions: { filled: false, stacked: true, width: 2 }, numberOptions: { sparkline: true } },
    };
    expect(readPlotOptions(options)).toEqual({
      details: ['axis log scale "ms" from 0 to 500', 'stacked'],
      strangers: [],
    });
    expect(readPlotOptions(undefined)).toEqual({ details: [], strangers: [] });
  });

  it('names each member that is not understood, by the highest one', () => {
    const options = {
      legend: { show: true, sort: { by: 'max' } },
      yAxis: [{ min: 0 }, { unit: 'ms', min: 1 }, { unit: 's' }],
      style: { barOptions: { horizontal: true }, lineOptions: { curve: 'step' } },
      thresholds: [{ value: 1 }],
    };
    expect(readPlotOptions(options).strangers).toEqual([
      'legend.sort',
      'yAxis.unit',
      'style.barOptions',
      'style.lineOptions.curve',
      'thresholds',
    ]);
  });

  it('loses no member without a word, whatever stands there', () => {
    const known = ['legend', 'xAxis', 'yAxis', 'style'];
    const name = fc.constantFrom(
      'legend',
      'yAxis',
      'style',
      'lineOptions',
      'marks',
      'tooltip',
      '__proto__',
      'toString',
    );
    fc.assert(
      fc.property(fc.dictionary(name, fc.oneof(fc.anything(), fc.dictionary(name, fc.anything()))), (options) => {
        const { strangers } = readPlotOptions(options);
        for (const member of Object.keys(options)) {
          if (known.includes(member)) continue;
          expect(strangers).toContain(member);
        }
      }),
    );
  });
});
