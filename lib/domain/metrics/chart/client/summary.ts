/** The chart in words and numbers, for those who do not see it. */
import { formatMeasure } from '../format-measure.ts';
import { formatMoment } from '../time-labels.ts';
import type { ChartModel } from './chart-model.ts';
import { createElement, findElement } from './elements.ts';

const HEADINGS = [
  'Series',
  'Unit',
  'Datapoint',
  'Datapoints',
  'Minimum',
  'Mean',
  'Maximum',
  'Last',
  'Time of the last',
];
const MAX_NAMED_SERIES = 5;

export function describeChart({ data }: ChartModel): string {
  const range = `from ${formatMoment(data.start, 'utc')} to ${formatMoment(data.end, 'utc')}`;
  const named = data.series.slice(0, MAX_NAMED_SERIES).map(({ label, unit, statistics }) => {
    if (statistics === undefined) return `${label}: no data`;
    const [min, max, last] = [statistics.min, statistics.max, statistics.last].map((value) =>
      formatMeasure(value, data.units[unit] ?? ''),
    );
    return `${label}: between ${min} and ${max}, last ${last}`;
  });
  const more = data.series.length - named.length;
  return [
    `Line chart ${data.title}, ${range}.`,
    data.series.length === 0 ? 'No data.' : `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    data.thresholds.length > 0 ? `${data.thresholds.length} thresholds.` : '',
    data.findings.length > 0 ? `What stands out: ${data.findings.map(({ text }) => text).join('; ')}.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function fillTable({ data }: ChartModel): void {
  const table = findElement('table');
  const head = createElement('tr', '');
  for (const heading of HEADINGS) {
    const cell = createElement('th', '', heading);
    cell.scope = 'col';
    head.append(cell);
  }
  table.append(createElement('caption', '', 'Summary of each series'), head);
  for (const { label, unit, statistics, measure = '' } of data.series) {
    const name = data.units[unit] ?? '';
    const row = createElement('tr', '');
    const header = createElement('th', '', label);
    header.scope = 'row';
    row.append(header, createElement('td', '', name), createElement('td', '', measure));
    const cells =
      statistics === undefined
        ? ['0', ...HEADINGS.slice(4).map(() => '–')]
        : [
            String(statistics.count),
            ...[statistics.min, statistics.mean, statistics.max, statistics.last].map((value) =>
              formatMeasure(value, name),
            ),
            formatMoment(statistics.lastEpochMs, 'utc'),
          ];
    for (const text of cells) row.append(createElement('td', '', text));
    table.append(row);
  }
}
