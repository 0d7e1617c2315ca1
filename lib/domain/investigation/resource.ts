/** Which resource a metric is of, and how near resources are to one another by their names. Pure. */

export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  readonly accountId?: string | undefined;
}

/** Say where a resource stands, or of which part a datapoint is, rather than which resource it is. */
const PLACES = new Set([
  'ClusterName',
  'Environment',
  'Stage',
  'Region',
  'AvailabilityZone',
  'Resource',
  'Method',
  'Operation',
  'LoadBalancer',
  'ExecutedVersion',
  'ClientId',
  'Currency',
  'CacheNodeId',
  'EventBusName',
  'StorageType',
  'service',
  'environment',
  'stage',
]);

const OWNER = / \(\d{12}\)$/;

/**
 * The name of the resource: the value of the dimension that tells it best, else the namespace. A log group is its writer's;
 * one of a linked account has that account's number behind it, since two accounts may have resources of one name.
 */
export function resourceOf({ accountId, ...metric }: Omit<MetricName, 'metricName'>): string {
  return accountId === undefined ? nameOf(metric) : `${nameOf(metric)} (${accountId})`;
}

/** As the account that has it calls it. */
export function nameWithoutOwner(resource: string): string {
  return resource.replace(OWNER, '');
}

function nameOf({ namespace, dimensions }: Pick<MetricName, 'namespace' | 'dimensions'>): string {
  const own = dimensions.find(({ name }) => !PLACES.has(name)) ?? dimensions[0];
  if (namespace === 'AWS/Logs' && own !== undefined) return own.value.slice(own.value.lastIndexOf('/') + 1);
  return own?.value ?? namespace;
}

export function metricKey({ namespace, metricName, dimensions, accountId = '' }: MetricName): string {
  const told = dimensions.map(({ name, value }) => `${name}=${value}`).sort();
  return [accountId, namespace, metricName, ...told].join('\u0000');
}

/** `shop-orders-db` → `shop`, `orders`, `db`. */
export function nameParts(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1-$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

/** How many parts two names have in common from their beginning on. */
export function sharedParts(left: string, right: string): number {
  const [a, b] = [nameParts(left), nameParts(right)];
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing < 0 ? a.length : differing;
}

const MIN_MENTION_CHARS = 3;

/**
 * The words by which a text may speak of each resource: its whole name, and those parts of it that no other has.
 * @param names of all resources that are known
 */
export function mentionsOf(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, number>();
  for (const name of names) {
    for (const part of new Set(nameParts(name))) uses.set(part, (uses.get(part) ?? 0) + 1);
  }
  return new Map(
    names.map((name) => {
      const own = nameParts(name).filter((part) => uses.get(part) === 1 && part.length > MIN_MENTION_CHARS);
      return [name, [name.toLowerCase(), ...own]];
    }),
  );
}
