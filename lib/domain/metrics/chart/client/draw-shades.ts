/** Behind the lines: from the lowest to the highest value that a point stands for, and the week before. Canvas pixels throughout. */
import type uPlot from 'uplot';
import type { ChartLine } from '../chart-line.ts';
import { colorOf } from '../palette.ts';
import type { PlotView } from './plot-view.ts';

const SHADE_ALPHA = 0.22;
/** Of more series the shades would cover each other. */
const MAX_SHADED = 6;
const WEEK_ALPHA = 0.7;
const WEEK_DASH = [2, 3];

export function drawShades(chart: uPlot, { model: { data }, state, palette }: PlotView): void {
  const shown = data.series.flatMap(({ unit }, index) => (state.hidden.has(index) ? [] : [{ unit, index }]));
  if (shown.length > MAX_SHADED) return;
  const { ctx } = chart;
  ctx.save();
  clipToPlot(chart);
  ctx.globalAlpha = SHADE_ALPHA;
  for (const { unit, index } of shown) {
    const line = state.drawing.lines[index];
    if (line?.lows === undefined || line.highs === undefined) continue;
    ctx.fillStyle = colorOf(palette, index);
    for (const part of splitLine(line)) {
      ctx.beginPath();
      for (const at of part) ctx.lineTo(...placeOf(chart, line.times[at], line.highs[at], unit));
      for (const at of part.toReversed()) ctx.lineTo(...placeOf(chart, line.times[at], line.lows[at], unit));
      ctx.fill();
    }
  }
  ctx.restore();
}

export function drawWeeksBefore(chart: uPlot, { model: { data }, state, palette }: PlotView, ratio: number): void {
  const { ctx } = chart;
  ctx.save();
  clipToPlot(chart);
  ctx.globalAlpha = WEEK_ALPHA;
  ctx.lineWidth = 1.5 * ratio;
  ctx.setLineDash(WEEK_DASH.map((part) => part * ratio));
  for (const [index, line] of state.drawing.weeksBefore.entries()) {
    if (line === undefined || state.hidden.has(index)) continue;
    ctx.strokeStyle = colorOf(palette, index);
    ctx.beginPath();
    for (const part of splitLine(line)) {
      for (const [place, at] of part.entries()) {
        const [x, y] = placeOf(chart, line.times[at], line.values[at], data.series[index]?.unit ?? 0);
        if (place === 0) ctx.moveTo(x, y);
        else ctx.lineTo(x, y);
      }
    }
    ctx.stroke();
  }
  ctx.restore();
}

function clipToPlot({ ctx, bbox }: uPlot): void {
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
}

function placeOf(
  chart: uPlot,
  epochMs: number | undefined,
  value: number | null | undefined,
  unit: number,
): [number, number] {
  return [chart.valToPos(epochMs ?? 0, 'x', true), chart.valToPos(value ?? 0, `y${unit}`, true)];
}

/** The places of each unbroken part. */
function splitLine({ values }: ChartLine): number[][] {
  const parts: number[][] = [[]];
  for (const [at, value] of values.entries()) {
    if (value === null) parts.push([]);
    else parts.at(-1)?.push(at);
  }
  return parts.filter((part) => part.length > 0);
}
