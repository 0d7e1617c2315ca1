/** Where everything of a chart stands, in pixels. Any size down to one pixel has a layout; what has no room is left out. */
import type { Box } from './canvas.ts';
import type { DrawnChart } from './drawn-chart.ts';
import { fitText, measureText } from './text.ts';
import { listTimeTicks, listValueTicks, type Tick } from './ticks.ts';

export interface ScaledChart {
  /** Where the data is drawn. */
  readonly plot: Box;
  readonly toX: (epochMs: number) => number;
  readonly toY: (value: number) => number;
}

export interface LegendEntry {
  /** Of the series; undefined for the note on what has no room. */
  readonly index: number | undefined;
  readonly text: string;
  readonly left: number;
  readonly top: number;
}

export interface ChartLayout extends ScaledChart {
  readonly padding: number;
  readonly titleTop: number;
  readonly axisLabelTop: number;
  readonly valueTicks: readonly Tick[];
  readonly timeTicks: readonly Tick[];
  readonly legend: readonly LegendEntry[];
}

const PADDING = 12;
const ROW = 15;
const MAX_LEGEND_ROWS = 4;
const SWATCH_WIDTH = 14;
const LEGEND_GAP = 18;
const TICK_HEIGHT = 42;
const LABEL_WIDTH = 76;
/** Larger ones would overflow where bounds are subtracted. */
const MAX_VALUE = 1e300;
/** Where the lowest value is not far from zero, the axis begins there. */
const ZERO_SHARE = 0.5;

export function layOut(chart: DrawnChart): ChartLayout {
  const { width, height, startEpochMs, endEpochMs } = chart;
  const padding = Math.min(PADDING, Math.floor(Math.min(width, height) / 10));
  const rows = placeLegend(chart, padding);
  const titleTop = padding;
  const axisLabelTop = chart.title === '' ? padding : padding + ROW + 2;
  const top = chart.axisLabel === '' ? axisLabelTop + 4 : axisLabelTop + ROW + 3;
  const bottom = Math.max(top + 1, height - padding - rows.length * ROW - ROW - 8);
  const [low, high] = findBounds(chart);
  const valueTicks = listValueTicks(low, high, Math.max(1, Math.floor((bottom - top) / TICK_HEIGHT)));
  const labelWidth = Math.max(0, ...valueTicks.map(({ label }) => measureText(label)));
  const plot = {
    left: Math.min(padding + labelWidth + 6, width - 1),
    top: Math.min(top, height - 1),
    right: Math.max(Math.min(padding + labelWidth + 7, width), width - padding),
    bottom: Math.min(bottom, height),
  };
  const lowest = chart.low ?? valueTicks[0]?.at ?? low;
  const highest = chart.high ?? valueTicks.at(-1)?.at ?? high;
  const count = Math.max(1, Math.floor((plot.right - plot.left) / LABEL_WIDTH));
  const legendTop = plot.bottom + ROW + 8;
  return {
    padding,
    titleTop,
    axisLabelTop,
    plot,
    valueTicks: valueTicks.filter(({ at }) => at >= lowest && at <= highest),
    timeTicks: listTimeTicks(startEpochMs, endEpochMs, count),
    legend: rows.flatMap((row, index) => row.map((entry) => ({ ...entry, top: legendTop + index * ROW }))),
    toX: (epochMs) => plot.left + ((epochMs - startEpochMs) / (endEpochMs - startEpochMs)) * (plot.right - plot.left),
    toY: (value) => plot.bottom - ((value - lowest) / (highest - lowest || 1)) * (plot.bottom - plot.top),
  };
}

/** Of what is drawn, with some room. */
function findBounds({ series, lines, low, high }: DrawnChart): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  const take = (value: number): void => {
    if (!Number.isFinite(value)) return;
    least = Math.min(least, Math.max(value, -MAX_VALUE));
    most = Math.max(most, Math.min(value, MAX_VALUE));
  };
  for (const { values } of series) for (const value of values) take(value);
  for (const { value } of lines) take(value);
  if (least > most) return [low ?? 0, high ?? (low ?? 0) + 1];
  if (least > 0 && least < most * ZERO_SHARE) least = 0;
  if (least === most) {
    const around = Math.max(Math.abs(least) / 2, 1e-9);
    return [low ?? (least === 0 ? 0 : least - around), high ?? (least === 0 ? 1 : most + around)];
  }
  return [low ?? least, high ?? most];
}

type PlacedEntry = Omit<LegendEntry, 'top'>;

function placeLegend({ series, width, height }: DrawnChart, padding: number): PlacedEntry[][] {
  const maxRows = Math.min(MAX_LEGEND_ROWS, Math.floor(height / 4 / ROW));
  const maxWidth = width - 2 * padding;
  const rows: PlacedEntry[][] = [];
  let left = Number.POSITIVE_INFINITY;
  for (const [index, { label }] of series.entries()) {
    const text = fitText(label, maxWidth - SWATCH_WIDTH);
    const needed = SWATCH_WIDTH + measureText(text);
    if (left + needed > width - padding) {
      if (rows.length === maxRows) {
        const note = `+ ${series.length - index} more`;
        const last = rows.at(-1);
        if (last !== undefined && left + measureText(note) <= width - padding)
          last.push({ index: undefined, text: note, left });
        break;
      }
      rows.push([]);
      left = padding;
    }
    rows.at(-1)?.push({ index, text, left });
    left += needed + LEGEND_GAP;
  }
  return rows;
}
