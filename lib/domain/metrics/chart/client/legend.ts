/** One button for each series: line, name, value. A click or the keyboard hides and shows the series. */
import { formatMeasure } from '../format-measure.ts';
import { dashOf, LIGHT } from '../palette.ts';
import { type ClockZone, formatMoment } from '../time-labels.ts';
import { type ChartModel, readAt } from './chart-model.ts';
import { createElement, createSwatch, findElement } from './elements.ts';
import { listStates } from './key.ts';

const NOTHING = '–';
/** The first scale stands where everybody looks for it. */
const AXES = [undefined, 'right axis', 'no axis'] as const;

export interface LegendEvents {
  onToggle(seriesIndex: number): void;
  /** Undefined: none is singled out. */
  onFocus(seriesIndex: number | undefined): void;
}

export interface Legend {
  /** The values at a time of the model, or the latest ones. */
  show(timeIndex: number | undefined, zone: ClockZone): void;
  setHidden(hidden: ReadonlySet<number>): void;
}

export function createLegend(model: ChartModel, events: LegendEvents): Legend {
  const moment = findElement('moment');
  const states = findElement('states');
  const entries = model.data.series.map((series, index) => {
    const value = createElement('span', 'value');
    const button = createEntry(series.label, index, value, model.data.units[series.unit] ?? '', AXES[series.unit]);
    button.addEventListener('click', () => events.onToggle(index));
    for (const name of ['mouseenter', 'focus']) button.addEventListener(name, () => events.onFocus(index));
    for (const name of ['mouseleave', 'blur']) button.addEventListener(name, () => events.onFocus(undefined));
    const item = createElement('li', '');
    item.append(button);
    findElement('legend').append(item);
    return { button, value };
  });
  return {
    show(timeIndex, zone) {
      moment.textContent = timeIndex === undefined ? 'Latest values' : formatMoment(model.times[timeIndex] ?? 0, zone);
      states.textContent = timeIndex === undefined ? '' : listStates(model, model.times[timeIndex] ?? 0);
      for (const [index, { value }] of entries.entries()) value.textContent = readValue(model, index, timeIndex);
    },
    setHidden(hidden) {
      for (const [index, { button }] of entries.entries())
        button.setAttribute('aria-pressed', String(!hidden.has(index)));
    },
  };
}

function createEntry(
  label: string,
  index: number,
  value: HTMLElement,
  unit: string,
  axis: string | undefined,
): HTMLButtonElement {
  const button = createElement('button', 'entry');
  button.type = 'button';
  button.setAttribute('aria-pressed', 'true');
  button.title = unit === '' ? label : `${label} (${unit})`;
  button.append(
    createSwatch(`--series-${index % LIGHT.series.length}`, dashOf(index)),
    createElement('span', 'label', label === '' ? '(no name)' : label),
    ...(axis === undefined ? [] : [createElement('span', 'side', axis)]),
    value,
  );
  return button;
}

function readValue(model: ChartModel, index: number, timeIndex: number | undefined): string {
  const series = model.data.series[index];
  if (series === undefined) return NOTHING;
  const unit = model.data.units[series.unit] ?? '';
  if (timeIndex === undefined)
    return series.statistics === undefined ? 'no data' : formatMeasure(series.statistics.last, unit);
  const reading = readAt(model, index, timeIndex);
  if (reading === undefined) return NOTHING;
  return `${reading.isNear ? '≈ ' : ''}${formatMeasure(reading.value, unit)}`;
}
