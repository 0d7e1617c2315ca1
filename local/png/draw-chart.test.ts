import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../test/support/property.ts';
import type { Color } from './canvas.ts';
import { drawChart } from './draw-chart.ts';
import type { DrawnChart } from './drawn-chart.ts';
import { layOut } from './layout.ts';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 2, 1, 9);
const BLUE: Color = [0, 0, 255];
const RED: Color = [255, 0, 0];

function chartOf(values: readonly (number | undefined)[], more: Partial<DrawnChart> = {}): DrawnChart {
  const points = values.flatMap((value, index) =>
    value === undefined ? [] : [{ value, at: START + index * MINUTE_MS }],
  );
  return {
    width: 600,
    height: 300,
    title: 'A title',
    axisLabel: 'Count',
    startEpochMs: START,
    endEpochMs: START + values.length * MINUTE_MS,
    series: [
      {
        label: 'a series',
        color: BLUE,
        periodSeconds: 60,
        timestampsEpochMs: points.map(({ at }) => at),
        values: points.map(({ value }) => value),
      },
    ],
    lines: [],
    marks: [],
    ...more,
  };
}

const paint = (chart: DrawnChart): PNG => PNG.sync.read(Buffer.from(drawChart(chart)));

function isColor({ width, data }: PNG, x: number, y: number, color: Color): boolean {
  const at = (y * width + x) * 4;
  return color.every((wanted, channel) => Math.abs(wanted - (data[at + channel] ?? 0)) < 100);
}

/** The rows of a column within the plot that have a color. */
function rowsOf(picture: PNG, chart: DrawnChart, x: number, color: Color): number[] {
  const { plot } = layOut(chart);
  return Array.from({ length: plot.bottom - plot.top + 1 }, (_, row) => plot.top + row).filter((y) =>
    isColor(picture, x, y, color),
  );
}

describe('drawChart', () => {
  it('draws each datapoint where its time and its value are', () => {
    const chart = chartOf([0, 40, 10, 100, 60, 60, 20, 80]);
    const picture = paint(chart);
    const { toX, toY } = layOut(chart);
    for (const [index, value] of (chart.series[0]?.values ?? []).entries()) {
      const [x, y] = [Math.floor(toX(START + index * MINUTE_MS)), Math.floor(toY(value))];
      const near = [-1, 0, 1].flatMap((right) => [-2, -1, 0, 1].map((down) => [x + right, y + down] as const));
      expect(
        near.some(([left, top]) => isColor(picture, left, top, BLUE)),
        `point ${index}`,
      ).toBe(true);
    }
  });

  it('has time to the right and values upwards, on a scale from the lowest to the highest tick', () => {
    const { plot, toX, toY, valueTicks } = layOut(chartOf([0, 100]));
    expect([toX(START), toX(START + 2 * MINUTE_MS)]).toEqual([plot.left, plot.right]);
    expect([toY(0), toY(100)]).toEqual([plot.bottom, plot.top]);
    expect(toY(25)).toBeCloseTo(plot.bottom - (plot.bottom - plot.top) / 4);
    expect(valueTicks.map(({ label }) => label)).toEqual(['0', '25', '50', '75', '100']);
  });

  it('leaves gaps as gaps, and shows a lone datapoint as a dot', () => {
    const chart = chartOf([50, 50, undefined, undefined, 50, undefined, undefined, 50, 50]);
    const picture = paint(chart);
    const { toX } = layOut(chart);
    const at = (minutes: number): number[] =>
      rowsOf(picture, chart, Math.floor(toX(START + minutes * MINUTE_MS)), BLUE);
    expect([at(0.5), at(7.5)].every((rows) => rows.length > 0)).toBe(true);
    expect([at(2), at(3), at(5.5)]).toEqual([[], [], []]);
    expect(at(4).length).toBeGreaterThan(2);
  });

  it('draws dashed lines at their values, and stretches the scale to hold them', () => {
    const chart = chartOf([1, 2, 3], { lines: [{ value: 50, label: 'limit', color: RED }] });
    const picture = paint(chart);
    const { plot, toY } = layOut(chart);
    const row = Array.from({ length: plot.right - plot.left }, (_, index) =>
      isColor(picture, plot.left + index, Math.floor(toY(50)), RED),
    );
    expect(row.filter(Boolean).length).toBeGreaterThan(row.length / 2);
    expect(row.filter((isSet) => !isSet).length).toBeGreaterThan(row.length / 5);
  });

  it('names as many series as there is room for', () => {
    const [one] = chartOf([1, 2]).series;
    const many = Array.from({ length: 90 }, (_, index) => ({ ...one, label: `series ${index}`, color: BLUE }));
    const { legend, plot } = layOut(chartOf([1, 2], { series: many as DrawnChart['series'] }));
    const shown = legend.filter(({ index }) => index !== undefined).length;
    expect(legend.at(-1)).toMatchObject({ index: undefined, text: `+ ${90 - shown} more` });
    expect(plot.bottom - plot.top).toBeGreaterThan(100);
  });

  it('has a picture for anything', () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer({ min: -1_000, max: 1_000 }),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE, -Number.MAX_VALUE, 0, 5e-324),
    );
    fc.assert(
      fc.property(
        fc.array(fc.option(value, { nil: undefined }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 120 }),
        fc.string({ unit: anyCharacter, maxLength: 50 }),
        fc.option(value, { nil: undefined }),
        (values, width, height, label, line) => {
          const lines = line === undefined ? [] : [{ value: line, label, color: RED }];
          const picture = paint(chartOf(values, { width, height, title: label, axisLabel: label, lines }));
          expect([picture.width, picture.height]).toEqual([width, height]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
