/** Draws time series as a picture: what CloudWatch does for GetMetricWidgetImage. */
import { type Box, Canvas, type Color, type Point } from './canvas.ts';
import type { DrawnChart, DrawnLine, DrawnMark, DrawnSeries } from './drawn-chart.ts';
import { type ChartLayout, layOut, type ScaledChart } from './layout.ts';
import { drawText, fitText, LINE_HEIGHT, measureText, TEXT_HEIGHT } from './text.ts';

const TEXT: Color = [84, 91, 100];
const DARK: Color = [22, 25, 31];
const GRID: Color = [234, 237, 237];
const AXIS: Color = [170, 183, 184];
const WHITE: Color = [255, 255, 255];
const LINE_THICKNESS = 1.6;
const DOT_THICKNESS = 4;
const DASH = 6;
const SWATCH = 9;
const LABEL_GAP = 6;
/** Periods without a datapoint that break a line. */
const GAP_PERIODS = 1.5;

/** A PNG. */
export function drawChart(chart: DrawnChart): Uint8Array {
  const canvas = new Canvas(chart.width, chart.height);
  const layout = layOut(chart);
  drawHead(canvas, chart, layout);
  drawGrid(canvas, layout);
  // A line along the upper edge is seen whole.
  const area = { ...layout.plot, top: layout.plot.top - 1 };
  for (const series of chart.series) {
    for (const part of splitAtGaps(series, layout)) {
      canvas.stroke(part, series.color, part.length === 1 ? DOT_THICKNESS : LINE_THICKNESS, area);
    }
  }
  for (const line of chart.lines) drawLine(canvas, line, layout);
  for (const mark of chart.marks) drawMark(canvas, mark, layout);
  drawLegend(canvas, chart, layout);
  return canvas.toPng();
}

function drawHead(
  canvas: Canvas,
  { title, axisLabel, width }: DrawnChart,
  { plot, padding, titleTop, axisLabelTop }: ChartLayout,
): void {
  drawText(canvas, fitText(title, width - 2 * padding, true), padding, titleTop, { color: DARK, isBold: true });
  drawText(canvas, fitText(axisLabel, plot.right - padding), padding, axisLabelTop, { color: TEXT });
}

function drawGrid(canvas: Canvas, { plot, valueTicks, timeTicks, toX, toY }: ChartLayout): void {
  for (const { at, label } of valueTicks) {
    const y = Math.floor(toY(at));
    canvas.fillBox({ left: plot.left, top: y, right: plot.right, bottom: y + 1 }, GRID);
    drawText(canvas, label, plot.left - 6 - measureText(label), y - 3, { color: TEXT });
  }
  let freeFrom = 0;
  for (const { at, label } of timeTicks) {
    const x = Math.floor(toX(at));
    canvas.fillBox({ left: x, top: plot.bottom, right: x + 1, bottom: plot.bottom + 4 }, AXIS);
    const left = Math.min(Math.max(plot.left, x - (measureText(label) >> 1)), plot.right - measureText(label));
    if (left < freeFrom) continue;
    drawText(canvas, label, left, plot.bottom + 7, { color: TEXT });
    freeFrom = left + measureText(label) + LABEL_GAP;
  }
  canvas.fillBox({ left: plot.left, top: plot.bottom, right: plot.right, bottom: plot.bottom + 1 }, AXIS);
}

/** A datapoint stands where its period begins. */
function splitAtGaps(series: DrawnSeries, { toX, toY }: ScaledChart): Point[][] {
  const parts: Point[][] = [];
  const breakMs = series.periodSeconds * 1_000 * GAP_PERIODS;
  let previousEpochMs = Number.NEGATIVE_INFINITY;
  for (const [index, epochMs] of series.timestampsEpochMs.entries()) {
    const value = series.values[index];
    if (value === undefined || !Number.isFinite(value)) continue;
    const point = { x: toX(epochMs), y: toY(value) };
    if (epochMs - previousEpochMs > breakMs) parts.push([point]);
    else parts.at(-1)?.push(point);
    previousEpochMs = epochMs;
  }
  return parts;
}

function drawLine(canvas: Canvas, { value, label, color }: DrawnLine, { plot, toY }: ChartLayout): void {
  const y = Math.floor(toY(value));
  if (y < plot.top || y > plot.bottom) return;
  for (let x = plot.left; x < plot.right; x += 1) {
    if ((x - plot.left) % (DASH + 3) < DASH) canvas.blend(x, y, color);
  }
  const text = fitText(label, (plot.right - plot.left) >> 1);
  if (text === '') return;
  const left = plot.right - 4 - measureText(text);
  const top = y - TEXT_HEIGHT - 4 < plot.top ? y + 4 : y - TEXT_HEIGHT - 3;
  canvas.fillBox(around(left, top, text), WHITE, 0.8);
  drawText(canvas, text, left, top, { color });
}

/** Dashed, with its label at the upper end. */
function drawMark(canvas: Canvas, { epochMs, label, color }: DrawnMark, { plot, toX }: ChartLayout): void {
  const x = Math.floor(toX(epochMs));
  if (!(x >= plot.left && x < plot.right)) return;
  for (let y = plot.top; y < plot.bottom; y += 1) {
    if ((y - plot.top) % (DASH + 3) < DASH) canvas.blend(x, y, color);
  }
  const text = fitText(label, (plot.right - plot.left) >> 1);
  if (text === '') return;
  const left = Math.min(x + 4, plot.right - measureText(text));
  canvas.fillBox(around(left, plot.top + 2, text), WHITE, 0.8);
  drawText(canvas, text, left, plot.top + 2, { color });
}

function around(left: number, top: number, text: string): Box {
  return { left: left - 2, top: top - 1, right: left + measureText(text) + 2, bottom: top + LINE_HEIGHT };
}

function drawLegend(canvas: Canvas, { series }: DrawnChart, { legend }: ChartLayout): void {
  for (const { index, text, left, top } of legend) {
    const color = index === undefined ? undefined : series[index]?.color;
    if (color !== undefined)
      canvas.fillBox({ left, top: top - 1, right: left + SWATCH, bottom: top - 1 + SWATCH }, color);
    drawText(canvas, text, color === undefined ? left : left + SWATCH + 5, top, { color: TEXT });
  }
}
