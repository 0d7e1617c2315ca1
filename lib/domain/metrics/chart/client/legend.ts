/** One button for each series: line, name, value, and its figures. A click or the keyboard hides and shows the series. */
import type { SeriesData } from '../chart-data.ts';
import { formatMeasure } from '../format-measure.ts';
import { dashOf, LIGHT } from '../palette.ts';
import { formatMoment } from '../time-labels.ts';
import { type ChartModel, readAt } from './chart-model.ts';
import { createElement, createSwatch, findElement } from './elements.ts';
import { listStates } from './key.ts';
import type { ViewState } from './view-state.ts';

const NOTHING = '–';
/** The first scale stands where everybody looks for it. */
const AXES = [undefined, 'right axis', 'no axis'] as const;

export interface LegendEvents {
  onToggle(seriesIndex: number): void;
  /** Undefined: none is singled out. */
  onFocus(seriesIndex: number | undefined): void;
}

export interface Legend {
  /** The values at a time of the drawing, or the latest ones. */
  show(timeIndex: number | undefined, state: Readonly<ViewState>): void;
  setHidden(hidden: ReadonlySet<number>): void;
}

export function createLegend(model: ChartModel, events: LegendEvents): Legend {
  const moment = findElement('moment');
  const states = findElement('states');
  const areSomeOpen = model.data.series.some(({ openFrom }) => openFrom !== undefined);
  const entries = model.data.series.map((series, index) => {
    const value = createElement('span', 'value');
    const button = createEntry(series, index, value, model.data.units[series.unit] ?? '');
    button.addEventListener('click', () => events.onToggle(index));
    for (const name of ['mouseenter', 'focus']) button.addEventListener(name, () => events.onFocus(index));
    for (const name of ['mouseleave', 'blur']) button.addEventListener(name, () => events.onFocus(undefined));
    const item = createElement('li', '');
    item.append(button);
    findElement('legend').append(item);
    return { button, value };
  });
  return {
    show(timeIndex, state) {
      const time = timeIndex === undefined ? undefined : (state.drawing.times[timeIndex] ?? 0);
      moment.textContent =
        time === undefined
          ? areSomeOpen
            ? 'Latest final values'
            : 'Latest values'
          : `${formatMoment(time, state.zone)}${tellMeans(model, state, timeIndex ?? 0)}`;
      states.textContent = time === undefined ? '' : listStates(model, time);
      for (const [index, { value }] of entries.entries()) value.textContent = readValue(model, state, index, timeIndex);
    },
    setHidden(hidden) {
      for (const [index, { button }] of entries.entries())
        button.setAttribute('aria-pressed', String(!hidden.has(index)));
    },
  };
}

function createEntry(series: SeriesData, index: number, value: HTMLElement, unit: string): HTMLButtonElement {
  const { label, measure, statistics } = series;
  const axis = AXES[Math.min(series.unit, AXES.length - 1)];
  const button = createElement('button', 'entry');
  button.type = 'button';
  button.setAttribute('aria-pressed', 'true');
  button.title = [label, measure, unit].filter((part) => part !== undefined && part !== '').join(', ');
  button.append(
    createSwatch(`--series-${index % LIGHT.series.length}`, dashOf(index)),
    createElement('span', 'label', label === '' ? '(no name)' : label),
    ...(axis === undefined ? [] : [createElement('span', 'side', axis)]),
    value,
  );
  if (statistics !== undefined) button.append(createElement('span', 'figures', describeFigures(series, unit)));
  return button;
}

/** E.g. `min 1 ms · mean 2 ms · max 9 ms · last 3 ms`: of the whole range, whatever is in view. */
function describeFigures({ statistics, measure }: SeriesData, unit: string): string {
  if (statistics === undefined) return '';
  const { min, mean, max, last, samples } = statistics;
  const write = (value: number): string => formatMeasure(value, unit);
  return [
    ...(measure === undefined ? [] : [measure]),
    `min ${write(min)}`,
    `mean ${write(mean)}`,
    `max ${write(max)}`,
    `last ${write(last)}`,
    ...(samples === undefined ? [] : [`samples ${write(samples.low)} to ${write(samples.high)}`]),
  ].join(' · ');
}

/** Where the points at the cursor are means of several datapoints. */
function tellMeans(model: ChartModel, { drawing }: Readonly<ViewState>, timeIndex: number): string {
  const means = new Set(
    model.data.series.flatMap((_, index) => readAt(model, drawing, index, timeIndex)?.meanMs ?? []).filter(Boolean),
  );
  const [longest] = [...means].sort((a, b) => b - a);
  return longest === undefined ? '' : `, means over ${formatMeasure(longest, 'Milliseconds')}`;
}

function readValue(
  model: ChartModel,
  { drawing }: Readonly<ViewState>,
  index: number,
  timeIndex: number | undefined,
): string {
  const series = model.data.series[index];
  if (series === undefined) return NOTHING;
  const unit = model.data.units[series.unit] ?? '';
  if (timeIndex === undefined)
    return series.statistics === undefined ? 'no data' : formatMeasure(series.statistics.last, unit);
  const reading = readAt(model, drawing, index, timeIndex);
  return reading === undefined ? NOTHING : formatMeasure(reading.value, unit);
}
