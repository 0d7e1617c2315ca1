/** Sends a signed request to CloudWatch's Prometheus API, by the endpoint, credentials and sockets of the SDK's own client. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SignatureV4 } from '@smithy/signature-v4';
import { AppError } from '../../errors.ts';
import { USER_AGENT } from '../client-base.ts';
import type { SendOptions } from '../connection.ts';
import { PromqlFailure, toFailure } from './promql-failure.ts';

export type PromqlForm = readonly (readonly [name: string, value: string])[];

export interface PromqlRequest {
  /** GET only where the service takes no other. */
  readonly method: 'GET' | 'POST';
  /** Behind `/api/v1/`; its segments are escaped already. */
  readonly path: string;
  readonly form: PromqlForm;
}

const SIGNING_NAME = 'monitoring';
/** As the SDK waits: up to 100 ms before the second try, doubled each time, five times as long after a throttle. */
const RETRY_MS = 100;
const THROTTLE_RETRY_MS = 500;

export interface SentPromql {
  readonly bytes: Uint8Array;
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId?: string };
}

/** @throws PromqlFailure, an Error of the network, or AppError `query_too_broad` */
export async function sendPromql(
  client: CloudWatchClient,
  request: PromqlRequest,
  options: SendOptions,
): Promise<SentPromql> {
  const { abortSignal: signal } = options;
  const maxAttempts = await client.config.maxAttempts();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { status, headers, bytes } = await sendOnce(client, request, options);
      if (status < 200 || status > 299) throw toFailure({ status, headers, text: bytes.toString('utf8') });
      const requestId = headers['x-amzn-requestid'];
      return { bytes, $metadata: { httpStatusCode: status, ...(requestId !== undefined && { requestId }) } };
    } catch (error) {
      if (signal.aborted || attempt >= maxAttempts || !isWorthRetrying(error)) throw error;
      const unitMs = error instanceof PromqlFailure && error.isThrottle ? THROTTLE_RETRY_MS : RETRY_MS;
      await sleep(Math.random() * unitMs * 2 ** (attempt - 1), undefined, { signal });
    }
  }
}

function isWorthRetrying(error: unknown): boolean {
  if (error instanceof PromqlFailure) return error.isRetryable;
  // Credentials that cannot be had, and answers that are too large, do not get better.
  return error instanceof Error && 'code' in error && !(error instanceof AppError);
}

async function sendOnce(client: CloudWatchClient, request: PromqlRequest, options: SendOptions): Promise<RawAnswer> {
  const { config } = client;
  const [endpoint, region] = await Promise.all([findEndpoint(client), config.region()]);
  const isPost = request.method === 'POST';
  const signer = new SignatureV4({
    service: SIGNING_NAME,
    region,
    credentials: config.credentials,
    sha256: config.sha256,
  });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      ...(endpoint.port !== '' && { port: Number(endpoint.port) }),
      path: `${endpoint.pathname.replace(/\/$/, '')}/api/v1/${request.path}`,
      query: isPost ? {} : groupValues(request.form),
      headers: {
        host: endpoint.host,
        accept: 'application/json',
        'user-agent': USER_AGENT,
        ...(isPost && { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }),
      },
      ...(isPost && { body: writeForm(request.form) }),
    },
    { signingDate: new Date(Date.now() + config.systemClockOffset) },
  );
  const handled: { response: RawResponse } = await config.requestHandler.handle(signed, options);
  const { statusCode, headers, body } = handled.response;
  return { status: statusCode, headers, bytes: await readWhole(body) };
}

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** What the handler gives in Node. */
interface RawResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Where the SDK itself would send: an override in code, one of the environment or profile, or the region's own. */
async function findEndpoint({ config }: CloudWatchClient): Promise<URL> {
  const isOpen = config.isCustomEndpoint !== true && !config.ignoreConfiguredEndpointUrls;
  const configured = isOpen ? await config.serviceConfiguredEndpoint?.() : undefined;
  if (configured !== undefined && configured !== '') return new URL(configured);
  const custom = config.isCustomEndpoint === true ? await config.endpoint?.() : undefined;
  if (custom !== undefined) {
    const { protocol, hostname, port, path } = custom;
    return new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`);
  }
  const [Region, UseDualStack, UseFIPS] = await Promise.all([
    config.region(),
    config.useDualstackEndpoint(),
    config.useFipsEndpoint(),
  ]);
  return config.endpointProvider({ Region, UseDualStack, UseFIPS }).url;
}

function writeForm(form: PromqlForm): string {
  const params = new URLSearchParams();
  for (const [name, value] of form) params.append(name, value);
  return params.toString();
}

function groupValues(form: PromqlForm): Record<string, string[]> {
  const grouped: Record<string, string[]> = {};
  for (const [name, value] of form) grouped[name] = [...(grouped[name] ?? []), value];
  return grouped;
}

async function readWhole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
