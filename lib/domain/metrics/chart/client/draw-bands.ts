/** Stretches of time: alarm states, and what is not final yet. Canvas pixels throughout. */
import type uPlot from 'uplot';
import type { ChartState } from '../chart-page.ts';
import type { Palette } from '../palette.ts';
import { placeTime } from './canvas.ts';
import type { ChartModel } from './chart-model.ts';

const LANE_HEIGHT = 5;
const LANE_GAP = 2;
const MAX_LANES_SHARE = 0.25;
const BAND_ALPHA: Readonly<Record<ChartState, number>> = { ALARM: 0.14, INSUFFICIENT_DATA: 0.1, OK: 0 };
const LANE_SHARE: Readonly<Record<ChartState, number>> = { ALARM: 1, INSUFFICIENT_DATA: 0.6, OK: 0.4 };
const HATCH_PX = 7;
const MIN_OPEN_PX = 4;
const OPEN_ALPHA = 0.45;

/** The shades behind everything. */
export function drawBands(chart: uPlot, { data }: ChartModel, palette: Palette): void {
  const { ctx, bbox } = chart;
  ctx.save();
  for (const band of data.bands) {
    const left = placeTime(chart, band.start);
    const right = placeTime(chart, band.end);
    ctx.globalAlpha = BAND_ALPHA[band.state];
    ctx.fillStyle = palette.states[band.state];
    if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  ctx.restore();
}

/** One lane for each alarm at the upper edge; thicker is worse, so that it does not need colours. */
export function drawLanes(chart: uPlot, { data }: ChartModel, palette: Palette, ratio: number): void {
  const { ctx, bbox } = chart;
  const pitch = Math.min(
    (LANE_HEIGHT + LANE_GAP) * ratio,
    (bbox.height * MAX_LANES_SHARE) / Math.max(1, data.alarms.length),
  );
  const height = (pitch * LANE_HEIGHT) / (LANE_HEIGHT + LANE_GAP);
  ctx.save();
  for (const band of data.bands) {
    const left = placeTime(chart, band.start);
    const right = placeTime(chart, band.end);
    const top = bbox.top + band.alarm * pitch;
    const own = height * LANE_SHARE[band.state];
    ctx.fillStyle = palette.states[band.state];
    if (right > left) ctx.fillRect(left, top, right - left, own);
  }
  ctx.restore();
}

/** Hatched from the first datapoint that is not final: what stands there looks like a drop, and is none. */
export function drawOpen(chart: uPlot, { data, max }: ChartModel, palette: Palette, ratio: number): void {
  const { ctx, bbox } = chart;
  const openFrom = data.series.reduce((least, series) => Math.min(least, series.openFrom ?? least), Number.MAX_VALUE);
  if (openFrom > max || openFrom > (chart.scales.x?.max ?? max)) return;
  const right = bbox.left + bbox.width;
  const left = Math.min(placeTime(chart, openFrom), right - MIN_OPEN_PX * ratio);
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, right - left, bbox.height);
  ctx.clip();
  ctx.globalAlpha = OPEN_ALPHA;
  ctx.strokeStyle = palette.muted;
  ctx.lineWidth = ratio;
  ctx.beginPath();
  for (let x = left - bbox.height; x < right; x += HATCH_PX * ratio) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
}
