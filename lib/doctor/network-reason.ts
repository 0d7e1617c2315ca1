/** An error of a socket, of TLS or of a proxy → why the other side was not reached. */
import type { NetworkReason } from './finding.ts';

/** Codes of Node's net, dns and tls, and of undici behind fetch. */
const CODES: Readonly<Record<string, NetworkReason>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown_host',
  EAI_AGAIN: 'unknown_host',
  ETIMEDOUT: 'no_answer',
  UND_ERR_CONNECT_TIMEOUT: 'no_answer',
  UND_ERR_HEADERS_TIMEOUT: 'no_answer',
  EHOSTUNREACH: 'no_route',
  ENETUNREACH: 'no_route',
  EHOSTDOWN: 'no_route',
  ECONNRESET: 'broken_off',
  EPIPE: 'broken_off',
  UND_ERR_SOCKET: 'broken_off',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  CERT_UNTRUSTED: 'certificate',
  CERT_REVOKED: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  CERT_HAS_EXPIRED: 'certificate_time',
  CERT_NOT_YET_VALID: 'certificate_time',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not_tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not_tls',
  EPROTO: 'not_tls',
};
/** The SDK and AbortSignal name their time limits so. */
const TIMEOUT_NAMES = new Set(['TimeoutError', 'AbortError']);
/** Of Node's agents, where the proxy answers CONNECT with anything but 200, or not at all. */
const PROXY_CODE = 'ERR_PROXY_TUNNEL';
/** Errors wrap errors; a chain that is longer is one that goes in a circle. */
const MAX_DEPTH = 8;

export interface NetworkFault {
  readonly reason: NetworkReason;
  /** As the system calls it, e.g. `ECONNREFUSED`; of a proxy what it answers, e.g. `HTTP 407`. */
  readonly code: string;
}

/** Undefined where the other side was reached. Looks into `cause` and into the attempts of an AggregateError. */
export function findNetworkFault(error: unknown, depth = 0): NetworkFault | undefined {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return undefined;
  const inner = [error.cause, ...(error instanceof AggregateError ? (error.errors as readonly unknown[]) : [])];
  const deeper = inner.map((part) => findNetworkFault(part, depth + 1)).find((fault) => fault !== undefined);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === PROXY_CODE)
    return { reason: 'proxy', code: 'statusCode' in error ? `HTTP ${String(error.statusCode)}` : code };
  const own = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  if (own !== undefined) return { reason: own, code };
  return deeper ?? (TIMEOUT_NAMES.has(error.name) ? { reason: 'no_answer', code: error.name } : undefined);
}
