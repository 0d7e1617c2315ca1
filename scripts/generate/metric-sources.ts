/** The table of docs/metric-catalogue.md: how much is known of each namespace, and the page of AWS to read on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueMetric } from '../../lib/domain/metrics/catalogue/encoding.ts';

const FILE = join(import.meta.dirname, '..', '..', 'data', 'metric-sources.tsv');

/** @throws Error where pages and namespaces of the catalogue differ */
export function renderMetricSources(catalogue: ReadonlyMap<string, readonly CatalogueMetric[]>): string {
  const [, ...lines] = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  const pages = new Map(
    lines.map((line) => {
      const [namespace = '', page = '', read = ''] = line.split('\t');
      return [namespace, { page, read }];
    }),
  );
  const rows = [...catalogue].map(([namespace, metrics]) => {
    const source = pages.get(namespace);
    pages.delete(namespace);
    if (source === undefined) throw new Error(`data/metric-sources.tsv has no page for ${namespace}`);
    const units = metrics.filter(({ unit }) => unit !== undefined).length;
    return `| \`${namespace}\` | ${metrics.length} | ${units} | ${source.read} | ${source.page} |`;
  });
  if (pages.size > 0)
    throw new Error(`data/metric-sources.tsv names ${[...pages.keys()].join(', ')}, which is not known`);
  return ['| namespace | metrics | with a unit | read | page |', '| --- | --- | --- | --- | --- |', ...rows, ''].join(
    '\n',
  );
}
