import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { CredentialStore, StoredCredential } from './credential-store.ts';
import { NodeSha256 } from './node-checksum.ts';

/** Signature Version 4 refuses requests whose date is further away than this (AWS General Reference: 5 minutes). */
const MAX_SKEW_MS = 5 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/\s,]+)\/(\d{8})\/([^/\s,]+)\/([^/\s,]+)\/aws4_request, ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;

export interface SignedRequest {
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export type SignatureFailure = 'missing' | 'incomplete' | 'unknownKey' | 'badToken' | 'expired' | 'mismatch';

export type SignatureVerdict =
  | { readonly ok: true; readonly credential: StoredCredential; readonly region: string }
  | { readonly ok: false; readonly failure: SignatureFailure; readonly detail?: string; readonly accessKeyId?: string };

/**
 * Verifies a Signature Version 4 `Authorization` header by signing the same headers again.
 *
 * @param service signing name that the credential scope must carry, e.g. `monitoring`
 * @param nowEpochMs the verifier's clock, for date skew and expiry
 */
export async function verifySignature(
  request: SignedRequest,
  service: string,
  credentials: CredentialStore,
  nowEpochMs: number,
): Promise<SignatureVerdict> {
  const authorization = request.headers.authorization;
  if (authorization === undefined) return { ok: false, failure: 'missing' };
  const parts = AUTHORIZATION.exec(authorization);
  if (parts === null) return { ok: false, failure: 'incomplete' };
  const [, accessKeyId = '', scopeDate = '', region = '', scopeService = '', signedHeaders = '', signature = ''] =
    parts;
  const refuse = (failure: SignatureFailure, detail?: string): SignatureVerdict =>
    detail === undefined ? { ok: false, failure, accessKeyId } : { ok: false, failure, detail, accessKeyId };

  const credential = credentials.find(accessKeyId);
  if (credential === undefined) return refuse('unknownKey');
  if (request.headers['x-amz-security-token'] !== credential.sessionToken) return refuse('badToken');
  if (credential.expiresEpochMs !== undefined && credential.expiresEpochMs <= nowEpochMs) return refuse('expired');
  if (scopeService !== service) {
    return refuse('mismatch', `Credential should be scoped to correct service: '${service}'.`);
  }
  const dateDetail = checkDate(request.headers['x-amz-date'], scopeDate, nowEpochMs);
  if (dateDetail !== undefined) return refuse('mismatch', dateDetail);
  const names = signedHeaders.split(';');
  if (!names.includes('host')) return refuse('mismatch', "'Host' must be a 'SignedHeader' in the AWS Authorization.");
  // The signer takes this header for the body's hash, so that it must be compared with the body itself.
  const declaredHash = request.headers['x-amz-content-sha256'];
  if (declaredHash !== undefined && declaredHash !== createHash('sha256').update(request.body).digest('hex')) {
    return refuse('mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
  const expected = await signAgain(request, names, credential, region, service);
  if (!isEqualText(expected, signature)) return refuse('mismatch');
  return { ok: true, credential, region };
}

async function signAgain(
  request: SignedRequest,
  signedHeaderNames: readonly string[],
  credential: StoredCredential,
  region: string,
  service: string,
): Promise<string> {
  const headers: Record<string, string> = {};
  for (const name of signedHeaderNames) {
    const value = request.headers[name];
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  const url = new URL(request.url, 'http://localhost');
  const signer = new SignatureV4({
    credentials: credential,
    region,
    service,
    sha256: NodeSha256,
    applyChecksum: signedHeaderNames.includes('x-amz-content-sha256'),
  });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: headers.host ?? '',
      path: url.pathname,
      query: readQuery(url.searchParams),
      headers,
      body: request.body,
    },
    {
      signingDate: new Date(parseAmzDate(request.headers['x-amz-date']) ?? 0),
      signableHeaders: new Set(signedHeaderNames),
      unsignableHeaders: new Set(),
    },
  );
  return /Signature=([0-9a-f]{64})/.exec(signed.headers.authorization ?? '')?.[1] ?? '';
}

function readQuery(params: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}

function checkDate(amzDate: unknown, scopeDate: string, nowEpochMs: number): string | undefined {
  const epochMs = parseAmzDate(amzDate);
  if (epochMs === undefined || typeof amzDate !== 'string') {
    return 'Date must be in ISO-8601 "basic format". See http://en.wikipedia.org/wiki/ISO_8601';
  }
  if (!amzDate.startsWith(scopeDate))
    return 'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.';
  if (epochMs < nowEpochMs - MAX_SKEW_MS) {
    return `Signature expired: ${amzDate} is now earlier than ${formatAmzDate(nowEpochMs - MAX_SKEW_MS)} (${formatAmzDate(nowEpochMs)} - 5 min.)`;
  }
  if (epochMs > nowEpochMs + MAX_SKEW_MS) {
    return `Signature not yet current: ${amzDate} is still later than ${formatAmzDate(nowEpochMs + MAX_SKEW_MS)} (${formatAmzDate(nowEpochMs)} + 5 min.)`;
  }
  return undefined;
}

function parseAmzDate(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const epochMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

function formatAmzDate(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function isEqualText(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
