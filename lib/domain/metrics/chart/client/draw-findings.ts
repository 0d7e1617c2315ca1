/** What an analysis found: a line where it began, a bar for how long it lasted, and the number under which the list tells it. */
import type uPlot from 'uplot';
import type { Palette } from '../palette.ts';
import { type Area, clamp, overlap, placeTime } from './canvas.ts';
import type { ChartModel } from './chart-model.ts';

const BADGE_PX = 15;
const BAR_PX = 4;
const TEXT_PX = 10;
const DASH = [2, 3];

export function drawFindings(chart: uPlot, { data }: ChartModel, palette: Palette, ratio: number): void {
  const { ctx, bbox } = chart;
  const bottom = bbox.top + bbox.height;
  const { min = data.start, max = data.end } = chart.scales.x ?? {};
  const taken: Area[] = [];
  ctx.save();
  ctx.font = `700 ${TEXT_PX * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const [index, { start, end }] of data.findings.entries()) {
    if (end < min || start > max) continue;
    const [left, right] = [placeTime(chart, start), placeTime(chart, end)];
    const size = BADGE_PX * ratio;
    const middle = clamp(left, bbox.left + size / 2, bbox.left + bbox.width - size / 2);
    let area: Area = { left: middle - size / 2, top: bottom - BAR_PX * ratio - size, width: size, height: size };
    while (taken.some((other) => overlap(area, other))) area = { ...area, top: area.top - size };
    taken.push(area);
    ctx.strokeStyle = palette.text;
    ctx.fillStyle = palette.text;
    if (start >= min) strokeStart(ctx, left, bbox.top, area.top, ratio);
    ctx.fillRect(left, bottom - BAR_PX * ratio, Math.max(right - left, 2 * ratio), BAR_PX * ratio);
    ctx.beginPath();
    ctx.arc(middle, area.top + size / 2, size / 2 - ratio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.fillStyle = palette.background;
    ctx.fillText(String(index + 1), middle, area.top + size / 2 + 0.5 * ratio);
  }
  ctx.restore();
}

function strokeStart(ctx: CanvasRenderingContext2D, x: number, top: number, bottom: number, ratio: number): void {
  ctx.save();
  ctx.globalAlpha = 0.6;
  ctx.lineWidth = ratio;
  ctx.setLineDash(DASH.map((part) => part * ratio));
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
  ctx.restore();
}
