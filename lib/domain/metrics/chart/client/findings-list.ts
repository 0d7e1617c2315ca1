/** The findings in words, under the numbers that the drawing has. */
import { formatMoment } from '../time-labels.ts';
import type { ChartModel } from './chart-model.ts';
import { createElement, findElement } from './elements.ts';

export function fillFindings({ data }: ChartModel): void {
  const list = findElement('findings');
  for (const { text, start } of data.findings) {
    const item = createElement('li', '', text);
    item.title = formatMoment(start, 'utc');
    list.append(item);
  }
  list.hidden = data.findings.length === 0;
}
