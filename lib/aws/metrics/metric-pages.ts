/** Puts the pages of GetMetricData together, in slices: ten pages are a million datapoints. */
import { createSlices, mapInSlices, type Slices } from '../../domain/async/slices.ts';
import type { MetricSeries } from '../ports/metrics.ts';

/** One series as it stands on one page; in time order or against it, as the back end likes. */
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
  fromEpochMs: number;
  toEpochMs: number;
}

/**
 * Joins what belongs together: same id **and** label, and before or after what is there already. Two series of one page
 * are never joined, even if id and label are the same (two results of a SEARCH may look alike). Back ends that ignore the
 * order that was asked for exist, so the datapoints are sorted here, whatever order they come in.
 * @returns ascending series, in the order in which they first appeared
 */
export async function joinPages(
  pages: readonly (readonly PageSeries[])[],
  slices: Slices = createSlices(),
): Promise<MetricSeries[]> {
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
      if (slices.isOver()) await slices.next();
    }
  }
  return mapInSlices(all, finish, slices);
}

function finish({ id, label, status, messages, timestampsEpochMs, values }: Growing): MetricSeries {
  return { id, label, status, ...sortByTime(timestampsEpochMs, values), messages: [...messages] };
}

function startSeries({ id, label, status }: PageSeries): Growing {
  const empty = { fromEpochMs: Number.POSITIVE_INFINITY, toEpochMs: Number.NEGATIVE_INFINITY };
  return { id, label, timestampsEpochMs: [], values: [], status, messages: new Set(), ...empty };
}

function isContinuation(series: Growing, part: PageSeries): boolean {
  const { from, to } = spanOf(part);
  return to < series.fromEpochMs || from > series.toEpochMs;
}

function spanOf({ timestampsEpochMs }: PageSeries): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const epochMs of timestampsEpochMs) {
    from = Math.min(from, epochMs);
    to = Math.max(to, epochMs);
  }
  return { from, to };
}

function append(series: Growing, part: PageSeries): void {
  series.status = part.status;
  for (const message of part.messages) series.messages.add(message);
  const count = part.timestampsEpochMs.length;
  if (count !== part.values.length) {
    // Which value belongs to which time cannot be known.
    series.messages.add(`an answer with ${count} times and ${part.values.length} values could not be read`);
    if (series.status === 'Complete') series.status = 'InternalError';
    return;
  }
  const { from, to } = spanOf(part);
  series.fromEpochMs = Math.min(series.fromEpochMs, from);
  series.toEpochMs = Math.max(series.toEpochMs, to);
  for (const [index, timestamp] of part.timestampsEpochMs.entries()) {
    series.timestampsEpochMs.push(timestamp);
    series.values.push(part.values[index] ?? Number.NaN);
  }
}

/** Ascending; of several values of one time the one that came first. What is no time is left out. */
function sortByTime(
  times: readonly number[],
  values: readonly number[],
): { timestampsEpochMs: number[]; values: number[] } {
  const order = [...times.keys()]
    .filter((index) => Number.isFinite(times[index]))
    .sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  const kept = order.filter((index, at) => at === 0 || times[index] !== times[order[at - 1] ?? index]);
  return {
    timestampsEpochMs: kept.map((index) => times[index] ?? 0),
    values: kept.map((index) => values[index] ?? Number.NaN),
  };
}
