/** How the library draws the chart. */
import uPlot from 'uplot';
import { formatTicks } from '../format-measure.ts';
import { colorOf, dashOf, type Palette } from '../palette.ts';
import { type ClockZone, formatTimeTicks } from '../time-labels.ts';
import { chooseRange, listIncrements, splitAxis } from '../value-axis.ts';
import { type ChartModel, readAt } from './chart-model.ts';
import { drawBands, drawLanes, drawThresholds } from './draw-overlays.ts';

export interface PlotView {
  readonly model: ChartModel;
  readonly palette: Palette;
  readonly zone: ClockZone;
  readonly width: number;
  readonly height: number;
  readonly min: number;
  readonly max: number;
  readonly hidden: ReadonlySet<number>;
  readonly onCursor: (timeIndex: number | undefined) => void;
  readonly onZoom: (min: number, max: number) => void;
  readonly onReset: () => void;
}

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const CHAR_PX = 7.4;
const AXIS_GAP_PX = 14;
const MIN_AXIS_PX = 34;
const NARROW_PX = 480;
const MANY_SERIES = 8;
const MIN_DRAG_PX = 5;

export function createOptions(view: PlotView): uPlot.Options {
  const { model, palette, zone } = view;
  const { units, series } = model.data;
  const width = series.length > MANY_SERIES ? 1.5 : 2;
  return {
    width: view.width,
    height: view.height,
    ms: 1,
    padding: [10, units.length > 1 ? 0 : 22, 0, 0],
    tzDate: (epochMs) => (zone === 'utc' ? uPlot.tzDate(new Date(epochMs), 'Etc/UTC') : new Date(epochMs)),
    legend: { show: false },
    focus: { alpha: 0.25 },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: MIN_DRAG_PX },
      dataIdx: (_chart, index, timeIndex) => readAt(model, index - 1, timeIndex)?.index ?? timeIndex,
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
    scales: { x: { time: true, auto: false, min: view.min, max: view.max }, ...createScales(view) },
    axes: [createTimeAxis(view), ...units.slice(0, 2).map((unit, index) => createValueAxis(view, unit, index))],
    series: [
      {},
      ...(series.length === 0
        ? [{ scale: 'y0', show: false }]
        : series.map(({ unit }, index) => ({
            scale: `y${unit}`,
            show: !view.hidden.has(index),
            stroke: colorOf(palette, index),
            width,
            dash: [...dashOf(index)],
            points: { size: 5, fill: colorOf(palette, index), filter: findLonePoints },
          }))),
    ],
    hooks: {
      drawClear: [(chart) => drawBands(chart, model, palette)],
      draw: [
        (chart) => {
          drawLanes(chart, model, palette, uPlot.pxRatio);
          drawThresholds(chart, model, palette, uPlot.pxRatio);
        },
      ],
      setCursor: [(chart) => view.onCursor(isInside(chart) ? (chart.cursor.idx ?? undefined) : undefined)],
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

function createScales({ model }: PlotView): Record<string, uPlot.Scale> {
  const thresholds = model.data.thresholds.map(({ value }) => value);
  return Object.fromEntries(
    model.data.units.map((unit, index) => [
      `y${index}`,
      {
        range: (_chart: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax => {
          const { min, max } = chooseRange(low ?? undefined, high ?? undefined, index === 0 ? thresholds : [], unit);
          return [min, max];
        },
      },
    ]),
  );
}

function createTimeAxis({ palette, zone, width }: PlotView): uPlot.Axis {
  return {
    stroke: palette.muted,
    font: FONT,
    space: width < NARROW_PX ? 60 : 80,
    size: 46,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { stroke: palette.grid, width: 1, size: 5 },
    values: (_chart, splits, _axis, _space, increment) => formatTimeTicks(splits, increment, zone),
  };
}

/** The second one stands on the right, without a grid. */
function createValueAxis({ palette }: PlotView, unit: string, index: number): uPlot.Axis {
  return {
    scale: `y${index}`,
    side: index === 0 ? 3 : 1,
    stroke: palette.muted,
    font: FONT,
    space: 42,
    size: (_chart, values) =>
      Math.max(MIN_AXIS_PX, AXIS_GAP_PX + CHAR_PX * Math.max(0, ...(values ?? []).map((value) => value.length))),
    grid: { show: index === 0, stroke: palette.grid, width: 1 },
    ticks: { stroke: palette.grid, width: 1, size: 5 },
    incrs: (_chart, _axis, min, max, fullPx, minPx) =>
      listIncrements({ min, max }, ((max - min) * minPx) / Math.max(fullPx, minPx), unit),
    splits: (_chart, _axis, min, max, increment) => splitAxis({ min, max }, increment),
    values: (_chart, splits) => formatTicks(splits, unit),
  };
}

/** A datapoint without neighbours is no line: it gets a dot. */
function findLonePoints(chart: uPlot, seriesIndex: number, areAllShown: boolean): number[] | null {
  if (areAllShown) return null;
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
