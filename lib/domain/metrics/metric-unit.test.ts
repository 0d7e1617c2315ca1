import { describe, expect, it } from 'vitest';
import { METRIC_UNITS, normalizeUnit } from './metric-unit.ts';

describe('normalizeUnit', () => {
  it('takes every unit in any case', () => {
    for (const unit of METRIC_UNITS) expect(normalizeUnit(unit.toUpperCase(), 'unit')).toBe(unit);
    expect(METRIC_UNITS).toHaveLength(27);
  });

  it('refuses others with the name of the parameter, a near one and all that there are', () => {
    expect(() => normalizeUnit('Milisecond', 'queries.0.unit')).toThrow(
      /^queries\.0\.unit "Milisecond" .*Milliseconds.*use one of Seconds, /,
    );
    expect(() => normalizeUnit('x'.repeat(500), 'unit')).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});
