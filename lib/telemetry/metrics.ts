/**
 * Prometheus metrics of the process, in a registry of its own. Every label value is bounded here, whoever calls:
 * a stranger who invents paths or tool names cannot make the number of series grow.
 */
import { Counter, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** `route` is the route's pattern, never the path that was asked for. */
  countHttp(route: string, status: number, count?: number): void;
  /** `outcome` is `ok` or an error code. */
  countTool(tool: string, outcome: string): void;
  observeTool(tool: string, seconds: number): void;
  addScannedBytes(bytes: number): void;
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** Upper bounds in seconds; the last finite one is above the default tool time limit of 50 s. */
const DURATION_BUCKETS_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];
/** More than there are tools, error codes or routes. */
const MAX_LABEL_VALUES = 100;
const UNKNOWN = 'unknown';

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const httpRequests = new Counter({
    name: 'cloudwatch_mcp_http_requests_total',
    help: 'HTTP requests by route pattern and status.',
    labelNames: ['route', 'status'],
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
    countTool: (tool, outcome) => toolCalls.inc({ tool: boundTool(tool), outcome: boundOutcome(outcome) }),
    observeTool: (tool, seconds) => {
      if (Number.isFinite(seconds) && seconds >= 0) toolDuration.observe({ tool: boundTool(tool) }, seconds);
    },
    addScannedBytes: (bytes) => {
      if (Number.isFinite(bytes) && bytes > 0) scannedBytes.inc(bytes);
    },
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
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
