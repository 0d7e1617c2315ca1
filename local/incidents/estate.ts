import { hexDigits, integerBetween, pick, type Random, randomFor } from '../data/logs/random.ts';
import { PLAIN, type Style } from './style.ts';

const PREFIXES = ['alder', 'birch', 'cedar', 'fjord', 'heron', 'maple', 'otter', 'raven', 'tundra', 'willow'] as const;
const WORKS = ['booking', 'catalog', 'invoices', 'ledger', 'loans', 'orders', 'parcels', 'quotes', 'tickets'] as const;
const HELPERS = [
  'audience',
  'coupons',
  'documents',
  'geo',
  'images',
  'mailer',
  'media',
  'profiles',
  'reports',
] as const;

/** The resources that an incident happens among: what calls what is the same in all, names and sizes differ by seed. */
export interface Estate {
  readonly prefix: string;
  /** API Gateway in front. */
  readonly api: string;
  /** Lambda functions: the front calls the others, workers read the queue. */
  readonly front: string;
  readonly pricing: string;
  readonly worker: string;
  /** Lambda functions that have nothing to do with it. */
  readonly helpers: readonly string[];
  readonly database: string;
  readonly table: string;
  readonly queue: string;
  readonly cache: string;
  /** ECS. */
  readonly cluster: string;
  readonly service: string;
  /** Somebody else's API that pricing calls. */
  readonly provider: string;
  readonly hosts: readonly string[];
  readonly version: string;
  readonly nextVersion: string;
  /** Requests a minute at the mean of a day. */
  readonly traffic: number;
  readonly style: Style;
}

export function createEstate(seed: number, kind: string, style = PLAIN): Estate {
  const random = randomFor(seed, `estate of ${kind}`, 0);
  const prefix = pick(random, PREFIXES);
  const work = pick(random, WORKS);
  const name = (part: string): string => `${prefix}-${work}-${part}`;
  const [major, minor, patch] = [
    integerBetween(random, 1, 9),
    integerBetween(random, 0, 30),
    integerBetween(random, 0, 9),
  ];
  return {
    prefix,
    api: name('api'),
    front: name('front'),
    pricing: name('pricing'),
    worker: name('worker'),
    helpers: pickSome(random, HELPERS, 4).map((helper) => `${prefix}-${helper}`),
    database: name('db'),
    table: name('sessions'),
    queue: name('events'),
    cache: name('cache'),
    cluster: `${prefix}-cluster`,
    service: name('renderer'),
    provider: `${pick(random, ['rates', 'maps', 'cards', 'tax'])}.partner.example`,
    hosts: Array.from({ length: 6 }, () => `ip-10-0-${integerBetween(random, 1, 9)}-${hexDigits(random, 2)}`),
    version: `${major}.${minor}.${patch}`,
    nextVersion: `${major}.${minor + 1}.0`,
    traffic: integerBetween(random, 180, 420),
    style,
  };
}

function pickSome<Item>(random: Random, items: readonly Item[], count: number): readonly Item[] {
  const rest = [...items];
  return Array.from({ length: count }, () => rest.splice(integerBetween(random, 0, rest.length - 1), 1)).flat();
}
