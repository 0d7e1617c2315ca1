import { ACCOUNTS, DEFAULT_REGION, LOG_GROUPS } from '../scenario.ts';
import type { World } from '../world.ts';
import type { LogContent, Place } from './content.ts';
import { createAnomalyData, NO_ANOMALIES } from './logs/anomalies.ts';
import { createLogCatalog } from './logs/catalog.ts';
import { createQueryHistory } from './logs/query-history.ts';
import { createSavedQueries } from './logs/saved-queries.ts';

const ACCOUNT_POLICY = { name: 'shop-request-ids', prefix: '/aws/lambda/shop-', fields: ['@requestId'] } as const;
const GROUP_POLICIES: Readonly<Record<string, readonly string[]>> = {
  [LOG_GROUPS.checkout]: ['requestId', 'orderId'],
  [LOG_GROUPS.apiAccess]: ['requestId'],
};

/** The logs of the shop; what is beside the groups belongs to the first account's first region. */
export function createShopLogs({ seed, anchorEpochMs }: World): LogContent {
  const savedQueries = createSavedQueries(seed, anchorEpochMs);
  const history = createQueryHistory(seed, anchorEpochMs);
  const anomalies = createAnomalyData(seed, anchorEpochMs);
  return {
    groups: createLogCatalog(seed, anchorEpochMs),
    // The first account is set up to monitor the others (CloudWatch cross-account observability).
    linkedAccounts: (account) => (account === ACCOUNTS.prod.id ? [ACCOUNTS.dev.id, ACCOUNTS.data.id] : []),
    savedQueries: (place) => (isMain(place) ? savedQueries : []),
    queryHistory: (place) => (isMain(place) ? history : []),
    anomalies: (place) => (isMain(place) ? anomalies : NO_ANOMALIES),
    indexedFields: (group) => (isMain(group) ? GROUP_POLICIES[group.name] : undefined),
    accountIndexPolicy: (place) => (isMain(place) ? ACCOUNT_POLICY : undefined),
  };
}

function isMain({ account, region }: Place): boolean {
  return account === ACCOUNTS.prod.id && region === DEFAULT_REGION;
}
