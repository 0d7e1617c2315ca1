import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { isAppError } from '../../errors.ts';
import { isAdditive, normalizeStatistic, toSqlFunction } from './statistic.ts';

describe('normalizeStatistic', () => {
  it.each([
    ['AVG', 'Average'],
    ['average', 'Average'],
    ['SUM', 'Sum'],
    ['min', 'Minimum'],
    ['MAX', 'Maximum'],
    ['Count', 'SampleCount'],
    ['sample_count', 'SampleCount'],
    ['Sample Count', 'SampleCount'],
    ['median', 'p50'],
    ['iqm', 'IQM'],
    ['P99', 'p99'],
    ['P99.90', 'p99.9'],
    ['p(99)', 'p99'],
    ['p0', 'p0'],
    ['p100', 'p100'],
    ['tm90', 'tm90'],
    ['WM98', 'wm98'],
    ['ts5', 'ts5'],
    ['tm(10%:90%)', 'TM(10%:90%)'],
    ['TM( 10% : 90% )', 'TM(10%:90%)'],
    ['TC(0.005:0.030)', 'TC(0.005:0.030)'],
    ['WM(150:1000)', 'WM(150:1000)'],
    ['TS(80%:)', 'TS(80%:)'],
    ['PR(:100)', 'PR(:100)'],
    ['pr(100:2000)', 'PR(100:2000)'],
  ])('takes %s for %s', (text, expected) => {
    expect(normalizeStatistic(text)).toBe(expected);
  });

  it.each([
    'p101',
    'p999',
    'p-1',
    'p',
    'tm',
    '99',
    'PR(10%:20%)',
    'PR(:)',
    'TM(90%:10%)',
    'TM(5:5)',
    'TM(10%:50)',
    'TM(:101%)',
    'constructor',
    'Averages',
    '',
  ])('refuses %j and lists what there is', (text) => {
    expect(() => normalizeStatistic(text)).toThrow(/is not a statistic.*→ use Average, Sum, Minimum, Maximum/);
  });

  it('says why a percentile or a rank is out of bounds', () => {
    expect(() => normalizeStatistic('p120')).toThrow('lies between 0 and 100');
    expect(() => normalizeStatistic('PR(5%:)')).toThrow('PR takes values');
  });

  it('leaves what it gave unchanged, and refuses everything else with our error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(p|tm|TM|PR)\(?[0-9.%:]{0,8}\)?$/)), (text) => {
        try {
          const name = normalizeStatistic(text);
          expect(normalizeStatistic(name)).toBe(name);
        } catch (error) {
          expect(isAppError(error)).toBe(true);
        }
      }),
    );
  });
});

describe('toSqlFunction', () => {
  it('knows the five functions of Metrics Insights by any of their names', () => {
    expect(['AVG', 'Sum', 'minimum', 'MAX', 'SampleCount'].map((name) => toSqlFunction(name))).toEqual([
      'AVG',
      'SUM',
      'MIN',
      'MAX',
      'COUNT',
    ]);
  });

  it('refuses percentiles, naming the argument', () => {
    expect(() => toSqlFunction('p99', 'order_by_statistic')).toThrow(
      'order_by_statistic "p99" does not exist in Metrics Insights',
    );
  });
});

describe('isAdditive', () => {
  it('tells statistics that may be added up over time', () => {
    expect(['Sum', 'SampleCount', 'tc90', 'TS(80%:)'].every(isAdditive)).toBe(true);
    expect(['Average', 'Maximum', 'p99', 'tm90', undefined].some(isAdditive)).toBe(false);
  });
});
