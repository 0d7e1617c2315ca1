/** The assumptions of docs/scaling.md, in one place. Change them to your own and run `node scripts/bench/scaling/simulate-scaling.ts`. */

export interface Scenario {
  readonly users: number;
  /** Share of the users who work on something at the busiest time. */
  readonly activeShare: number;
  /** Account and region pairs that the questions spread over evenly; quotas of AWS are per pair. */
  readonly targets: number;
}

/** A person with an assistant: a question every 30 s, one call each. */
const CALLS_PER_ACTIVE_USER_PER_SECOND = 2 / 60;

export interface ToolModel {
  readonly name: string;
  /** Share of all calls. */
  readonly share: number;
  /** CPU of the pod for one call; measured, rounded up (docs/scaling.md). */
  readonly cpuMs: number;
  /** Median time of AWS for one call. */
  readonly awsMs: number;
  /** Spread of that time: sigma of a log-normal distribution. */
  readonly awsSigma: number;
  /** Requests per second that AWS takes per account and region; beyond it throttles. */
  readonly quotaPerSecond?: number;
  /** Runs as a Logs Insights query. */
  readonly isQuery?: boolean;
}

/** Quotas: the defaults that AWS names; those of an account are in its Service Quotas console. */
export const TOOLS: readonly ToolModel[] = [
  { name: 'alarms', share: 0.35, cpuMs: 12, awsMs: 80, awsSigma: 0.5, quotaPerSecond: 9 },
  { name: 'alarm history', share: 0.1, cpuMs: 6, awsMs: 80, awsSigma: 0.5, quotaPerSecond: 3 },
  { name: 'metrics', share: 0.3, cpuMs: 6, awsMs: 120, awsSigma: 0.5, quotaPerSecond: 50 },
  { name: 'log queries', share: 0.25, cpuMs: 10, awsMs: 4_000, awsSigma: 0.8, isQuery: true },
];

/** Logs Insights queries at the same time, per account and region. */
export const QUERY_QUOTA = 100;
/** CLOUDWATCH_MCP_INSIGHTS_CONCURRENCY: a process keeps to its share of the quota and lets the rest wait. */
export const QUERIES_PER_POD = 20;
/** CLOUDWATCH_MCP_TOOL_TIMEOUT_MS. */
export const TOOL_TIMEOUT_MS = 50_000;
/** Attempts of the AWS SDK, with back-off between them. */
export const ATTEMPTS = 4;
export const BACK_OFF_MS = 500;

/** k8s/base/horizontal-pod-autoscaler.yaml and the request of the Deployment. */
const HPA = { minReplicas: 2, maxReplicas: 10, targetCores: 0.7 * 0.25 } as const;

export const SCENARIOS: readonly Scenario[] = [
  { users: 10, activeShare: 1, targets: 1 },
  { users: 1_000, activeShare: 0.1, targets: 1 },
  { users: 1_000, activeShare: 0.5, targets: 1 },
  { users: 1_000, activeShare: 0.5, targets: 5 },
  { users: 100_000, activeShare: 0.05, targets: 1 },
  { users: 100_000, activeShare: 0.05, targets: 20 },
  { users: 100_000, activeShare: 0.05, targets: 100 },
];

export function callsPerSecond({ users, activeShare }: Scenario): number {
  return users * activeShare * CALLS_PER_ACTIVE_USER_PER_SECOND;
}

/** Cores that the calls take. */
export function coresNeeded(scenario: Scenario): number {
  const cpuMs = TOOLS.reduce((sum, tool) => sum + tool.share * tool.cpuMs, 0);
  return (callsPerSecond(scenario) * cpuMs) / 1_000;
}

/** What the HPA settles at. */
export function podsFor(scenario: Scenario): number {
  return Math.min(HPA.maxReplicas, Math.max(HPA.minReplicas, Math.ceil(coresNeeded(scenario) / HPA.targetCores)));
}
