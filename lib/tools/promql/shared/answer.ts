/** What the PromQL tools have to say in common. Pure. */
import type { PromqlLabels } from '../../../aws/ports/promql.ts';
import { formatNumber } from '../../../domain/metrics/metric-value.ts';
import { writeSelector } from '../../../domain/promql/selector.ts';
import { cleanAwsText, cleanLine, clip } from '../../../domain/text/clean-text.ts';

/** Most series of an answer (QueryMetrics API reference). */
export const MAX_SERIES = 500;
const MAX_SERIES_CHARS = 500;

/** A series on one line. */
export function writeSeries(labels: PromqlLabels): string {
  return clip(cleanLine(writeSelector(labels)), MAX_SERIES_CHARS);
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
