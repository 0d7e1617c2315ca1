/**
 * A fresh low-level MCP server per request (HTTP) or connection (stdio), over ready-made definitions.
 * Not `McpServer.registerTool`: that one validates before us, converts schemas on each request and shows thrown
 * texts to the client as they are.
 */
import {
  type CallToolRequest,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ProgressUpdate } from '../tool/types.ts';
import { VERSION } from '../version.ts';
import type { CallInFlight } from './calls-in-flight.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { type CallFacts, unknownTool } from './tool-call.ts';
import type { ToolRunner } from './tool-runner.ts';

export interface CallEnvironment extends Partial<CallFacts> {
  /** Set where cancellation comes by a request of its own (2025-era HTTP). */
  readonly startCall?: (requestId: string | number) => CallInFlight;
}

export function createServer(runner: ToolRunner, environment: CallEnvironment = {}): Server {
  const server = new Server(
    { name: 'cloudwatch-mcp', title: 'AWS CloudWatch', version: VERSION },
    { capabilities: { tools: { listChanged: false } }, instructions: INSTRUCTIONS },
  );
  // The SDK's types want mutable schemas; it does not change what it sends.
  const tools = runner.listing as never;
  server.setRequestHandler('tools/list', () => ({ tools }));
  server.setRequestHandler('tools/call', (request, context) => callTool(runner, request, context, environment));
  return server;
}

async function callTool(
  runner: ToolRunner,
  request: CallToolRequest,
  context: ServerContext,
  { startCall, ...facts }: CallEnvironment,
) {
  const { name, arguments: args } = request.params;
  if (!runner.has(name)) {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, unknownTool(name).publicMessage);
  }
  const progressToken = context.mcpReq._meta?.progressToken;
  const call = startCall?.(context.mcpReq.id);
  const signal = AbortSignal.any([context.mcpReq.signal, ...(call === undefined ? [] : [call.signal])]);
  try {
    return await runner.run({
      ...facts,
      requestId: facts.requestId ?? String(context.mcpReq.id),
      name,
      args,
      signal,
      reportProgress: progressToken === undefined ? undefined : progressReporter(context, progressToken, signal),
    });
  } finally {
    call?.end();
  }
}

/** Progress must grow with each notification, and ends with the call; a lost one is no reason to fail the call. */
function progressReporter(
  context: ServerContext,
  progressToken: string | number,
  signal: AbortSignal,
): (update: ProgressUpdate) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (update) => {
    if (update.progress <= last || signal.aborted) return;
    last = update.progress;
    context.mcpReq
      .notify({ method: 'notifications/progress', params: { progressToken, ...update } })
      .catch(() => undefined);
  };
}
