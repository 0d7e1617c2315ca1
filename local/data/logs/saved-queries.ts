import { LOG_GROUPS } from '../../scenario.ts';
import { randomFor, uuid } from './random.ts';

const DAY_MS = 86_400_000;

export interface SavedQuery {
  readonly queryDefinitionId: string;
  readonly name: string;
  readonly queryString: string;
  readonly lastModifiedEpochMs: number;
  /** Empty: the query may be run on any group. */
  readonly logGroupNames: readonly string[];
  readonly queryLanguage: 'CWLI' | 'PPL' | 'SQL';
}

type Draft = readonly [name: string, queryString: string, logGroupNames?: readonly string[], language?: 'PPL' | 'SQL'];

const ERRORS =
  'fields @timestamp, level, message, requestId\n| filter level = "ERROR"\n| sort @timestamp desc\n| limit 50';

const DRAFTS: readonly Draft[] = [
  ['shop/checkout/errors', ERRORS, [LOG_GROUPS.checkout]],
  [
    'shop/checkout/time-outs per minute',
    'filter @message like /Task timed out/\n| stats count(*) as timeouts by bin(1m)',
    [LOG_GROUPS.checkout],
  ],
  [
    'shop/checkout/slowest orders',
    'filter message = "checkout finished"\n| sort durationMs desc\n| display @timestamp, orderId, durationMs, dbQueries\n| limit 20',
    [LOG_GROUPS.checkout],
  ],
  [
    'shop/checkout/latency by version',
    'filter ispresent(durationMs)\n| stats avg(durationMs), pct(durationMs, 99), count(*) by version',
    [LOG_GROUPS.checkout],
  ],
  ['shop/payment/retries', 'filter level = "WARN"\n| stats count(*) by bin(15m)', [LOG_GROUPS.payment]],
  [
    'shop/api/5xx by route',
    'filter status >= 500\n| stats count(*) as failures by httpMethod, resourcePath, status\n| sort failures desc',
    [LOG_GROUPS.apiAccess],
  ],
  [
    'shop/database/slow statements',
    'parse @message /duration: (?<ms>[0-9.]+) ms/\n| filter ms > 1000\n| stats count(*), max(ms) by bin(5m)',
    [LOG_GROUPS.database],
  ],
  [
    'shop/lambda/memory',
    'filter @type = "REPORT"\n| stats max(@maxMemoryUsed / 1000 / 1000) as usedMb, max(@memorySize / 1000 / 1000) as sizeMb by @log',
    [LOG_GROUPS.checkout, LOG_GROUPS.cart, LOG_GROUPS.payment, LOG_GROUPS.search],
  ],
  ['platform/eks/errors by pod', 'filter stream = "stderr"\n| stats count(*) by kubernetes.pod_name', [LOG_GROUPS.eks]],
  [
    'platform/everywhere/errors by group',
    'SOURCE logGroups(namePrefix: ["/aws/lambda/shop-"])\n| filter @message like /(?i)error/\n| stats count(*) as errors by @log\n| sort errors desc',
  ],
  [
    'platform/everywhere/audit of refusals',
    "SOURCE logGroups(class: ['INFREQUENT_ACCESS'])\n| filter allowed = 0\n| stats count(*) by actor",
  ],
  ['anywhere/errors', ERRORS],
  ['anywhere/most frequent patterns', 'pattern @message\n| sort @sampleCount desc\n| limit 20'],
  ['anywhere/events per minute', 'stats count(*) by bin(1m)'],
  ['anywhere/latest events', 'fields @timestamp, @message\n| sort @timestamp desc\n| limit 20'],
  [
    'experiments/orders in PPL',
    'fields `@timestamp`, orderId | where level = "ERROR" | head 10',
    [LOG_GROUPS.checkout],
    'PPL',
  ],
  [
    'experiments/orders in SQL',
    `SELECT orderId FROM \`${LOG_GROUPS.checkout}\` WHERE level = 'ERROR' LIMIT 10`,
    [],
    'SQL',
  ],
];

/** The saved queries of the monitoring account's first region, by name. */
export function createSavedQueries(seed: number, anchorEpochMs: number): readonly SavedQuery[] {
  return DRAFTS.map(([name, queryString, logGroupNames = [], queryLanguage], index) => ({
    queryDefinitionId: uuid(randomFor(seed, name, 0)),
    name,
    queryString,
    lastModifiedEpochMs: anchorEpochMs - (3 + index * 11) * DAY_MS,
    logGroupNames,
    queryLanguage: queryLanguage ?? ('CWLI' as const),
  })).sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}
