import type { ListMetricsRequest, MetricIdentity, MetricsPort } from '../../../aws/ports/metrics.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { REGIONS } from '../../../domain/regions.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';

/** Most regions to look into for a metric that does not exist where it was asked. */
const MAX_REGIONS = 6;
/** A page of ListMetrics. */
const MAX_OWNED = 500;
const MAX_OWNERS = 5;
/** Where people have things, when every region may be asked. */
const USUAL = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-northeast-1', 'ap-southeast-1', 'us-east-2'];

/** Where a metric that has no data is looked for, and for how long. */
export interface Surroundings {
  readonly port: MetricsPort;
  readonly region: string;
  /** Further places to look for a metric that does not exist here. */
  readonly elsewhere: readonly { readonly region: string; readonly port: MetricsPort }[];
  readonly hasTime: () => boolean;
  readonly signal: AbortSignal;
}

export function lookAround(context: ToolContext, target: Target): Surroundings {
  return {
    port: context.aws(target).metrics,
    region: target.region,
    elsewhere: pickOtherRegions(target.region, context.targets.regions).map((region) => ({
      region,
      port: context.aws({ ...target, region }).metrics,
    })),
    hasTime: context.hasTime,
    signal: context.signal,
  };
}

export type MetricFilter = Omit<ListMetricsRequest, 'maxMetrics' | 'hasTime' | 'isRecentlyActive'>;

/** The other regions that list such a metric; one that cannot be asked is left out. */
export async function findElsewhere({ elsewhere, signal }: Surroundings, filter: MetricFilter): Promise<string[]> {
  const found = await inParallel(elsewhere, MAX_REGIONS, async ({ region, port }) => {
    const listed = await attempt(signal, port.listMetrics({ ...filter, maxMetrics: 1 }, signal));
    return 'value' in listed && listed.value.metrics.length > 0 ? [region] : [];
  });
  return found.flat();
}

/** Source accounts linked to the one that was asked that own this metric, which it has not itself. */
export async function findOwners(
  { port, hasTime, signal }: Surroundings,
  { namespace, metricName, dimensions, accountId }: MetricIdentity,
): Promise<string[]> {
  if (accountId !== undefined) return [];
  const request = { namespace, metricName, dimensions, hasLinkedAccounts: true, maxMetrics: MAX_OWNED, hasTime };
  const listed = await attempt(signal, port.listMetrics(request, signal));
  if ('error' in listed) return [];
  const exact = listed.value.metrics.filter((metric) => metric.dimensions.length === dimensions.length);
  return [...new Set(exact.flatMap((metric) => metric.accountId ?? []))].slice(0, MAX_OWNERS);
}

/** Regions of the same partition worth a look, without the one that was asked. */
function pickOtherRegions(region: string, allowed: readonly string[]): readonly string[] {
  const others = allowed.filter((name) => name !== region && REGIONS[name] === REGIONS[region]);
  if (others.length <= MAX_REGIONS) return others;
  const usual = USUAL.filter((name) => others.includes(name));
  return (usual.length > 0 ? usual : others).slice(0, MAX_REGIONS);
}
