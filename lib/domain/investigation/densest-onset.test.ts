import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../time.ts';
import { findDensestOnset } from './densest-onset.ts';
import type { MetricShift } from './metric-shift.ts';

const at = (minute: number, more: Partial<MetricShift> = {}): MetricShift => ({
  metric: {
    namespace: 'N',
    metricName: 'Errors',
    dimensions: [],
    resource: 'r',
    role: 'fault',
    layer: 'compute',
    distance: 0,
  },
  statistic: 'Sum',
  shift: { index: 0, before: 1, after: 90, deviations: 40, direction: 'up' },
  atEpochMs: minute * MINUTE_MS,
  periodMs: MINUTE_MS,
  isRegular: false,
  isSlow: false,
  ...more,
});

describe('findDensestOnset', () => {
  it('is the first of the minutes in which most moved', () => {
    expect(findDensestOnset([at(3), at(20), at(21), at(24), at(50)])).toBe(20 * MINUTE_MS);
    expect(findDensestOnset([at(9)])).toBe(9 * MINUTE_MS);
  });

  it('does not count what moves regularly or slowly', () => {
    expect(findDensestOnset([at(3, { isRegular: true }), at(4, { isSlow: true })])).toBeUndefined();
    expect(findDensestOnset([])).toBeUndefined();
  });
});
