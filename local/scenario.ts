/**
 * The incident that the embedded CloudWatch tells: an online shop whose last deploy made `checkout` slow.
 * Only names, times and proportions live here; metrics, alarms and logs are generated from them, so that they agree.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const DEFAULT_REGION = 'us-east-1';

/** The first account is the one of the ambient identity. Regions other than the first hold little, on purpose. */
export const ACCOUNTS = {
  prod: { id: '111122223333', regions: ['us-east-1', 'eu-west-1'] },
  dev: { id: '222233334444', regions: ['us-east-1'] },
  data: { id: '333344445555', regions: ['eu-west-1', 'us-east-1'] },
} as const;
export type AccountAlias = keyof typeof ACCOUNTS;

/** The role that exists in each account. */
export const ROLE_NAME = 'CloudWatchMCPRole';

/** Key pair that stands for the ambient identity (a pod's role). Not a secret: it opens nothing but this imitation. */
export const AMBIENT_CREDENTIALS = {
  accessKeyId: 'AKIALOCALAMBIENT0000',
  secretAccessKey: 'local-ambient-secret-key',
} as const;
export const AMBIENT_PRINCIPAL_ARN = `arn:aws:sts::${ACCOUNTS.prod.id}:assumed-role/${ROLE_NAME}/cloudwatch-mcp`;

export const HISTORY_MS = 35 * DAY_MS;

/** When things happened, counted back from now. The order is the causal one. */
export const TIMELINE = {
  /** Version 2.14.0 of checkout goes live: one query per cart item, without an index. */
  deployAgoMs: 40 * MINUTE_MS,
  /** Database connections begin to fill. */
  connectionsFillingAgoMs: 38 * MINUTE_MS,
  /** The checkout function passes its latency threshold. */
  latencyAlarmAgoMs: 34 * MINUTE_MS,
  /** Time-outs begin: errors and HTTP 5xx. */
  errorsAlarmAgoMs: 29 * MINUTE_MS,
  /** Orders are not taken off the queue any more. */
  queueAlarmAgoMs: 22 * MINUTE_MS,
} as const;

/** Resources of account `prod`, us-east-1. */
export const SHOP = {
  checkoutFunction: 'shop-checkout',
  cartFunction: 'shop-cart',
  paymentFunction: 'shop-payment',
  searchFunction: 'shop-search',
  api: 'shop-api',
  apiStage: 'prod',
  ecsCluster: 'shop-services',
  ecsService: 'recommendations',
  eksCluster: 'shop-eks',
  eksNamespace: 'storefront',
  database: 'shop-orders-db',
  queue: 'shop-orders',
  deadLetterQueue: 'shop-orders-dlq',
  bucket: 'shop-product-images',
} as const;

export const LOG_GROUPS = {
  checkout: `/aws/lambda/${SHOP.checkoutFunction}`,
  cart: `/aws/lambda/${SHOP.cartFunction}`,
  payment: `/aws/lambda/${SHOP.paymentFunction}`,
  search: `/aws/lambda/${SHOP.searchFunction}`,
  apiAccess: `API-Gateway-Execution-Logs_${SHOP.api}/${SHOP.apiStage}`,
  ecs: `/ecs/${SHOP.ecsService}`,
  eks: `/aws/containerinsights/${SHOP.eksCluster}/application`,
  database: `/aws/rds/instance/${SHOP.database}/postgresql`,
  /** Plain text lines, no JSON. */
  legacy: 'legacy-batch',
  /** Class INFREQUENT_ACCESS. */
  archive: 'shop-audit-archive',
  /** Hostile text: ANSI, bidi, zero-width, prompt injection, a fake boundary. */
  hostile: 'partner-webhooks',
} as const;

/** Alarms that are firing in account prod, us-east-1 (among others); names that documentation and demo may rely on. */
export const FIRING_ALARMS = {
  checkoutLatency: 'shop-checkout-duration-p99',
  checkoutErrors: 'shop-checkout-error-rate',
  databaseConnections: 'shop-orders-db-connections',
  queueAge: 'shop-orders-queue-age',
  shopHealth: 'shop-health',
} as const;
