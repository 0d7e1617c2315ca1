/** The script of the chart page: reads the data that stands in the page, draws it, answers to the reader. */
import uPlot from 'uplot';
import type { ChartData } from '../chart-data.ts';
import { type ClockZone, nameZone } from '../time-labels.ts';
import { createModel } from './chart-model.ts';
import { createElement, findElement } from './elements.ts';
import { fillKey } from './key.ts';
import { createLegend } from './legend.ts';
import { createOptions } from './plot-options.ts';
import { choosePlotSize } from './plot-size.ts';
import { describeChart, fillTable } from './summary.ts';
import { currentPalette, followTheme } from './theme.ts';

const data = JSON.parse(findElement('data').textContent ?? '') as ChartData;
const model = createModel(data);
const plot = findElement('plot');
const resetButton = findElement('reset');
const zoneButton = findElement('zone');
const hidden = new Set<number>();
let zone: ClockZone = 'utc';
let min = model.min;
let max = model.max;
let chart: uPlot | undefined;

const legend = createLegend(model, {
  onToggle(index) {
    if (!hidden.delete(index)) hidden.add(index);
    legend.setHidden(hidden);
    chart?.setSeries(index + 1, { show: !hidden.has(index) });
  },
  onFocus(index) {
    // With one series there is nothing to single out; a hidden one would only dim the others.
    if (data.series.length < 2 || (index !== undefined && hidden.has(index))) return;
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
  const options = createOptions({
    model,
    palette: currentPalette(),
    zone,
    ...size,
    min,
    max,
    hidden,
    onCursor: (timeIndex) => legend.show(timeIndex, zone),
    onZoom: zoomTo,
    onReset: () => zoomTo(model.min, model.max),
  });
  chart = new uPlot(options, model.table, plot);
  legend.show(undefined, zone);
}

function zoomTo(from: number, to: number): void {
  min = from;
  max = to;
  resetButton.hidden = min === model.min && max === model.max;
  chart?.setScale('x', { min, max });
}

function showZone(): void {
  const local = nameZone('local', model.max);
  zoneButton.textContent = zone === 'utc' ? 'UTC' : local;
  zoneButton.title = zone === 'utc' ? `Show local time (${local})` : 'Show UTC';
  zoneButton.setAttribute('aria-pressed', String(zone === 'local'));
}

const KEY_STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Moves the cursor by datapoints. */
function moveCursor(event: KeyboardEvent): void {
  if (event.key === 'Escape') zoomTo(model.min, model.max);
  const step = KEY_STEPS[event.key];
  if (step === undefined || chart === undefined || model.times.length === 0) return;
  event.preventDefault();
  const at =
    chart.cursor.left !== undefined && chart.cursor.left >= 0 ? (chart.cursor.idx ?? 0) + step : model.times.length - 1;
  const time = model.times[Math.max(0, Math.min(model.times.length - 1, at))] ?? 0;
  chart.setCursor({ left: Math.max(0, chart.valToPos(time, 'x')), top: 0 });
}

function start(): void {
  followTheme(draw);
  fillPage();
  showZone();
  resetButton.addEventListener('click', () => zoomTo(model.min, model.max));
  zoneButton.addEventListener('click', () => {
    zone = zone === 'utc' ? 'local' : 'utc';
    showZone();
    draw();
  });
  plot.addEventListener('keydown', moveCursor);
  draw();
  const resize = (): void => chart?.setSize(choosePlotSize(plot, data.height));
  new ResizeObserver(resize).observe(plot);
  addEventListener('resize', resize);
}

start();
