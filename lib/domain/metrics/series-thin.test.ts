import { describe, expect, it } from 'vitest';
import { thinPoints } from './series-thin.ts';

const points = [5, 1, 9, 4, 4, 4, 4, 7].map((value, epochMs) => ({ epochMs, value }));

describe('thinPoints', () => {
  it('keeps first, last, lowest and highest, in order of time', () => {
    expect(thinPoints(points, 4).map(({ value }) => value)).toEqual([5, 1, 9, 7]);
  });

  it('keeps all where there is room, and none where there is none', () => {
    expect(thinPoints(points, 8)).toBe(points);
    expect(thinPoints(points, 0)).toEqual([]);
    expect(thinPoints([], 3)).toEqual([]);
    expect(thinPoints(points, 1)).toEqual([points[7]]);
  });

  it('gives as many as asked for, each once', () => {
    for (let count = 1; count <= 8; count += 1) expect(new Set(thinPoints(points, count)).size).toBe(count);
  });
});
