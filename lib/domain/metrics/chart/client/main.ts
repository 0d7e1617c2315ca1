/** The script of the chart page: reads the data that stands in the page, draws it, answers to the reader. */
import uPlot from 'uplot';
import type { ChartData } from '../chart-data.ts';
import { nameZone } from '../time-labels.ts';
import { chooseSpans, createDrawing, createModel } from './chart-model.ts';
import { createElement, findElement } from './elements.ts';
import { fillFindings } from './findings-list.ts';
import { fillKey } from './key.ts';
import { createLegend } from './legend.ts';
import { createOptions } from './plot-options.ts';
import { choosePlotSize } from './plot-size.ts';
import { describeChart, fillTable } from './summary.ts';
import { currentPalette, followTheme } from './theme.ts';
import { showTip } from './tip.ts';
import type { ViewState } from './view-state.ts';

const data = JSON.parse(findElement('data').textContent ?? '') as ChartData;
const model = createModel(data);
const plot = findElement('plot');
const resetButton = findElement('reset');
const zoneButton = findElement('zone');
const logButton = findElement('log');
/** Closer points are drawn as their mean, with what it stands for as a shade. */
const PIXELS_A_POINT = 2;
const state: ViewState = {
  zone: 'utc',
  min: model.min,
  max: model.max,
  isLog: false,
  hidden: new Set(),
  drawing: createDrawing(model, chooseSpans(model, 0, 1)),
};
let chart: uPlot | undefined;

const legend = createLegend(model, {
  onToggle(index) {
    if (!state.hidden.delete(index)) state.hidden.add(index);
    legend.setHidden(state.hidden);
    chart?.setSeries(index + 1, { show: !state.hidden.has(index) });
  },
  onFocus(index) {
    // With one series there is nothing to single out; a hidden one would only dim the others.
    if (data.series.length < 2 || (index !== undefined && state.hidden.has(index))) return;
    chart?.setSeries(index === undefined ? null : index + 1, { focus: true });
  },
});

function fillPage(): void {
  document.title = data.title;
  findElement('title').textContent = data.title;
  findElement('subtitle').textContent = data.subtitle;
  plot.setAttribute('aria-label', describeChart(model));
  for (const note of data.notes) findElement('notes').append(createElement('li', '', note));
  const unnamed = data.units.slice(2);
  if (unnamed.length > 0) {
    const text = `Series in ${unnamed.map((unit) => unit || 'no unit').join(', ')} have a scale of their own, without an axis.`;
    findElement('notes').append(createElement('li', '', text));
  }
  findElement('nothing').hidden = data.series.some(({ statistics }) => statistics !== undefined);
  if (data.link !== undefined) fillLink(data.link);
  if (data.width !== undefined) findElement('page').style.maxWidth = `${data.width}px`;
  fillKey(model);
  fillFindings(model);
  fillTable(model);
}

function fillLink({ label, url }: { label: string; url: string }): void {
  const link = createElement('a', '', label);
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener';
  findElement('link').append(link);
}

function draw(): void {
  chart?.destroy();
  const size = choosePlotSize(plot, data.height);
  refine(size.width);
  const options = createOptions({
    model,
    state,
    palette: currentPalette(),
    ...size,
    onCursor: (timeIndex, left) => {
      legend.show(timeIndex, state);
      const { offsetLeft = 0, clientWidth = 0 } = chart?.over ?? {};
      showTip(model, state, { timeIndex, left, plotLeft: offsetLeft, plotWidth: clientWidth });
    },
    onZoom: zoomTo,
    onReset: () => zoomTo(model.min, model.max),
  });
  chart = new uPlot(options, state.drawing.table, plot);
  legend.show(undefined, state);
}

/** As many points as the width tells apart of what is in view. @returns whether the drawing is another one now */
function refine(width: number): boolean {
  const spansMs = chooseSpans(model, state.max - state.min, width / PIXELS_A_POINT);
  const isOther = spansMs.some((spanMs, index) => spanMs !== state.drawing.spansMs[index]);
  if (isOther) state.drawing = createDrawing(model, spansMs);
  findElement('shade').hidden = !state.drawing.lines.some(({ lows }) => lows !== undefined);
  return isOther;
}

/** Only with its scale does the library look for the points in view. */
function show(width: number): void {
  if (refine(width)) chart?.setData(state.drawing.table, false);
  chart?.setScale('x', { min: state.min, max: state.max });
}

function zoomTo(min: number, max: number): void {
  Object.assign(state, { min, max });
  resetButton.hidden = min === model.min && max === model.max;
  show(chart?.width ?? 0);
}

function resize(): void {
  const size = choosePlotSize(plot, data.height);
  show(size.width);
  chart?.setSize(size);
}

function showZone(): void {
  const local = nameZone('local', model.max);
  zoneButton.textContent = state.zone === 'utc' ? 'UTC' : local;
  zoneButton.title = state.zone === 'utc' ? `Show local time (${local})` : 'Show UTC';
  zoneButton.setAttribute('aria-pressed', String(state.zone === 'local'));
}

const KEY_STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Moves the cursor by datapoints. */
function moveCursor(event: KeyboardEvent): void {
  if (event.key === 'Escape') zoomTo(model.min, model.max);
  const step = KEY_STEPS[event.key];
  const { times } = state.drawing;
  if (step === undefined || chart === undefined || times.length === 0) return;
  event.preventDefault();
  const at =
    chart.cursor.left !== undefined && chart.cursor.left >= 0 ? (chart.cursor.idx ?? 0) + step : times.length - 1;
  const time = times[Math.max(0, Math.min(times.length - 1, at))] ?? 0;
  chart.setCursor({ left: Math.max(0, chart.valToPos(time, 'x')), top: 0 });
}

function start(): void {
  followTheme(draw);
  fillPage();
  showZone();
  resetButton.addEventListener('click', () => zoomTo(model.min, model.max));
  zoneButton.addEventListener('click', () => {
    state.zone = state.zone === 'utc' ? 'local' : 'utc';
    showZone();
    draw();
  });
  logButton.addEventListener('click', () => {
    state.isLog = !state.isLog;
    logButton.setAttribute('aria-pressed', String(state.isLog));
    draw();
  });
  plot.addEventListener('keydown', moveCursor);
  draw();
  new ResizeObserver(resize).observe(plot);
  addEventListener('resize', resize);
}

start();
