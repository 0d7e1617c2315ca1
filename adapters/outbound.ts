/**
 * Requests that are none of the SDK: the keys of issuers, and the doctor's knock at an endpoint. Over node:https, since
 * its agents take a proxy for themselves, where the global fetch takes one for the whole process or not at all.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Fetch } from '../lib/auth/fetch-json.ts';
import type { ProxyEnv } from '../lib/config/proxy.ts';
import type { Probe } from '../lib/doctor/check-endpoints.ts';
import { VERSION } from '../lib/version.ts';

export interface Outbound {
  readonly fetch: Fetch;
  readonly probe: Probe;
}

/** A proxy that takes a connection and says nothing is given up after this, whoever waits. */
const TUNNEL_TIMEOUT_MS = 15_000;
const USER_AGENT = `cloudwatch-mcp/${VERSION}`;

/** @param proxyEnv undefined: everything goes directly */
export function createOutbound(proxyEnv: ProxyEnv | undefined): Outbound {
  // Asked once an hour, so no socket is kept.
  const options = { keepAlive: false, timeout: TUNNEL_TIMEOUT_MS, proxyEnv };
  const httpAgent = new HttpAgent(options);
  const httpsAgent = new HttpsAgent(options);

  function ask(url: string, method: string, headers: object, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      // Until a tunnel stands, a request that is destroyed says nothing.
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      const isTls = url.startsWith('https:');
      const all: RequestOptions = { method, headers: { 'user-agent': USER_AGENT, ...headers }, signal };
      const request = isTls
        ? httpsRequest(url, { ...all, agent: httpsAgent })
        : httpRequest(url, { ...all, agent: httpAgent });
      request.once('response', resolve).once('error', reject).end();
    });
  }

  return {
    async fetch(url, { headers, signal }) {
      const body = await ask(url, 'GET', headers, signal);
      return { status: body.statusCode ?? 0, body };
    },
    async probe(url, signal) {
      const answer = await ask(url, 'HEAD', {}, signal);
      answer.resume();
      const { date } = answer.headers;
      return date === undefined ? undefined : Date.parse(date);
    },
  };
}
