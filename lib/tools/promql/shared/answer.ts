/** What the PromQL tools have to say in common. Pure. */
import type { PromqlLabels } from '../../../aws/ports/promql.ts';
import { formatNumber } from '../../../domain/metrics/metric-value.ts';
import { writeSelector } from '../../../domain/promql/selector.ts';
import { cleanAwsText, cleanLine, clip } from '../../../domain/text/clean-text.ts';

/** Most series of an answer (QueryMetrics API reference). */
export const MAX_SERIES = 500;
const MAX_SERIES_CHARS = 500;

export interface WrittenSeries {
  /** Labels that all have, as a selector; undefined where there are none, and for one series. */
  readonly common: string | undefined;
  /** Each series on one line, as a selector of what tells it apart. */
  readonly lines: readonly string[];
}

/** The scope labels of AWS are the same for all of a place: they are told once. */
export function writeSeries(all: readonly PromqlLabels[]): WrittenSeries {
  const [first, ...others] = all;
  const shared = (others.length === 0 ? [] : (first ?? [])).filter(
    ({ name, value }) =>
      name !== '__name__' &&
      others.every((labels) => labels.some((label) => label.name === name && label.value === value)),
  );
  const names = new Set(shared.map(({ name }) => name));
  const write = (labels: PromqlLabels): string => clip(cleanLine(writeSelector(labels)), MAX_SERIES_CHARS);
  return {
    common: shared.length === 0 ? undefined : write(shared),
    lines: all.map((labels) => write(labels.filter(({ name }) => !names.has(name)))),
  };
}

/** What stands above the series. */
export function headOf(columns: string, { common }: WrittenSeries): string {
  return common === undefined ? columns : `${columns}, each with ${common}`;
}

export function writeNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return formatNumber(value);
}

/** As Prometheus writes it: all digits, and `NaN`, `+Inf`, `-Inf`, which JSON has no numbers for. */
export function writeExactly(value: number): string {
  return Number.isFinite(value) ? String(value) : writeNumber(value);
}

export interface Cut<Item> {
  readonly items: readonly Item[];
  /** There are more than were asked for. */
  readonly isCut: boolean;
}

/** One more than wanted was asked for, which tells whether there are more. */
export function cut<Item>(items: readonly Item[], maxItems: number): Cut<Item> {
  return { items: items.slice(0, maxItems), isCut: items.length > maxItems };
}

/** @param most that the service gives at all */
export function gatherWarnings(
  said: readonly string[],
  { isCut, items }: Cut<unknown>,
  noun: string,
  most: number,
): string[] {
  const isFull = items.length >= most;
  return [
    ...said.map((warning) => `CloudWatch says: ${cleanAwsText(warning)}.`),
    ...(isCut ? [`There are more than ${items.length} ${noun}; raise max_items or match fewer.`] : []),
    ...(isFull ? [`CloudWatch gives at most ${most} ${noun}; there may be more: match fewer.`] : []),
  ];
}

/** Why nothing was found, and what to try. */
export const HISTOGRAM_HINT =
  'Some series are histograms, shown by their mean: histogram_avg(), histogram_count(), histogram_sum() or histogram_quantile(0.99, …) make numbers of them.';
