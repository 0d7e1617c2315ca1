/** The values beside the cursor. For the eye only: the legend and the line above it say the same to everybody. */
import { formatMeasure } from '../format-measure.ts';
import { dashOf, LIGHT } from '../palette.ts';
import { formatMoment } from '../time-labels.ts';
import { type ChartModel, type Reading, readAt, readLine } from './chart-model.ts';
import { createElement, createSwatch, findElement } from './elements.ts';
import type { ViewState } from './view-state.ts';

/** More rows hide the lines; the highest are told. */
const MAX_ROWS = 8;
const DISTANCE_PX = 14;

interface Row {
  readonly index: number;
  readonly reading: Reading;
}

/** @param plotLeft of the plotting area, and `plotWidth`, in CSS pixels */
export function showTip(
  model: ChartModel,
  state: Readonly<ViewState>,
  cursor: {
    readonly timeIndex: number | undefined;
    readonly left: number;
    readonly plotLeft: number;
    readonly plotWidth: number;
  },
): void {
  const tip = findElement('tip');
  const rows = cursor.timeIndex === undefined ? [] : listRows(model, state, cursor.timeIndex);
  tip.hidden = rows.length === 0;
  if (rows.length === 0) return;
  const at = state.drawing.times[cursor.timeIndex ?? 0] ?? 0;
  tip.replaceChildren(
    createElement('div', 'tip-time', formatMoment(at, state.zone)),
    ...rows.slice(0, MAX_ROWS).flatMap((row) => createRow(model, state, row, at)),
    ...(rows.length > MAX_ROWS ? [createElement('div', 'tip-more', `and ${rows.length - MAX_ROWS} more`)] : []),
  );
  const isLeftHalf = cursor.left < cursor.plotWidth / 2;
  const place = cursor.plotLeft + cursor.left;
  tip.style.left = isLeftHalf ? `${place + DISTANCE_PX}px` : 'auto';
  tip.style.right = isLeftHalf ? 'auto' : `calc(100% - ${place - DISTANCE_PX}px)`;
}

function listRows(model: ChartModel, state: Readonly<ViewState>, timeIndex: number): Row[] {
  return model.data.series
    .flatMap((_, index): Row[] => {
      const reading = state.hidden.has(index) ? undefined : readAt(model, state.drawing, index, timeIndex);
      return reading === undefined ? [] : [{ index, reading }];
    })
    .sort((a, b) => b.reading.value - a.reading.value);
}

function createRow(model: ChartModel, state: Readonly<ViewState>, { index, reading }: Row, at: number): HTMLElement[] {
  const series = model.data.series[index];
  const write = (value: number): string => formatMeasure(value, model.data.units[series?.unit ?? 0] ?? '');
  const row = createElement('div', 'tip-row');
  row.append(
    createSwatch(`--series-${index % LIGHT.series.length}`, dashOf(index)),
    createElement('span', 'tip-label', series?.label ?? ''),
    createElement('span', 'tip-value', write(reading.value)),
  );
  const { low, high } = reading;
  const before = readLine(state.drawing.weeksBefore[index], at, state.drawing.spansMs[index] ?? 0);
  const isOpen = series?.openFrom !== undefined && at >= series.openFrom;
  const more = [
    ...(low !== undefined && high !== undefined && low < high ? [`${write(low)} to ${write(high)}`] : []),
    ...(before === undefined ? [] : [`a week before ${write(before)}`]),
    ...(isOpen ? ['not final'] : []),
  ];
  return more.length === 0 ? [row] : [row, createElement('div', 'tip-more', more.join(' · '))];
}
