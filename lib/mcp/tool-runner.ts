/** The program's tools behind one door: listed, found and run. The same runner serves MCP, REST and stdio. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { createClientPool } from '../aws/credentials/client-pool.ts';
import type { ClientPool } from '../aws/credentials/client-source.ts';
import { createTargets } from '../aws/targets.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createTargetPaces } from '../tool/target-paces.ts';
import { createInvestigationSlots, createQuerySlots } from '../tool/target-slots.ts';
import type { Tool } from '../tool/types.ts';
import { createCallSlots } from './call-slots.ts';
import { selectTools, TOOLS } from './registry.ts';
import { runTool } from './run-tool.ts';
import { createSharedCalls } from './shared-calls.ts';
import type { ToolCall } from './tool-call.ts';
import { describeTool, type ToolListing } from './tool-listing.ts';
import { unknownTool } from './unknown-tool.ts';

export interface ToolRunner {
  readonly listing: readonly ToolListing[];
  has(name: string): boolean;
  /**
   * Every failure of a tool is a result with `isError`.
   * @throws AppError `unknown_tool`
   */
  run(call: ToolCall): Promise<CallToolResult>;
  /** Ends the connections to AWS. */
  close(): void;
}

export interface ToolRunnerOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Current time in epoch milliseconds. */
  readonly clock?: () => number;
  /** Default: clients with credentials by the configured mode. */
  readonly clients?: ClientPool;
  /** Tools to serve; default: those of the configured toolsets. */
  readonly tools?: readonly Tool[];
}

export function createToolRunner(options: ToolRunnerOptions): ToolRunner {
  const { config } = options;
  const tools = new Map((options.tools ?? selectTools(config.toolsets)).map((tool) => [tool.name, tool]));
  const clock = options.clock ?? Date.now;
  const clients = options.clients ?? createClientPool(config, { clock, metrics: options.metrics });
  const callSlots = createCallSlots(config);
  options.metrics.watch({
    cachedCredentials: () => clients.cachedCount?.() ?? 0,
    awsClients: () => clients.clientCount?.() ?? 0,
    callsAtWork: () => callSlots.atWork(),
  });
  const environment = {
    ...options,
    clock,
    clients,
    toolsets: [...new Set([...tools.values()].map(({ toolset }) => toolset))],
    offer: {
      known: new Set([...TOOLS.map(({ name }) => name), ...tools.keys()]),
      isOffered: (name: string) => tools.has(name),
    },
    targets: createTargets(config),
    querySlots: createQuerySlots(config.insightsConcurrency),
    investigationSlots: createInvestigationSlots(),
    paces: createTargetPaces(),
    callSlots,
    sharedCalls: createSharedCalls(),
  };
  const listing = [...tools.values()].map(describeTool);
  return {
    listing,
    has: (name) => tools.has(name),
    async run(call) {
      const tool = tools.get(call.name);
      if (tool === undefined) throw unknownTool(call.name, listing);
      return runTool(tool, call, environment);
    },
    close: () => clients.close(),
  };
}
