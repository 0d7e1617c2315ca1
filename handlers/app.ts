/** What the handlers work with; built by the composition root, or by a test. */
import type { TokenVerifier } from '../lib/auth/verifier.ts';
import type { Config } from '../lib/config/config.ts';
import type { Lifecycle } from '../lib/lifecycle.ts';
import type { McpEndpoint } from '../lib/mcp/endpoint.ts';
import type { ToolRunner } from '../lib/mcp/tool-runner.ts';
import type { HttpCounter } from '../lib/telemetry/http-counter.ts';
import type { Logger } from '../lib/telemetry/logger.ts';
import type { Metrics } from '../lib/telemetry/metrics.ts';

/** Enough for `/health`: what must answer before the rest is loaded. */
export interface BaseApp {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: HttpCounter;
  readonly lifecycle: Lifecycle;
  /** Epoch milliseconds; default: the system's clock. */
  readonly clock?: () => number;
}

export interface App extends BaseApp {
  readonly metrics: Metrics;
  readonly runner: ToolRunner;
  readonly endpoint: McpEndpoint;
  /** Absent without authentication. */
  readonly verifier?: TokenVerifier;
}
