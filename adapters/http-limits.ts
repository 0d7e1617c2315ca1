/** The bounds of the HTTP server that no setting changes; tests choose others. */
import type { ConnectionLimits } from './connections.ts';
import type { DiscardLimits } from './node-body.ts';

export interface HttpLimits extends Omit<ConnectionLimits, 'maxOpen'> {
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  readonly headersTimeoutMs: number;
  /** For the whole request, body included; not for the answer. */
  readonly requestTimeoutMs: number;
  readonly timeoutCheckIntervalMs: number;
  /** Above the 60 s after which AWS load balancers drop idle connections, so that they, not we, close first. */
  readonly keepAliveTimeoutMs: number;
  /**
   * How long a drain leaves idle connections open: a request may be on its way already, and closing would lose it. Each
   * answer says `connection: close` meanwhile.
   */
  readonly drainLingerMs: number;
  /** How a body that nobody wanted is thrown away while the client reads the refusal; then the connection is cut. */
  readonly discard: DiscardLimits;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  maxReserve: 16,
  reserveHeadMs: 3_000,
  maxHeaderBytes: 16_384,
  maxHeaders: 100,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 30_000,
  timeoutCheckIntervalMs: 1_000,
  keepAliveTimeoutMs: 75_000,
  drainLingerMs: 1_000,
  discard: { maxBytes: 8_388_608, maxMs: 2_000 },
};
