/** How the library draws the chart. */
import uPlot from 'uplot';
import { colorOf, dashOf } from '../palette.ts';
import { formatTimeTicks } from '../time-labels.ts';
import { readAt } from './chart-model.ts';
import { drawBands, drawLanes, drawOpen } from './draw-bands.ts';
import { drawFindings } from './draw-findings.ts';
import { drawShades, drawWeeksBefore } from './draw-shades.ts';
import { drawThresholds } from './draw-thresholds.ts';
import type { PlotView } from './plot-view.ts';
import { AXIS_FONT, createScales, createValueAxis, drawCaptions } from './value-axes.ts';

const NARROW_PX = 480;
const MANY_SERIES = 8;
const MIN_DRAG_PX = 5;
/** Holds the captions of the axes. */
const TOP_PX = 26;
const RIGHT_PX = 22;

export function createOptions(view: PlotView): uPlot.Options {
  const { model, palette, state } = view;
  const { units, series } = model.data;
  const width = series.length > MANY_SERIES ? 1.5 : 2;
  return {
    width: view.width,
    height: view.height,
    ms: 1,
    padding: [TOP_PX, units.length > 1 ? 0 : RIGHT_PX, 0, 0],
    tzDate: (epochMs) => (state.zone === 'utc' ? uPlot.tzDate(new Date(epochMs), 'Etc/UTC') : new Date(epochMs)),
    legend: { show: false },
    focus: { alpha: 0.25 },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: MIN_DRAG_PX },
      dataIdx: (_chart, index, timeIndex) => readAt(model, state.drawing, index - 1, timeIndex)?.index ?? timeIndex,
      points: {
        size: 9,
        width: 2,
        stroke: () => palette.background,
        fill: (_chart, index) => colorOf(palette, index - 1),
      },
      bind: {
        dblclick: () => () => {
          view.onReset();
          return null;
        },
      },
    },
    scales: { x: { time: true, auto: false, min: state.min, max: state.max }, ...createScales(view) },
    axes: [createTimeAxis(view), ...units.slice(0, 2).map((unit, index) => createValueAxis(view, unit, index))],
    series: [
      {},
      ...(series.length === 0
        ? [{ scale: 'y0', show: false }]
        : series.map(({ unit }, index) => ({
            scale: `y${unit}`,
            show: !state.hidden.has(index),
            stroke: colorOf(palette, index),
            width,
            dash: [...dashOf(index)],
            points: {
              size: 5,
              fill: colorOf(palette, index),
              filter: (chart: uPlot, at: number, areAllShown: boolean) =>
                areAllShown && series.length <= MANY_SERIES ? null : findLonePoints(chart, at),
            },
          }))),
    ],
    hooks: {
      drawClear: [(chart) => drawBands(chart, model, palette)],
      drawAxes: [
        (chart) => {
          drawOpen(chart, model, palette, uPlot.pxRatio);
          drawShades(chart, view);
          drawWeeksBefore(chart, view, uPlot.pxRatio);
        },
      ],
      draw: [
        (chart) => {
          drawLanes(chart, model, palette, uPlot.pxRatio);
          drawFindings(chart, model, palette, uPlot.pxRatio);
          drawThresholds(chart, model, palette, uPlot.pxRatio);
          drawCaptions(chart, view, uPlot.pxRatio);
        },
      ],
      setCursor: [
        (chart) => view.onCursor(isInside(chart) ? (chart.cursor.idx ?? undefined) : undefined, chart.cursor.left ?? 0),
      ],
      setSelect: [(chart) => zoomToSelection(chart, view)],
    },
  };
}

function isInside({ cursor }: uPlot): boolean {
  return (cursor.left ?? -1) >= 0;
}

function zoomToSelection(chart: uPlot, { onZoom }: PlotView): void {
  const { left, width } = chart.select;
  if (width < MIN_DRAG_PX) return;
  const [min, max] = [chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x')];
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onZoom(min, max);
}

function createTimeAxis({ palette, state, width }: PlotView): uPlot.Axis {
  return {
    stroke: palette.muted,
    font: AXIS_FONT,
    space: width < NARROW_PX ? 60 : 80,
    size: 46,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { stroke: palette.grid, width: 1, size: 5 },
    values: (_chart, splits, _axis, _space, increment) => formatTimeTicks(splits, increment, state.zone),
  };
}

/** A datapoint without neighbours is no line: it gets a dot. */
function findLonePoints(chart: uPlot, seriesIndex: number): number[] {
  const values = chart.data[seriesIndex] ?? [];
  const lone: number[] = [];
  let before: number | null = null;
  let candidate: number | undefined;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (value === undefined) continue;
    if (value === null && candidate !== undefined) lone.push(candidate);
    candidate = value !== null && before === null ? index : undefined;
    before = value;
  }
  return candidate === undefined ? lone : [...lone, candidate];
}
