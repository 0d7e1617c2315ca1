/** The whole program with authentication on, before the embedded AWS and its issuer: asked over HTTP and through Lambda. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { startHttpServer } from '../../adapters/node.ts';
import { createRoute } from '../../handlers/index.ts';
import { createTokenVerifier } from '../../lib/auth/verifier.ts';
import { createLifecycle } from '../../lib/lifecycle.ts';
import { createMcpEndpoint } from '../../lib/mcp/endpoint.ts';
import { createMetrics } from '../../lib/telemetry/metrics.ts';
import { type CredentialBench, type CredentialBenchOptions, startCredentialBench, textOf } from './credential-bench.ts';
import { createPost } from './events.ts';
import { invokeLambda } from './lambda-runtime.ts';

export const TRANSPORTS = ['HTTP', 'Lambda'] as const;
export type Via = (typeof TRANSPORTS)[number];

export interface Answered {
  readonly status: number;
  readonly result: CallToolResult;
}

export interface SignedInServer extends CredentialBench {
  /** Without a trailing slash. */
  readonly url: string;
  /** One tool call in the plain REST form. */
  callTool(via: Via, token: string, name: string, args?: object): Promise<Answered>;
  /** The alarms of an account; throws unless the status is 200. */
  askVia(via: Via, token: string, account?: string): Promise<string>;
}

const CALL_PATH = '/mcp/tools/call';

export async function startSignedInServer({ env, ...options }: CredentialBenchOptions = {}): Promise<SignedInServer> {
  const bench = await startCredentialBench({
    ...options,
    env: {
      CLOUDWATCH_MCP_PORT: '0',
      RATE_LIMIT_PER_MINUTE: '100000',
      CLOUDWATCH_MCP_MAX_CALLS: '1000',
      CLOUDWATCH_MCP_MAX_CALLS_PER_USER: '1000',
      ...env,
    },
  });
  const { config, logger, runner } = bench;
  const base = { config, logger, metrics: createMetrics(), lifecycle: createLifecycle() };
  const endpoint = createMcpEndpoint(runner, logger);
  const verifier = createTokenVerifier({ config, logger });
  const route = createRoute({ ...base, runner, endpoint, verifier });
  const server = await startHttpServer({ ...base, route });
  const url = `http://127.0.0.1:${server.address.port}`;

  async function post(via: Via, authorization: string, body: string): Promise<{ status: number; text: string }> {
    if (via === 'HTTP') {
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = await fetch(`${url}${CALL_PATH}`, { method: 'POST', headers, body });
      return { status: answer.status, text: await answer.text() };
    }
    const { prelude, body: bytes } = await invokeLambda(route, createPost(CALL_PATH, body, { authorization }));
    return { status: prelude?.statusCode ?? 0, text: bytes.toString() };
  }

  async function callTool(via: Via, token: string, name: string, args: object = {}): Promise<Answered> {
    const { status, text } = await post(via, `Bearer ${token}`, JSON.stringify({ name, arguments: args }));
    bench.shown.push(text);
    return { status, result: JSON.parse(text) as CallToolResult };
  }

  return {
    ...bench,
    url,
    callTool,
    async askVia(via, token, account) {
      const args = { max_items: 1, ...(account !== undefined && { account }) };
      const { status, result } = await callTool(via, token, 'get_active_alarms', args);
      if (status !== 200) throw new Error(`${status}: ${JSON.stringify(result)}`);
      return textOf(result);
    },
    async close() {
      server.destroy();
      await server.drain();
      await endpoint.close();
      await bench.close();
    },
  };
}
