/**
 * A fresh low-level MCP server per request (HTTP) or connection (stdio), over ready-made definitions.
 * Not `McpServer.registerTool`: that one validates before us, converts schemas on each request and shows thrown
 * texts to the client as they are.
 */
import {
  type CallToolRequest,
  type JSONRPCRequest,
  ProtocolError,
  ProtocolErrorCode,
  type Result,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ProgressUpdate } from '../tool/types.ts';
import { VERSION } from '../version.ts';
import type { CallInFlight } from './calls-in-flight.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { servePrompts } from './prompts/serve-prompts.ts';
import type { CallFacts } from './tool-call.ts';
import type { ToolRunner } from './tool-runner.ts';
import { unknownTool } from './unknown-tool.ts';

export interface CallEnvironment extends Partial<CallFacts> {
  /** Set where cancellation comes by a request of its own (2025-era HTTP). */
  readonly startCall?: (requestId: string | number) => CallInFlight;
}

type RequestHandler = (request: JSONRPCRequest, context: ServerContext) => Promise<Result>;

/** Says in words of ours, and as the fault of the caller that it is, that params do not fit a method. */
class ToolServer extends Server {
  protected override _wrapHandler(method: string, handler: RequestHandler): RequestHandler {
    const inner = super._wrapHandler(method, handler);
    return async (request, context) => {
      try {
        return await inner(method === 'tools/call' ? readCall(request) : request, context);
      } catch (error) {
        // Our own handlers fail with ProtocolError only; any other is the SDK's list of what its schema did not find.
        if (error instanceof ProtocolError) throw error;
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, describeParams(method));
      }
    };
  }
}

/** Null is "no arguments"; what is no object at all is told in words of ours, before the SDK does. */
function readCall(request: JSONRPCRequest): JSONRPCRequest {
  const { name, arguments: args, ...rest } = request.params ?? {};
  if (typeof name !== 'string')
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'tools/call lacks the name of a tool → send it as text.');
  if (args === undefined || args === null) return { ...request, params: { ...rest, name } };
  if (typeof args !== 'object' || Array.isArray(args)) {
    throw new ProtocolError(
      ProtocolErrorCode.InvalidParams,
      'The arguments of tools/call must be an object → send them by name, such as {"region": "us-east-1"}.',
    );
  }
  return request;
}

function describeParams(method: string): string {
  return method === 'initialize'
    ? 'The params of initialize are not complete → send protocolVersion, capabilities and clientInfo with name and version.'
    : `The params of ${method} are not what the protocol defines → correct them and send the request again.`;
}

const CAPABILITIES = { tools: { listChanged: false }, prompts: { listChanged: false }, completions: {} };

export function createServer(runner: ToolRunner, environment: CallEnvironment = {}): Server {
  const server = new ToolServer(
    { name: 'cloudwatch-mcp', title: 'AWS CloudWatch', version: VERSION },
    { capabilities: CAPABILITIES, instructions: INSTRUCTIONS },
  );
  // The SDK's types want mutable schemas; it does not change what it sends.
  const tools = runner.listing as never;
  server.setRequestHandler('tools/list', () => ({ tools }));
  server.setRequestHandler('tools/call', (request, context) => callTool(runner, request, context, environment));
  const { startCall: _none, ...facts } = environment;
  servePrompts(server, runner, facts);
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
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, unknownTool(name, runner.listing).publicMessage);
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
