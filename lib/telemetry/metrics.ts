/**
 * Prometheus metrics of the process, in a registry of its own. Every label value is bounded here, whoever calls:
 * a stranger who invents paths or tool names cannot make the number of series grow.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { VERSION } from '../version.ts';

export interface Metrics {
  /** `route` is the route's pattern, never the path that was asked for. */
  countHttp(route: string, status: number, count?: number): void;
  /** From the first byte of the request to the last one of the answer. */
  observeHttp(route: string, seconds: number): void;
  /** `outcome` is `ok` or an error code. */
  countTool(tool: string, outcome: string): void;
  observeTool(tool: string, seconds: number): void;
  addScannedBytes(bytes: number): void;
  /** One call of the SDK, its own repetitions included. `operation` as in `cloudwatch:DescribeAlarms`. */
  observeAws(operation: string, call: AwsCall): void;
  /** A user's token (or the process's own identity) → credentials of a role, at STS. */
  observeExchange(outcome: string, seconds: number): void;
  /** Counts that are asked for at each scrape. */
  watch(counts: WatchedCounts): void;
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

export interface WatchedCounts {
  /** Users × accounts whose credentials are kept. */
  readonly cachedCredentials: () => number;
  readonly awsClients: () => number;
  readonly callsAtWork: () => number;
}

export interface AwsCall {
  /** `ok` or an error code. */
  readonly outcome: string;
  readonly seconds: number;
  /** Attempts beyond the first, most of them because AWS throttled. */
  readonly retries: number;
}

export interface MetricsOptions {
  /** Requests that are being answered at this moment. */
  readonly inFlight?: () => number;
  /** Connections that are open at this moment. */
  readonly connections?: () => number;
  /** Heap, event loop, CPU and garbage collection of Node. */
  readonly hasProcess?: boolean;
}

/** Upper bounds in seconds; the last finite one is above the default tool time limit of 50 s. */
const DURATION_BUCKETS_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];
/** More than there are tools, error codes or routes. */
const MAX_LABEL_VALUES = 100;
const UNKNOWN = 'unknown';

export function createMetrics(options: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.hasProcess === true) collectDefaultMetrics({ register: registry });
  const aws = createAwsMetrics(registry);
  createGauges(registry, options);
  const watch = createWatchedGauges(registry);
  const httpRequests = new Counter({
    name: 'cloudwatch_mcp_http_requests_total',
    help: 'HTTP requests by route pattern and status.',
    labelNames: ['route', 'status'],
    registers,
  });
  const httpDuration = new Histogram({
    name: 'cloudwatch_mcp_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route pattern, streamed answers included.',
    labelNames: ['route'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const toolCalls = new Counter({
    name: 'cloudwatch_mcp_tool_calls_total',
    help: 'Tool calls by tool and outcome (ok or an error code).',
    labelNames: ['tool', 'outcome'],
    registers,
  });
  const toolDuration = new Histogram({
    name: 'cloudwatch_mcp_tool_duration_seconds',
    help: 'Duration of tool calls.',
    labelNames: ['tool'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const scannedBytes = new Counter({
    name: 'cloudwatch_mcp_insights_bytes_scanned_total',
    help: 'Bytes scanned by Logs Insights queries.',
    registers,
  });
  const boundRoute = createLabelBound(/^(\/[a-z.-]+)*\/?$/);
  const boundTool = createLabelBound(/^[a-z][a-z0-9_]{0,39}$/);
  const boundOutcome = createLabelBound(/^[a-z][a-z_]{0,39}$/);
  return {
    countHttp: (route, status, count = 1) =>
      httpRequests.inc({ route: boundRoute(route), status: boundStatus(status) }, count),
    observeHttp: (route, seconds) => {
      if (isAmount(seconds)) httpDuration.observe({ route: boundRoute(route) }, seconds);
    },
    countTool: (tool, outcome) => toolCalls.inc({ tool: boundTool(tool), outcome: boundOutcome(outcome) }),
    observeTool: (tool, seconds) => {
      if (isAmount(seconds)) toolDuration.observe({ tool: boundTool(tool) }, seconds);
    },
    addScannedBytes: (bytes) => {
      if (Number.isFinite(bytes) && bytes > 0) scannedBytes.inc(bytes);
    },
    ...aws,
    watch,
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

function createGauges(registry: Registry, { inFlight = () => 0, connections = () => 0 }: MetricsOptions): void {
  const build = new Gauge({
    name: 'cloudwatch_mcp_build_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['version', 'node'],
    registers: [registry],
  });
  build.set({ version: VERSION, node: process.versions.node }, 1);
  addGauge(
    registry,
    'cloudwatch_mcp_http_requests_in_flight',
    'HTTP requests that are being answered at this moment.',
    inFlight,
  );
  addGauge(registry, 'cloudwatch_mcp_http_connections', 'HTTP connections that are open at this moment.', connections);
}

function createWatchedGauges(registry: Registry): Metrics['watch'] {
  let counts: WatchedCounts | undefined;
  addGauge(
    registry,
    'cloudwatch_mcp_cached_credentials',
    'Users and accounts whose credentials are kept at this moment.',
    () => counts?.cachedCredentials() ?? 0,
  );
  addGauge(
    registry,
    'cloudwatch_mcp_aws_clients',
    'Clients of the AWS SDK that are kept at this moment.',
    () => counts?.awsClients() ?? 0,
  );
  addGauge(
    registry,
    'cloudwatch_mcp_tool_calls_at_work',
    'Tool calls that are at work at this moment.',
    () => counts?.callsAtWork() ?? 0,
  );
  return (next) => {
    counts = next;
  };
}

/** A figure that is read when it is scraped. */
function addGauge(registry: Registry, name: string, help: string, read: () => number): void {
  const gauge = new Gauge({
    name,
    help,
    registers: [],
    collect() {
      this.set(read());
    },
  });
  registry.registerMetric(gauge);
}

function createAwsMetrics(registry: Registry): Pick<Metrics, 'observeAws' | 'observeExchange'> {
  const registers = [registry];
  const requests = new Counter({
    name: 'cloudwatch_mcp_aws_requests_total',
    help: 'Calls of AWS by operation and outcome (ok or an error code, such as throttled).',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const retries = new Counter({
    name: 'cloudwatch_mcp_aws_retries_total',
    help: 'Attempts beyond the first, most of them because AWS throttled.',
    labelNames: ['operation'],
    registers,
  });
  const duration = new Histogram({
    name: 'cloudwatch_mcp_aws_request_duration_seconds',
    help: 'Duration of calls of AWS by operation, repetitions included.',
    labelNames: ['operation'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const exchanges = new Counter({
    name: 'cloudwatch_mcp_credential_exchanges_total',
    help: 'Credentials asked for at STS by outcome (ok or an error code).',
    labelNames: ['outcome'],
    registers,
  });
  const exchangeDuration = new Histogram({
    name: 'cloudwatch_mcp_credential_exchange_duration_seconds',
    help: 'Duration of asking STS for credentials.',
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const boundOperation = createLabelBound(/^[a-z]{2,12}:[A-Za-z]{1,60}$/);
  const boundOutcome = createLabelBound(/^[a-z][a-z_]{0,39}$/);
  return {
    observeAws(name, call) {
      const operation = boundOperation(name);
      requests.inc({ operation, outcome: boundOutcome(call.outcome) });
      if (isAmount(call.seconds)) duration.observe({ operation }, call.seconds);
      if (isAmount(call.retries)) retries.inc({ operation }, call.retries);
    },
    observeExchange(outcome, seconds) {
      exchanges.inc({ outcome: boundOutcome(outcome) });
      if (isAmount(seconds)) exchangeDuration.observe(seconds);
    },
  };
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

function createLabelBound(pattern: RegExp): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    if (seen.has(value)) return value;
    if (seen.size >= MAX_LABEL_VALUES || !pattern.test(value)) return UNKNOWN;
    seen.add(value);
    return value;
  };
}

function boundStatus(status: number): string {
  return Number.isInteger(status) && status >= 100 && status <= 599 ? String(status) : UNKNOWN;
}
