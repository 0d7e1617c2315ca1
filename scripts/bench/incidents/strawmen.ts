/** Two ways to name a suspect without thinking: what the generator makes must be too hard for them. */
import type { Incident } from '../../../local/incidents/incident.ts';
import type { WrittenMetric } from '../../../local/scenarios/document.ts';

/** Minutes that are compared, and that tell the level before. */
const SINCE = 30;
const BEFORE = 180;

/** The resource of the alarm's own metric. */
export function nameOwn({ document, truth }: Incident): string | undefined {
  const alarm = document.metricAlarms?.find(({ AlarmName }) => AlarmName === truth.alarm);
  return resourceIn(alarm?.Dimensions);
}

/** The resource whose metric has moved most, in median absolute deviations. */
export function nameLargestShift({ document }: Incident): string | undefined {
  const scored = (document.metrics ?? []).map((metric) => ({
    resource: resourceIn(metric.Dimensions),
    score: shiftOf(metric),
  }));
  return scored.sort((a, b) => b.score - a.score)[0]?.resource;
}

function resourceIn(
  dimensions: readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[] | null | undefined,
): string | undefined {
  return dimensions?.filter(({ Name }) => Name !== 'Environment').at(-1)?.Value;
}

function shiftOf({ values, statistics }: WrittenMetric): number {
  const all = [...(values ?? statistics?.p50 ?? [])].map((value) => value ?? Number.NaN);
  const since = all.slice(-SINCE).filter((value) => !Number.isNaN(value));
  const before = all.slice(-SINCE - BEFORE, -SINCE).filter((value) => !Number.isNaN(value));
  if (since.length === 0 || before.length === 0) return 0;
  const level = medianOf(before);
  const mad = medianOf(before.map((value) => Math.abs(value - level)));
  return Math.abs(medianOf(since) - level) / Math.max(mad, 0.01 * Math.abs(level), 1e-9);
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
