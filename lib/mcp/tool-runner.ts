/** The program's tools behind one door: listed, found and run. The same runner serves MCP, REST and stdio. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { type ClientPool, createAmbientClientPool } from '../aws/client-pool.ts';
import { createPorts } from '../aws/create-ports.ts';
import type { AwsPorts } from '../aws/ports/ports.ts';
import type { Target } from '../aws/ports/targets.ts';
import { createTargets } from '../aws/targets.ts';
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import { createQuerySlots } from '../tool/query-slots.ts';
import type { ProgressUpdate, Tool } from '../tool/types.ts';
import { selectTools } from './registry.ts';
import { runTool } from './run-tool.ts';
import { describeTool, type ToolListing } from './tool-listing.ts';

export interface ToolCall {
  readonly name: string;
  /** As the client sent them; nothing is assumed of them. */
  readonly args: unknown;
  readonly requestId: string;
  /** Fires when the client goes away or cancels. */
  readonly signal?: AbortSignal;
  /** What is left of the request's own time, where something above limits it (Lambda). */
  readonly remainingMs?: number;
  readonly reportProgress?: (update: ProgressUpdate) => void;
}

export interface ToolRunner {
  readonly listing: readonly ToolListing[];
  has(name: string): boolean;
  /** Never rejects: every failure is a result with `isError`. Ask {@link ToolRunner.has} first. */
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
  /** Default: clients with the credentials that the SDK finds by itself. */
  readonly clients?: ClientPool;
  /** Tools to serve; default: those of the configured toolsets. */
  readonly tools?: readonly Tool[];
}

export function createToolRunner(options: ToolRunnerOptions): ToolRunner {
  const { config } = options;
  const tools = new Map((options.tools ?? selectTools(config.toolsets)).map((tool) => [tool.name, tool]));
  const pool = options.clients ?? createAmbientClientPool();
  const environment = {
    ...options,
    clock: options.clock ?? Date.now,
    toolsets: [...new Set([...tools.values()].map(({ toolset }) => toolset))],
    targets: createTargets(config),
    querySlots: createQuerySlots(config.insightsConcurrency),
    aws: (target: Target): AwsPorts => createPorts(pool, target),
  };
  return {
    listing: [...tools.values()].map(describeTool),
    has: (name) => tools.has(name),
    async run(call) {
      const tool = tools.get(call.name);
      if (tool === undefined)
        return {
          isError: true,
          content: [
            {
              type: 'text',
              text: `Error: there is no tool ${JSON.stringify(call.name.slice(0, 60))} → tools/list names them.`,
            },
          ],
        };
      return runTool(tool, call, environment);
    },
    close: () => pool.close(),
  };
}
