/** What is drawn around the lines: alarm states behind them, thresholds above them. Canvas pixels throughout. */
import type uPlot from 'uplot';
import type { ThresholdData } from '../chart-data.ts';
import type { ChartState } from '../chart-page.ts';
import { formatMeasure } from '../format-measure.ts';
import type { Palette } from '../palette.ts';
import type { ChartModel } from './chart-model.ts';

const LANE_HEIGHT = 5;
const LANE_GAP = 2;
const MAX_LANES_SHARE = 0.25;
const LABEL_PX = 11;
const LABEL_PAD = 4;
const MAX_LABEL_SHARE = 0.6;
const MIN_LABEL_CHARS = 4;
const BAND_ALPHA: Readonly<Record<ChartState, number>> = { ALARM: 0.14, INSUFFICIENT_DATA: 0.1, OK: 0 };
const LANE_SHARE: Readonly<Record<ChartState, number>> = { ALARM: 1, INSUFFICIENT_DATA: 0.6, OK: 0.4 };

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The shades behind everything. */
export function drawBands(chart: uPlot, { data }: ChartModel, palette: Palette): void {
  const { ctx, bbox } = chart;
  ctx.save();
  for (const band of data.bands) {
    const left = clamp(chart.valToPos(band.start, 'x', true), bbox.left, bbox.left + bbox.width);
    const right = clamp(chart.valToPos(band.end, 'x', true), bbox.left, bbox.left + bbox.width);
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
    const left = clamp(chart.valToPos(band.start, 'x', true), bbox.left, bbox.left + bbox.width);
    const right = clamp(chart.valToPos(band.end, 'x', true), bbox.left, bbox.left + bbox.width);
    const top = bbox.top + band.alarm * pitch;
    const own = height * LANE_SHARE[band.state];
    ctx.fillStyle = palette.states[band.state];
    if (right > left) ctx.fillRect(left, top, right - left, own);
  }
  ctx.restore();
}

/** Dashed lines on the first scale, labelled at the right; what lies outside is named at the edge. */
export function drawThresholds(chart: uPlot, { data }: ChartModel, palette: Palette, ratio: number): void {
  const { ctx, bbox } = chart;
  const unit = data.units[0] ?? '';
  const taken: Area[] = [];
  ctx.save();
  ctx.font = `600 ${LABEL_PX * ratio}px system-ui, sans-serif`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  for (const threshold of [...data.thresholds].sort((a, b) => b.value - a.value)) {
    const color = colorOf(threshold, palette);
    const y = chart.valToPos(threshold.value, 'y0', true);
    const isAbove = y < bbox.top - 1;
    const isBelow = y > bbox.top + bbox.height + 1;
    if (!isAbove && !isBelow) strokeLine(ctx, bbox, y, color, ratio);
    const arrow = isAbove ? '↑ ' : isBelow ? '↓ ' : '';
    const label = fitLabel(
      ctx,
      bbox.width * MAX_LABEL_SHARE,
      threshold.label,
      (name) => `${arrow}${name} ${formatMeasure(threshold.value, unit)}`,
    );
    const area = placeLabel(
      bbox,
      clamp(y, bbox.top, bbox.top + bbox.height),
      ctx.measureText(label).width,
      ratio,
      taken,
    );
    if (area === undefined) continue;
    taken.push(area);
    ctx.globalAlpha = 0.85;
    ctx.fillStyle = palette.background;
    ctx.fillRect(area.left, area.top, area.width, area.height);
    ctx.globalAlpha = 1;
    ctx.fillStyle = color;
    ctx.fillText(label, area.left + LABEL_PAD * ratio, area.top + area.height / 2, area.width - 2 * LABEL_PAD * ratio);
  }
  ctx.restore();
}

function strokeLine(ctx: CanvasRenderingContext2D, bbox: uPlot.BBox, y: number, color: string, ratio: number): void {
  ctx.beginPath();
  ctx.setLineDash([7 * ratio, 4 * ratio]);
  ctx.lineWidth = 1.5 * ratio;
  ctx.strokeStyle = color;
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

function colorOf({ state }: ThresholdData, palette: Palette): string {
  return state === undefined ? palette.text : palette.states[state];
}

/** Above the line, else below it; undefined where other labels leave no room: the legend names it anyway. */
function placeLabel(
  bbox: uPlot.BBox,
  y: number,
  textWidth: number,
  ratio: number,
  taken: readonly Area[],
): Area | undefined {
  const width = Math.min(textWidth + 2 * LABEL_PAD * ratio, bbox.width);
  const height = (LABEL_PX + LABEL_PAD) * ratio;
  const left = bbox.left + bbox.width - width;
  return [y - height - 2 * ratio, y + 2 * ratio]
    .filter((top) => top >= bbox.top && top + height <= bbox.top + bbox.height)
    .map((top) => ({ left, top, width, height }))
    .find((area) => !taken.some((other) => overlap(area, other)));
}

function overlap(a: Area, b: Area): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Cuts the name until the label is narrow enough; never inside a surrogate pair. */
function fitLabel(
  ctx: CanvasRenderingContext2D,
  maxWidth: number,
  name: string,
  compose: (name: string) => string,
): string {
  let label = compose(name);
  for (let count = name.length - 1; count >= MIN_LABEL_CHARS && ctx.measureText(label).width > maxWidth; count -= 1) {
    label = compose(`${name.slice(0, count).replace(/[\ud800-\udbff]$/, '')}…`);
  }
  return label;
}
