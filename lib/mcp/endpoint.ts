/** MCP over HTTP for both protocol eras, without state between requests: any replica answers any request. */
import { createMcpHandler } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Caller } from '../auth/principal.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createCallsInFlight } from './calls-in-flight.ts';
import { refuseSubscription } from './refuse-subscriptions.ts';
import { type CallEnvironment, createServer } from './server-factory.ts';
import type { CallFacts } from './tool-call.ts';
import type { ToolRunner } from './tool-runner.ts';

export interface McpCall extends CallFacts {
  /** The body, parsed by the HTTP core. */
  readonly parsedBody: unknown;
}

export interface McpEndpoint {
  /**
   * `request.signal` fires when the client goes away. The answer may still stream when this resolves.
   * @throws AppError `invalid_request` for a batch that is too large
   */
  fetch(request: Request, call: McpCall): Promise<Response>;
  /** Ends calls in flight; only after the drain. */
  close(): Promise<void>;
}

/** Batches are of revision 2025-03-26 only. Each `tools/list` is answered with 70 kB at once, and no limit of calls counts it. */
const MAX_BATCH_MESSAGES = 20;

function refuseLargeBatch(body: unknown): void {
  if (!Array.isArray(body) || body.length <= MAX_BATCH_MESSAGES) return;
  throw new AppError(
    'invalid_request',
    `The batch holds ${body.length} messages, at most ${MAX_BATCH_MESSAGES} are possible: send them in several requests.`,
  );
}

/** Nobody cancels another's calls; without authentication all callers are one. */
function nameOf(caller: Caller | undefined): string {
  return caller === undefined ? '' : JSON.stringify([caller.principal.issuer, caller.principal.subject]);
}

export function createMcpEndpoint(runner: ToolRunner, logger: Logger): McpEndpoint {
  const calls = createCallsInFlight();
  const handler = createMcpHandler(
    ({ authInfo, era }) => {
      const environment: CallEnvironment = authInfo?.extra ?? {};
      const startCall = (requestId: string | number) => calls.start(nameOf(environment.caller), requestId);
      return createServer(runner, era === 'legacy' ? { ...environment, startCall } : environment);
    },
    {
      // None gets here.
      maxSubscriptions: 0,
      onerror: (error) => logger.debug('mcp', { reason: error.message }),
    },
  );
  return {
    async fetch(request, { parsedBody, ...environment }) {
      refuseLargeBatch(parsedBody);
      const refusal = refuseSubscription(parsedBody);
      if (refusal !== undefined) return refusal;
      const cancelledId = cancelledRequestId(parsedBody);
      if (cancelledId !== undefined) calls.cancel(nameOf(environment.caller), cancelledId);
      // The SDK carries `authInfo` untouched from here to the factory: the one way to hand a call's facts through it.
      const authInfo = { token: '', clientId: '', scopes: [], extra: environment };
      return handler.fetch(request, { parsedBody, authInfo });
    },
    close: () => handler.close(),
  };
}

const cancelledSchema = z.object({
  method: z.literal('notifications/cancelled'),
  params: z.object({ requestId: z.union([z.string(), z.number()]) }),
});

function cancelledRequestId(body: unknown): string | number | undefined {
  const parsed = cancelledSchema.safeParse(body);
  return parsed.success ? parsed.data.params.requestId : undefined;
}
