/** The key of thresholds and alarm states below the legend. */
import type { ChartState } from '../chart-page.ts';
import { formatMeasure } from '../format-measure.ts';
import { STATE_NAMES } from '../palette.ts';
import type { ChartModel } from './chart-model.ts';
import { createElement, createSwatch, findElement } from './elements.ts';

const THRESHOLD_DASH = [7, 4];
const STATES: readonly ChartState[] = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];

export function fillKey({ data }: ChartModel): void {
  const list = findElement('key');
  const unit = data.units[0] ?? '';
  for (const { label, value, state } of data.thresholds) {
    const item = createElement('li', 'key-entry');
    item.append(
      createSwatch(state === undefined ? '--text' : `--${state}`, THRESHOLD_DASH),
      createElement('span', 'label', label === '' ? 'Threshold' : label),
      createElement('span', 'value', formatMeasure(value, unit)),
    );
    if (state !== undefined) item.append(createElement('span', `state ${state}`, STATE_NAMES[state]));
    list.append(item);
  }
  for (const state of STATES.filter((one) => data.bands.some((band) => band.state === one))) {
    const item = createElement('li', 'key-entry');
    item.append(
      createElement('span', `patch ${state}`),
      createElement('span', 'label', nameAlarms(data.alarms, STATE_NAMES[state])),
    );
    list.append(item);
  }
  list.hidden = list.childElementCount === 0;
}

function nameAlarms([first = '', ...others]: readonly string[], state: string): string {
  return others.length === 0 && first !== '' ? `${state}: ${first}` : `${state} (alarms)`;
}

/** The states of all alarms at a time, in words. */
export function listStates({ data }: ChartModel, epochMs: number): string {
  return data.bands
    .filter(({ start, end }) => start <= epochMs && epochMs < end)
    .map(({ alarm, state }) => `${data.alarms[alarm] ?? ''}: ${STATE_NAMES[state]}`)
    .join(' · ');
}
