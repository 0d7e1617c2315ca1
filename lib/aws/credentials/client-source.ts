/** How SDK clients are asked for: per caller, and per call. */
import type { Caller } from '../../auth/principal.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import type { Target } from '../ports/targets.ts';
import type { OwnCredentials } from './describe-own.ts';
import type { AwsClients, ClientOverrides } from './session-clients.ts';

/** Clients lent for one SDK call. */
export interface ClientLease {
  readonly clients: AwsClients;
  /** Whether new credentials can be had by {@link ClientLease.discard} and asking again. */
  readonly isRenewable: boolean;
  /** Must be called when the call is over. */
  release(): void;
  /** AWS does not take these credentials any more: the next call gets new ones. */
  discard(): void;
}

export interface ClientSource {
  /** Set where the clients have the credentials of the process itself; for what is told when AWS refuses them. */
  readonly own?: OwnCredentials;
  /** Whether a forward proxy may stand between; for what is told when AWS is not reached. */
  readonly hasProxy?: boolean;
  /**
   * @param signal ends the waiting, not what others wait for too
   * @throws AppError when the caller gets no credentials for the target's account
   */
  acquire(target: Target, signal: AbortSignal): Promise<ClientLease>;
}

export interface ClientPool {
  /** @param caller undefined where nobody was authenticated (stdio, ENABLE_AUTH=false) */
  forCaller(caller: Caller | undefined): ClientSource;
  /** Users × accounts whose credentials are kept at this moment. */
  cachedCount?(): number;
  /** SDK clients that are kept at this moment. */
  clientCount?(): number;
  close(): void;
}

export interface ClientPoolOptions {
  readonly overrides?: ClientOverrides;
  /** Current time in epoch milliseconds. */
  readonly clock?: () => number;
  readonly metrics?: Pick<Metrics, 'observeExchange'>;
}
