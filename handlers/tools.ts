/** POST /mcp and / (MCP), and the plain REST form of the same tools: GET /mcp/tools, POST /mcp/tools/call. */
import { AppError } from '../lib/errors.ts';
import type { BodyBudget } from '../lib/http/body-budget.ts';
import { fromResponse } from '../lib/http/from-response.ts';
import type { HostPolicy } from '../lib/http/host-policy.ts';
import { jsonResult } from '../lib/http/json-result.ts';
import { toRequest, withUsableAccept } from '../lib/http/to-request.ts';
import { unknownTool } from '../lib/mcp/unknown-tool.ts';
import { bodyLimit } from '../lib/middleware/body-limit.ts';
import { compose } from '../lib/middleware/compose.ts';
import { hostOrigin } from '../lib/middleware/host-origin.ts';
import { jsonBody } from '../lib/middleware/json-body.ts';
import { method } from '../lib/middleware/method.ts';
import { readBody } from '../lib/middleware/read-body.ts';
import type { ComposedHandler } from '../lib/middleware/types.ts';
import type { App } from './app.ts';
import type { AuthChain } from './auth-chain.ts';

const OK = 200;

export function createMcpRoute(
  { endpoint }: Pick<App, 'endpoint'>,
  policy: HostPolicy,
  auth: Pick<AuthChain, 'bearerOfMcp' | 'limit'>,
  bodies: BodyBudget,
): ComposedHandler {
  return compose(
    async (event, { parsedBody, caller, refusal, signal, getRemainingTimeInMillis }) => {
      const request = toRequest(withUsableAccept(event), { isBodyIncluded: false, ...(signal && { signal }) });
      const { requestId } = event.requestContext;
      const response = await endpoint.fetch(request, {
        requestId,
        parsedBody,
        remainingMs: getRemainingTimeInMillis(),
        caller,
        refusal,
      });
      return fromResponse(response);
    },
    [
      method('POST'),
      hostOrigin(policy),
      bodyLimit(),
      ...auth.bearerOfMcp,
      readBody(bodies),
      jsonBody(),
      ...auth.limit('mcp'),
    ],
  );
}

export function createToolsListRoute(
  { runner }: Pick<App, 'runner'>,
  policy: HostPolicy,
  auth: Pick<AuthChain, 'bearer'>,
): ComposedHandler {
  const answer = jsonResult(OK, { tools: runner.listing });
  return compose(async () => answer, [method('GET'), hostOrigin(policy), ...auth.bearer]);
}

export function createToolsCallRoute(
  { runner }: Pick<App, 'runner'>,
  policy: HostPolicy,
  auth: Pick<AuthChain, 'bearer' | 'limit'>,
  bodies: BodyBudget,
): ComposedHandler {
  return compose(
    async (event, { parsedBody, caller, signal, getRemainingTimeInMillis }) => {
      const { name, args } = readToolCall(parsedBody);
      if (!runner.has(name)) throw unknownTool(name, runner.listing, 'GET /mcp/tools');
      const result = await runner.run({
        name,
        args,
        requestId: event.requestContext.requestId,
        remainingMs: getRemainingTimeInMillis(),
        caller,
        signal,
      });
      return jsonResult(OK, result);
    },
    [
      method('POST'),
      hostOrigin(policy),
      bodyLimit(),
      ...auth.bearer,
      readBody(bodies),
      jsonBody(),
      ...auth.limit('rest'),
    ],
  );
}

const CALL_SHAPE = 'send {"name": "get_active_alarms", "arguments": {}}';

/** The arguments themselves are judged by the runner, with the tool's own words. */
function readToolCall(body: unknown): { name: string; args: unknown } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('invalid_request', `The body is not a JSON object: ${CALL_SHAPE}.`);
  }
  if (!('name' in body) || typeof body.name !== 'string' || body.name === '') {
    throw new AppError('invalid_request', `The body does not name a tool: ${CALL_SHAPE}.`);
  }
  return { name: body.name, args: 'arguments' in body ? body.arguments : {} };
}
