import type { Content, Place, RegionContent } from '../data/content.ts';
import { createMetricStore } from '../data/metric-reader.ts';
import type { MetricStore } from '../data/metric-store.ts';

/** What one account holds in one region. */
export interface StoredRegion extends RegionContent {
  /** The metrics as they can be read at a time. */
  storeAt(nowEpochMs: number): MetricStore;
}

/** Gives the data of the caller's account and region. */
export type RegionData = (place: Place) => StoredRegion;

export function createRegionData(content: Content): RegionData {
  return (place) => {
    const region = content.region(place);
    return { ...region, storeAt: (nowEpochMs) => createMetricStore(region.metrics, nowEpochMs) };
  };
}
