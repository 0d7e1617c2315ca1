/** The vertical scales and axes: even or of powers, captioned with their unit. */
import type uPlot from 'uplot';
import { formatMeasure, formatTicks } from '../format-measure.ts';
import { chooseLogRange, splitLogAxis } from '../log-axis.ts';
import { chooseRange, listIncrements, splitAxis, type ValueRange } from '../value-axis.ts';
import { fitText } from './canvas.ts';
import type { PlotView } from './plot-view.ts';
import { findReach, listLinearReaches } from './view-state.ts';

export const AXIS_FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const CHAR_PX = 7.4;
const AXIS_GAP_PX = 14;
const MIN_AXIS_PX = 34;
/** Of the library: hyperbolic, even near zero. */
const ARCSINH = 4;

export function createScales({ model, state }: PlotView): Record<string, uPlot.Scale> {
  const thresholds = model.data.thresholds.map(({ value }) => value);
  const reaches = listLinearReaches(model);
  return Object.fromEntries(
    model.data.units.map((unit, index) => {
      const range = (): uPlot.Range.MinMax => {
        const found = findReach(model, state, index);
        const lines = index === 0 ? thresholds : [];
        const even = chooseRange(found?.low, found?.high, lines, unit);
        const { min, max } =
          state.isLog && found !== undefined && found.low < found.high
            ? chooseLogRange(includeAll(found, lines), reaches[index] ?? 1)
            : even;
        return [min, max];
      };
      return [`y${index}`, { range, ...(state.isLog && { distr: ARCSINH, asinh: reaches[index] ?? 1 }) }];
    }),
  );
}

/** Powers leave room for any threshold. */
function includeAll({ low, high }: { low: number; high: number }, lines: readonly number[]): ValueRange {
  return { min: Math.min(low, ...lines), max: Math.max(high, ...lines) };
}

/** The second one stands on the right, without a grid. */
export function createValueAxis({ palette, model, state }: PlotView, unit: string, index: number): uPlot.Axis {
  const reach = listLinearReaches(model)[index] ?? 1;
  return {
    scale: `y${index}`,
    side: index === 0 ? 3 : 1,
    stroke: palette.muted,
    font: AXIS_FONT,
    space: 42,
    size: (_chart, values) =>
      Math.max(MIN_AXIS_PX, AXIS_GAP_PX + CHAR_PX * Math.max(0, ...(values ?? []).map((value) => value.length))),
    grid: { show: index === 0, stroke: palette.grid, width: 1 },
    ticks: { stroke: palette.grid, width: 1, size: 5 },
    filter: (_chart, splits) => splits,
    incrs: (_chart, _axis, min, max, fullPx, minPx) =>
      listIncrements({ min, max }, ((max - min) * minPx) / Math.max(fullPx, minPx), unit),
    splits: (_chart, _axis, min, max, increment) =>
      state.isLog ? splitLogAxis({ min, max }, reach, unit) : splitAxis({ min, max }, increment),
    values: (_chart, splits) =>
      state.isLog ? splits.map((value) => formatMeasure(value, unit)) : formatTicks(splits, unit),
  };
}

const CAPTION_PX = 11;
const CAPTION_TOP_PX = 12;
const MARGIN_PX = 4;

/** What the numbers of an axis are, above it: `Count · Sum every 5m`. */
export function drawCaptions(chart: uPlot, { model: { data }, palette, state }: PlotView, ratio: number): void {
  const { ctx } = chart;
  const isRightShown = data.units.length > 1;
  const room = ctx.canvas.width * (isRightShown ? 0.48 : 0.96);
  ctx.save();
  ctx.font = `${CAPTION_PX * ratio}px system-ui, sans-serif`;
  ctx.fillStyle = palette.muted;
  ctx.textBaseline = 'middle';
  for (const [index, unit] of data.units.slice(0, 2).entries()) {
    const measures = new Set(data.series.filter((series) => series.unit === index).map(({ measure }) => measure));
    const [measure] = measures;
    const parts = [
      unit === '' ? 'No unit' : unit,
      measures.size === 1 ? measure : undefined,
      state.isLog ? 'log' : undefined,
    ];
    const text = fitText(ctx, room, parts.filter((part) => part !== undefined).join(' · '));
    ctx.textAlign = index === 0 ? 'left' : 'right';
    ctx.fillText(text, index === 0 ? MARGIN_PX * ratio : ctx.canvas.width - MARGIN_PX * ratio, CAPTION_TOP_PX * ratio);
  }
  ctx.restore();
}
