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

/** How many parts two names have in common from their beginning on. */
export function sharedParts(left: string, right: string): number {
  const [a, b] = [nameParts(coreName(left)), nameParts(coreName(right))];
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing < 0 ? a.length : differing;
}

const MIN_MENTION_CHARS = 3;
const MOST_ALIKE = 3;
const FEW_SHARE = 0.2;
/** Say what a thing is rather than which. */
const KINDS = new Set('svc service api app asg tg alb nlb elb lb handler function fn lambda'.split(' '));
/** A part of a name tells a thing from others where no more of them have it. */
const TELLING_SHARE = 0.5;
const TELLING = 2;
const MIN_TELLING_CHARS = 3;

/** In how many names each part stands; a load balancer, its target group and its service of one name are one. */
function countParts(names: readonly string[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const core of new Set(
    names.map((name) =>
      nameParts(coreName(name))
        .filter((part) => !KINDS.has(part))
        .join('-'),
    ),
  ))
    for (const part of new Set(core.split('-'))) uses.set(part, (uses.get(part) ?? 0) + 1);
  return uses;
}

/**
 * The words by which a text may speak of each resource: its whole name, and those parts of it that no other has, or of many
 * resources hardly any: a service and the store that is named after it.
 * @param names of all resources that are known
 */
export function mentionsOf(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const uses = countParts(names);
  const few = Math.max(1, Math.min(MOST_ALIKE, FEW_SHARE * names.length));
  return new Map(
    names.map((name) => {
      const core = coreName(name);
      const own = nameParts(core).filter((part) => (uses.get(part) ?? 0) <= few && part.length > MIN_MENTION_CHARS);
      return [name, [...new Set([name.toLowerCase(), core.toLowerCase(), ...own])]];
    }),
  );
}

/** The parts of a name that not most others have, and in how many names each is: what a log group of it is likely to be named by. */
export function tellingParts(name: string, all: readonly string[]): ReadonlyMap<string, number> {
  const uses = countParts([...all, name]);
  const most = Math.max(TELLING, TELLING_SHARE * new Set(all).size);
  const told = nameParts(coreName(name)).map((part) => [part, uses.get(part) ?? 0] as const);
  return new Map(told.filter(([part, count]) => part.length >= MIN_TELLING_CHARS && !KINDS.has(part) && count <= most));
}

/** Part of all names that may have a part in common before it says nothing. */
const COMMON_SHARE = 0.75;

/** Whether two names have a part in common that not nearly all have: a product, a team. */
export function areAkin(left: string, right: string, all: readonly string[]): boolean {
  const uses = countParts([...all, left, right]);
  const names = new Set([...all, left, right]).size;
  const parts = new Set(nameParts(coreName(left)));
  return nameParts(coreName(right)).some(
    (part) => parts.has(part) && !KINDS.has(part) && (uses.get(part) ?? 0) <= COMMON_SHARE * names,
  );
}
