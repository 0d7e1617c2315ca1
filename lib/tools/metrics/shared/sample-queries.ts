/**
 * The lowest and the highest sample inside of each average: a mean of 30 minutes tells nothing of the second in which it
 * burned. Asked in the same call as the averages. Pure.
 */
import type { MetricDataQuery, MetricSeries } from '../../../aws/ports/metrics.ts';

/** Two queries more for each; of more series nobody sees the shades. */
export const MAX_SAMPLED = 5;

export interface SeriesSamples {
  readonly low: MetricSeries;
  readonly high: MetricSeries;
}

export interface SampleQueries {
  readonly queries: readonly MetricDataQuery[];
  /** Ids of the lowest and the highest, by the id of the average. */
  readonly ids: ReadonlyMap<string, { readonly low: string; readonly high: string }>;
}

/** For each average of a metric; none where there are more than {@link MAX_SAMPLED}. */
export function listSampleQueries(queries: readonly MetricDataQuery[]): SampleQueries {
  const averages = queries.filter(isShownAverage);
  if (averages.length > MAX_SAMPLED) return { queries: [], ids: new Map() };
  const taken = new Set(queries.map(({ id }) => id));
  const ids = new Map<string, { readonly low: string; readonly high: string }>();
  const added = averages.flatMap((query): MetricDataQuery[] => {
    const [low, high] = [`${query.id}_lowest`, `${query.id}_highest`];
    if (!('metricStat' in query) || taken.has(low) || taken.has(high)) return [];
    ids.set(query.id, { low, high });
    return [
      { id: low, isReturned: true, metricStat: { ...query.metricStat, statistic: 'Minimum' } },
      { id: high, isReturned: true, metricStat: { ...query.metricStat, statistic: 'Maximum' } },
    ];
  });
  return { queries: added, ids };
}

function isShownAverage(query: MetricDataQuery): boolean {
  return query.isReturned && 'metricStat' in query && query.metricStat.statistic === 'Average';
}

/** Takes the samples out of what came, by the id of their average; half of a pair is none. */
export function takeSamples(
  series: readonly MetricSeries[],
  { ids }: SampleQueries,
): { readonly series: readonly MetricSeries[]; readonly samples: ReadonlyMap<string, SeriesSamples> } {
  const added = new Set([...ids.values()].flatMap(({ low, high }) => [low, high]));
  const samples = new Map<string, SeriesSamples>();
  for (const [id, pair] of ids) {
    const low = series.find((one) => one.id === pair.low);
    const high = series.find((one) => one.id === pair.high);
    if (low !== undefined && high !== undefined && low.values.length > 0) samples.set(id, { low, high });
  }
  return { series: series.filter(({ id }) => !added.has(id)), samples };
}
