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
  'Env',
  'env',
  'Namespace',
  'namespace',
  'reporter',
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

/** The name that people gave, without what a service puts around it: of `app/web/063be5d0`, `targetgroup/web/9af1` and ARNs the middle. */
export function coreName(resource: string): string {
  const plain = nameWithoutOwner(resource);
  const own = plain.startsWith('arn:') ? plain.slice(plain.lastIndexOf(':') + 1) : plain;
  return /^(?:app|net|gwy|targetgroup)\/([^/]+)\//.exec(own)?.[1] ?? own;
}

/** `shop-orders-db` → `shop`, `orders`, `db`. */
export function nameParts(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1-$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

/** The parts of the name that people gave. */
export function partsOf(resource: string): readonly string[] {
  return nameParts(coreName(resource));
}

/** How many parts two names have in common from their beginning on. */
export function sharedParts(a: readonly string[], b: readonly string[]): number {
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing < 0 ? a.length : differing;
}
