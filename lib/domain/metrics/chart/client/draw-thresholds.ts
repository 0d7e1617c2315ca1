/** Thresholds. Canvas pixels throughout. */
import type uPlot from 'uplot';
import type { ThresholdData } from '../chart-data.ts';
import { formatMeasure } from '../format-measure.ts';
import type { Palette } from '../palette.ts';
import { type Area, clamp, fitText, overlap } from './canvas.ts';
import type { ChartModel } from './chart-model.ts';

const LABEL_PX = 11;
const LABEL_PAD = 4;
const MAX_LABEL_SHARE = 0.6;

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
    const label = fitText(
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
