/** Puts the pages of GetMetricData together. Pure. */
import type { MetricSeries } from '../ports/metrics.ts';

/** One series as it stands on one page, newest datapoint first. */
export interface PageSeries {
  readonly id: string;
  readonly label: string;
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
  readonly status: MetricSeries['status'];
  readonly messages: readonly string[];
}

interface Growing {
  id: string;
  label: string;
  timestampsEpochMs: number[];
  values: number[];
  status: MetricSeries['status'];
  messages: Set<string>;
}

/**
 * Joins what belongs together: same id **and** label, and older than what is there already. Two series of one page
 * are never joined, even if id and label are the same (two results of a SEARCH may look alike).
 * @returns ascending series, in the order in which they first appeared
 */
export function joinPages(pages: readonly (readonly PageSeries[])[]): MetricSeries[] {
  const all: Growing[] = [];
  const byKey = new Map<string, Growing[]>();
  for (const page of pages) {
    const taken = new Set<Growing>();
    for (const part of page) {
      const key = JSON.stringify([part.id, part.label]);
      const candidates = (byKey.get(key) ?? []).filter((series) => !taken.has(series) && isContinuation(series, part));
      const known = candidates.find(({ status }) => status === 'PartialData') ?? candidates[0];
      const series = known ?? startSeries(part);
      if (known === undefined) {
        all.push(series);
        byKey.set(key, [...(byKey.get(key) ?? []), series]);
      }
      taken.add(series);
      append(series, part);
    }
  }
  return all.map(({ messages, ...series }) => ({
    ...series,
    timestampsEpochMs: series.timestampsEpochMs.reverse(),
    values: series.values.reverse(),
    messages: [...messages],
  }));
}

function startSeries({ id, label, status }: PageSeries): Growing {
  return { id, label, timestampsEpochMs: [], values: [], status, messages: new Set() };
}

function isContinuation(series: Growing, part: PageSeries): boolean {
  const oldest = series.timestampsEpochMs.at(-1) ?? Number.POSITIVE_INFINITY;
  return (part.timestampsEpochMs[0] ?? Number.NEGATIVE_INFINITY) < oldest;
}

function append(series: Growing, part: PageSeries): void {
  for (const [index, timestamp] of part.timestampsEpochMs.entries()) {
    const value = part.values[index];
    if (value === undefined) continue;
    series.timestampsEpochMs.push(timestamp);
    series.values.push(value);
  }
  series.status = part.status;
  for (const message of part.messages) series.messages.add(message);
}
