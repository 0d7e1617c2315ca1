import { describe, expect, it } from 'vitest';
import { drawSparkline } from './sparkline.ts';

const range = { startEpochMs: 0, endEpochMs: 8, width: 8, stepMs: 1 };
const at = (...values: (number | undefined)[]) =>
  values.flatMap((value, epochMs) => (value === undefined ? [] : [{ epochMs, value }]));

describe('drawSparkline', () => {
  it('goes from the lowest to the highest value', () => {
    expect(drawSparkline(at(0, 1, 2, 3, 4, 5, 6, 7), range)).toBe('▁▂▃▄▅▆▇█');
  });

  it('shows gaps, and a constant in the middle', () => {
    expect(drawSparkline(at(3, undefined, 3), { ...range, endEpochMs: 3, width: 3 })).toBe('▄·▄');
  });

  it('keeps a spike and a drop where a character stands for several', () => {
    expect(drawSparkline(at(5, 5, 5, 9, 5, 0, 5, 5), { ...range, width: 4 })).toBe('▅█▁▅');
  });

  it('counts from zero where that is asked, and says nothing of nothing', () => {
    expect(drawSparkline(at(8, 8, 8, 7), { ...range, endEpochMs: 4, width: 4, low: 0 })).toBe('███▇'.replace('▇', '█'));
    expect(drawSparkline([], range)).toBe('');
    expect(drawSparkline(at(1), { ...range, endEpochMs: 0 })).toBe('');
  });

  it('stands the largest numbers', () => {
    expect(drawSparkline(at(-Number.MAX_VALUE, Number.MAX_VALUE), { ...range, endEpochMs: 2, width: 2 })).toBe('▁█');
  });
});
