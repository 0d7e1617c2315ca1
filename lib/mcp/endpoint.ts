/** MCP over HTTP for both protocol eras, without state between requests: any replica answers any request. */
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { Logger } from '../logger.ts';
import { createServer } from './server-factory.ts';
import type { ToolRunner } from './tool-runner.ts';

export interface McpCall {
  readonly requestId: string;
  /** The body, parsed by the HTTP core. */
  readonly parsedBody: unknown;
  readonly remainingMs: number;
}

export interface McpEndpoint {
  /** `request.signal` fires when the client goes away. The answer may still stream when this resolves. */
  fetch(request: Request, call: McpCall): Promise<Response>;
  /** Ends calls in flight; only after the drain. */
  close(): Promise<void>;
}

export function createMcpEndpoint(runner: ToolRunner, logger: Logger): McpEndpoint {
  const handler = createMcpHandler(({ authInfo }) => createServer(runner, authInfo?.extra), {
    // An open subscription would never end on Lambda, and a stateless server has nothing to tell.
    maxSubscriptions: 0,
    onerror: (error) => logger.debug('mcp', { reason: error.message }),
  });
  return {
    fetch(request, { parsedBody, ...environment }) {
      // The SDK carries `authInfo` untouched from here to the factory: the one way to hand a call's facts through it.
      const authInfo = { token: '', clientId: '', scopes: [], extra: environment };
      return handler.fetch(request, { parsedBody, authInfo });
    },
    close: () => handler.close(),
  };
}
