import { LOG_GROUPS } from '../../scenario.ts';
import { integerBetween, pick, randomFor, uuid } from './random.ts';

const HOUR_MS = 3_600_000;
const HISTORY_DAYS = 30;
const QUERIES = 160;

/** A query that somebody ran before this server was started. */
export interface PastQuery {
  readonly queryId: string;
  readonly queryString: string;
  readonly logGroupName: string;
  readonly status: 'Complete' | 'Cancelled' | 'Failed';
  readonly createdEpochMs: number;
  readonly durationMs: number;
  readonly bytesScanned: number;
}

const HABITS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  [
    LOG_GROUPS.checkout,
    'fields @timestamp, message | filter requestId = "8d4e2f60-1c7b-4a55-a0de-5b1f9c2e7a31" | sort @timestamp asc',
  ],
  [LOG_GROUPS.checkout, 'filter level = "ERROR" and version = "2.13.7" | stats count(*) by bin(1h)'],
  [LOG_GROUPS.checkout, 'filter orderId in ["ord-417755", "ord-118203"] | display @timestamp, message, durationMs'],
  [LOG_GROUPS.checkout, 'filter (customer="cust-1044") or not (level="INFO") | limit 20'],
  [LOG_GROUPS.checkout, 'fields @message | filter traceId = "1-6b02eda4-572ab1" and durationMs>1000'],
  [LOG_GROUPS.apiAccess, 'filter status >= 500 and resourcePath = "/checkout" | stats count(*) by status'],
  [LOG_GROUPS.apiAccess, 'filter requestId = "3f0c1d52-91ab-4b7e-aa10-d55a0c9f4e12"'],
  [LOG_GROUPS.eks, 'filter kubernetes.pod_name = "web-6c9d7f8b5-4xk2p" | sort @timestamp desc | limit 100'],
  [
    LOG_GROUPS.eks,
    'filter kubernetes.namespace_name = "storefront" and stream = "stderr" | stats count(*) by kubernetes.container_name',
  ],
  [LOG_GROUPS.payment, 'filter paymentId = "pay-5f1e0a7c33b2" | display @timestamp, message'],
  [LOG_GROUPS.database, 'parse @message "duration: * ms" as ms | filter ms > 1000 | stats count(*) by bin(5m)'],
];

/** Thirty days of query history, newest first. */
export function createQueryHistory(seed: number, anchorEpochMs: number): readonly PastQuery[] {
  const random = randomFor(seed, 'query history', 0);
  return Array.from({ length: QUERIES }, () => {
    const [logGroupName, queryString] = pick(random, HABITS);
    const status = pick(random, [
      'Complete',
      'Complete',
      'Complete',
      'Complete',
      'Complete',
      'Cancelled',
      'Failed',
    ] as const);
    return {
      queryId: uuid(random),
      queryString,
      logGroupName,
      status,
      createdEpochMs: Math.round(anchorEpochMs - HOUR_MS - random() * HISTORY_DAYS * 24 * HOUR_MS),
      durationMs: integerBetween(random, 400, 19_000),
      bytesScanned: integerBetween(random, 2_000_000, 9_000_000_000),
    };
  }).sort((a, b) => b.createdEpochMs - a.createdEpochMs);
}
