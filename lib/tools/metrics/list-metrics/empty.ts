/** Why list_metrics finds nothing, and what to try: asked of CloudWatch only when an answer is empty. */
import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import { runInSlices } from '../../../domain/async/slices.ts';
import { countSets } from '../../../domain/metrics/metric-listing.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { offerNames } from '../../../domain/text/nearest.ts';
import { attempt } from '../../../tool/attempt.ts';
import { findElsewhere, type MetricFilter, type Surroundings } from '../shared/empty-elsewhere.ts';

const MAX_LISTED = 5_000;
const MAX_NAMES = 5;

export interface NothingListed extends Surroundings {
  readonly filter: MetricFilter;
  readonly isRecentlyActive: boolean;
}

const LISTED = 'CloudWatch lists metrics with data in the last two weeks only.';

/** Hints, the most useful first. */
export async function explainNothing(question: NothingListed): Promise<string[]> {
  const { filter, isRecentlyActive, region } = question;
  if (isRecentlyActive) {
    const older = await list(question, filter);
    if (older.length > 0) {
      return [
        `${older.length === MAX_LISTED ? 'Thousands' : older.length} had data in the last two weeks, but not in the last 3 hours (daily metrics of S3 and metrics of rare events are like this): pass recently_active=false.`,
      ];
    }
  }
  if (filter.namespace === undefined && filter.metricName === undefined && filter.dimensions === undefined) {
    return [`No metric has data in ${region}. ${LISTED} Check region and account (list_targets).`];
  }
  const places = await findElsewhere(question, filter);
  const inNamespace = await list(question, filter.namespace === undefined ? {} : { namespace: filter.namespace });
  const near =
    inNamespace.length > 0 || filter.namespace === undefined
      ? await explainInside(filter, inNamespace)
      : explainNamespace(filter.namespace, await list(question, {}));
  return [
    ...(places.length === 0 ? [] : [`It exists in ${places.join(', ')}: pass region=${places[0]}.`]),
    ...near,
    `${LISTED} Names and values are compared exactly, with case.`,
  ];
}

function explainNamespace(namespace: string, all: readonly MetricIdentity[]): string[] {
  const names = new Set(all.map((metric) => metric.namespace));
  return [`There is no namespace ${inlineName(namespace)} here. ${offer(namespace, names, 'Namespaces here include')}`];
}

/** The first argument that does not fit; those before it do. */
async function explainInside(filter: MetricFilter, metrics: readonly MetricIdentity[]): Promise<string[]> {
  const { metricName } = filter;
  const own = metricName === undefined ? metrics : metrics.filter((metric) => metric.metricName === metricName);
  if (metricName !== undefined && own.length === 0) {
    const names = new Set(metrics.map((metric) => metric.metricName));
    return [`There is no metric ${inlineName(metricName)} here. ${offer(metricName, names, 'It has')}`];
  }
  for (const { name, value } of filter.dimensions ?? []) {
    const values = new Set(own.flatMap(({ dimensions }) => valuesOf(dimensions, name)));
    if (values.size === 0) {
      const names = new Set(own.flatMap(({ dimensions }) => dimensions.map((dimension) => dimension.name)));
      return [`No metric here has a dimension ${inlineName(name)}. ${offer(name, names, 'Dimensions')}`];
    }
    if (value !== undefined && !values.has(value)) {
      return [
        `Dimension ${inlineName(name)} has no value ${inlineName(value)}. ${offer(value, values, `Its ${values.size} values include`)}`,
      ];
    }
  }
  const sets = await runInSlices(countSets(own));
  const told = sets.slice(0, MAX_NAMES);
  const described = told.map(({ names }) => names.map(inlineName).join(' + ') || 'no dimensions').join('; ');
  return [`Each dimension occurs, but not together. Sets that exist: ${described}.`];
}

function valuesOf(dimensions: MetricIdentity['dimensions'], wanted: string): string[] {
  return dimensions.filter(({ name }) => name === wanted).map(({ value }) => value);
}

function offer(wanted: string, candidates: ReadonlySet<string>, otherwise: string): string {
  return offerNames(wanted, candidates, otherwise, MAX_NAMES) ?? 'Nothing is listed at all.';
}

/** What cannot be asked is no help, and no failure either. */
async function list(
  { port, hasTime, signal }: NothingListed,
  filter: MetricFilter,
): Promise<readonly MetricIdentity[]> {
  const listed = await attempt(signal, port.listMetrics({ ...filter, maxMetrics: MAX_LISTED, hasTime }, signal));
  return 'value' in listed ? listed.value.metrics : [];
}
