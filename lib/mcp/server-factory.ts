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
import type { Caller } from '../auth/principal.ts';
import type { AppError } from '../errors.ts';
import type { ProgressUpdate } from '../tool/types.ts';
import { VERSION } from '../version.ts';
import type { CallInFlight } from './calls-in-flight.ts';
import { INSTRUCTIONS } from './instructions.ts';
import type { ToolRunner } from './tool-runner.ts';

/** What the way in knows of a call and MCP does not carry. */
export interface CallEnvironment {
  readonly requestId?: string;
  readonly caller?: Caller;
  /** See {@link ToolCall.refusal}. */
  readonly refusal?: AppError;
  readonly remainingMs?: number;
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
  environment: CallEnvironment,
) {
  const { name, arguments: args } = request.params;
  if (!runner.has(name)) {
    throw new ProtocolError(
      ProtocolErrorCode.InvalidParams,
      `There is no tool ${JSON.stringify(name.slice(0, 60))} → tools/list names them.`,
    );
  }
  const progressToken = context.mcpReq._meta?.progressToken;
  const call = environment.startCall?.(context.mcpReq.id);
  const signals = [context.mcpReq.signal, ...(call === undefined ? [] : [call.signal])];
  try {
    return await runner.run({
      name,
      args,
      requestId: environment.requestId ?? String(context.mcpReq.id),
      signal: AbortSignal.any(signals),
      ...(environment.caller !== undefined && { caller: environment.caller }),
      ...(environment.refusal !== undefined && { refusal: environment.refusal }),
      ...(environment.remainingMs !== undefined && { remainingMs: environment.remainingMs }),
      ...(progressToken !== undefined && { reportProgress: progressReporter(context, progressToken) }),
    });
  } finally {
    call?.end();
  }
}

/** Progress must grow with each notification; a lost one is no reason to fail the call. */
function progressReporter(context: ServerContext, progressToken: string | number): (update: ProgressUpdate) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (update) => {
    if (update.progress <= last || context.mcpReq.signal.aborted) return;
    last = update.progress;
    context.mcpReq
      .notify({ method: 'notifications/progress', params: { progressToken, ...update } })
      .catch(() => undefined);
  };
}
