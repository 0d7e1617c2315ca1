import { describe, expect, it } from 'vitest';
import { toGrid, withValues } from './grid.ts';

const at = (...pairs: [number, number][]) => pairs.map(([epochMs, value]) => ({ epochMs, value }));

describe('toGrid', () => {
  it('keeps gaps as gaps, and rounds times to their place', () => {
    const grid = toGrid(at([1_000, 1], [1_059, 2], [1_301, 3]), 60);
    expect(grid).toMatchObject({ startEpochMs: 1_000, length: 6 });
    expect([grid?.indices, grid?.values]).toEqual([Int32Array.of(0, 1, 5), Float64Array.of(1, 2, 3)]);
  });

  it('keeps the later of two datapoints at one place', () => {
    expect(toGrid(at([0, 1], [2, 5]), 60)?.values).toEqual(Float64Array.of(5));
  });

  it('is none of none, and stands for other values at the same places', () => {
    expect(toGrid([], 60)).toBeUndefined();
    const grid = toGrid(at([0, 1], [60, 2]), 60);
    if (grid === undefined) throw new Error('no grid');
    expect(withValues(grid, Float64Array.of(8, 9))).toEqual({ ...grid, values: Float64Array.of(8, 9) });
  });
});
