import type { Content, Place, RegionContent } from '../data/content.ts';
import { type AccountMetrics, linkStores } from '../data/linked-store.ts';
import { createMetricStore } from '../data/metric-reader.ts';
import type { MetricStore, SlotStore } from '../data/metric-store.ts';

/** What one account holds in one region. */
export interface StoredRegion extends RegionContent {
  /** The metrics as they can be read at a time. */
  storeAt(nowEpochMs: number): SlotStore;
  /** The same with the metrics of linked source accounts, for operations that know them. */
  linkedStoreAt(nowEpochMs: number): MetricStore;
  /** Source accounts that this one sees. */
  readonly sources: readonly string[];
}

/** Gives the data of the caller's account and region. */
export type RegionData = (place: Place) => StoredRegion;

export function createRegionData(content: Content): RegionData {
  return (place) => {
    const region = content.region(place);
    const sources = content.metricSources(place.account);
    const metricsOf = (account: string, nowEpochMs: number): AccountMetrics => ({
      account,
      store: createMetricStore(content.region({ ...place, account }).metrics, nowEpochMs),
    });
    return {
      ...region,
      sources,
      storeAt: (nowEpochMs) => createMetricStore(region.metrics, nowEpochMs),
      linkedStoreAt: (nowEpochMs) =>
        linkStores(
          metricsOf(place.account, nowEpochMs),
          sources.map((account) => metricsOf(account, nowEpochMs)),
        ),
    };
  };
}
