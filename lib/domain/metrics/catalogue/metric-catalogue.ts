/** What is known of AWS's own metrics: looked up by name without regard to case, or searched. Pure. */

import { findNearest } from '../../text/nearest.ts';
import { type CatalogueMetric, decodeNamespace } from './encoding.ts';
import { ENTRIES } from './entries.ts';

const MAX_NEAR = 5;

let decoded: ReadonlyMap<string, readonly CatalogueMetric[]> | undefined;

/** Namespace → its metrics; made once, when first asked for (some milliseconds). */
export function readCatalogue(): ReadonlyMap<string, readonly CatalogueMetric[]> {
  decoded ??= new Map(
    ENTRIES.map((entry) => {
      const metrics = decodeNamespace(entry);
      return [metrics[0]?.namespace ?? '', metrics];
    }),
  );
  return decoded;
}

/** The namespace as AWS writes it: case does not matter, nor does a missing `AWS/`. */
export function findNamespace(name: string): string | undefined {
  const wanted = name.toLowerCase();
  const names = [...readCatalogue().keys()];
  return (
    names.find((known) => known === name) ??
    names.find((known) => known.toLowerCase() === wanted) ??
    names.find((known) => known.toLowerCase() === `aws/${wanted}`)
  );
}

/** Metrics of a name in one namespace or in all, in the very case first, else without regard to case. */
export function findMetrics(metricName: string, namespace?: string): CatalogueMetric[] {
  const wanted = metricName.toLowerCase();
  const all = listMetricsOf(namespace);
  const exact = all.filter((metric) => metric.metricName === metricName);
  return exact.length > 0 ? exact : all.filter((metric) => metric.metricName.toLowerCase() === wanted);
}

/** Metrics whose name, namespace or meaning holds every word; those with all words in the name first. */
export function searchMetrics(text: string, namespace?: string): CatalogueMetric[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const ranked = listMetricsOf(namespace).flatMap((metric) => {
    const name = metric.metricName.toLowerCase();
    const whole = `${metric.namespace} ${name} ${metric.meaning}`.toLowerCase();
    if (!words.every((word) => whole.includes(word))) return [];
    return [{ metric, hits: words.filter((word) => name.includes(word)).length }];
  });
  return ranked.sort((a, b) => b.hits - a.hits).map(({ metric }) => metric);
}

export function findNearNamespaces(name: string): string[] {
  return findNearest(name, readCatalogue().keys(), MAX_NEAR);
}

/** Near metric names, in one namespace or in all. */
export function findNearMetrics(metricName: string, namespace?: string): string[] {
  return findNearest(metricName, new Set(listMetricsOf(namespace).map((metric) => metric.metricName)), MAX_NEAR);
}

export function listMetricsOf(namespace?: string): readonly CatalogueMetric[] {
  return namespace === undefined ? [...readCatalogue().values()].flat() : (readCatalogue().get(namespace) ?? []);
}
