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

describe('drawSparkline, wherever it begins', () => {
  const START = 1_000_000;
  const from = (points: readonly (readonly [number, number])[], more: object = {}) =>
    drawSparkline(
      points.map(([offset, value]) => ({ epochMs: START + offset, value })),
      { startEpochMs: START, endEpochMs: START + 80, width: 8, stepMs: 10, ...more },
    );

  it('puts each datapoint into its place, and those outside to the ends', () => {
    expect(
      from([
        [0, 1],
        [10, 2],
        [79, 8],
      ]),
    ).toBe('▁▂·····█');
    expect(
      from([
        [-30, 8],
        [35, 1],
        [200, 8],
      ]),
    ).toBe('█··▁···█');
    expect(
      from([
        [9, 1],
        [10, 8],
      ]),
    ).toBe('▁█······');
  });

  it('draws one datapoint, and no character for less than a step', () => {
    expect(from([[0, 5]])).toBe('▄·······');
    expect(
      from(
        [
          [0, 1],
          [30, 2],
        ],
        { stepMs: 20 },
      ),
    ).toBe('▁█··');
    expect(
      from(
        [
          [0, 1],
          [30, 2],
        ],
        { stepMs: 30 },
      ),
    ).toBe('▁█·');
    expect(
      from(
        [
          [0, 1],
          [30, 2],
        ],
        { stepMs: 1_000 },
      ),
    ).toBe('▁');
    expect(
      from(
        [
          [0, 1],
          [79, 2],
        ],
        { width: 1 },
      ),
    ).toBe('▁');
    expect(from([[0, 5]], { endEpochMs: START })).toBe('');
    expect(from([[0, 5]], { endEpochMs: START - 1 })).toBe('');
  });

  it('shows of several the one farthest from the median, of equal ones the first', () => {
    const four = { width: 2 };
    expect(
      from(
        [
          [0, 5],
          [10, 9],
          [20, 5],
          [40, 5],
          [50, 0],
          [60, 5],
        ],
        four,
      ),
    ).toBe('█▁');
    expect(
      from(
        [
          [0, 4],
          [10, 6],
          [40, 5],
          [50, 5],
          [60, 5],
        ],
        four,
      ),
    ).toBe('▁▅');
    expect(
      from(
        [
          [0, 6],
          [10, 4],
          [40, 5],
          [50, 5],
          [60, 5],
        ],
        four,
      ),
    ).toBe('█▅');
  });
});
