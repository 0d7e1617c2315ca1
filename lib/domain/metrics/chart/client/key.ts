/** The key of thresholds and alarm states below the legend. */
import type { ChartData } from '../chart-data.ts';
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
  for (const [className, text] of listMeanings(data)) {
    const item = createElement('li', 'key-entry');
    item.id = className;
    item.append(createElement('span', `patch ${className}`), createElement('span', 'label', text));
    list.append(item);
  }
}

/** What is drawn beside lines, thresholds and states. There are shades wherever points are means, which a zoom changes. */
function listMeanings({ series }: ChartData): [className: string, text: string][] {
  const areSamples = series.some(({ statistics }) => statistics?.samples !== undefined);
  const what = areSamples ? 'sample' : 'datapoint';
  return [
    ['shade', `From the lowest to the highest ${what}`],
    ...(series.some(({ weekBefore }) => weekBefore !== undefined)
      ? [['week', 'A week before'] as [string, string]]
      : []),
    ...(series.some(({ openFrom }) => openFrom !== undefined) ? [['open', 'Not final yet'] as [string, string]] : []),
  ];
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
