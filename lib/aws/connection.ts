/**
 * One caller's way to AWS in one account and region: clients with the caller's credentials, lent per call, and the step
 * that turns SDK errors into ours. Not here: where credentials come from (client-pool.ts), what answers mean (the ports).
 */
import { type AppError, isAppError } from '../errors.ts';
import type { AwsCall } from '../telemetry/metrics.ts';
import { ByteBudget } from './answers/byte-budget.ts';
import type { ClientSource } from './credentials/client-source.ts';
import type { AwsClients } from './credentials/session-clients.ts';
import type { Target } from './ports/targets.ts';
import { attemptsOf, requestIdOf, translateAwsError } from './translate-error.ts';

export interface SendOptions {
  readonly abortSignal: AbortSignal;
  readonly budget: ByteBudget;
}

export interface CallOptions {
  /** AWS's validation text is about the caller's own query or expression, so it may be shown (cleaned). */
  readonly isCallersQuery?: boolean;
  /** What a not-found answer is about, e.g. `log group`; for the error text. */
  readonly subject?: string;
  /** What is not there where the service does not know the operation, e.g. `PromQL`; default: the action. */
  readonly feature?: string;
}

export interface AwsConnection {
  readonly target: Target;
  /**
   * Runs one SDK call.
   * @param action the IAM action that it needs, e.g. `cloudwatch:DescribeAlarms`; named when AWS denies it
   * @throws AppError only
   */
  call<Output>(
    action: string,
    signal: AbortSignal,
    send: (clients: AwsClients, options: SendOptions) => Promise<Output>,
    options?: CallOptions,
  ): Promise<Output>;
}

export interface ConnectionListener {
  /** Told the id of each request that AWS answered or refused. */
  onRequestId(awsRequestId: string): void;
  /** Told each failure, also one that the tool makes a warning of. */
  onFailure(error: AppError): void;
  /** Told each call of the SDK when it is over, a renewed one as two. */
  onCall(operation: string, call: AwsCall): void;
}

const NOBODY: ConnectionListener = {
  onRequestId: () => undefined,
  onFailure: () => undefined,
  onCall: () => undefined,
};

export function createConnection(
  target: Target,
  source: ClientSource,
  listener: ConnectionListener = NOBODY,
  budget: ByteBudget = new ByteBudget(),
): AwsConnection {
  return {
    target,
    async call(action, signal, send, options = {}) {
      try {
        const first = await callOnce();
        if ('output' in first) return first.output;
        // Refused before anything was done, so the same call may be made once more, with credentials of now.
        const last = first.isRenewable ? await callOnce() : first;
        if ('output' in last) return last.output;
        throw last.error;
      } catch (error) {
        if (isAppError(error)) listener.onFailure(error);
        throw error;
      }

      async function callOnce() {
        const lease = await source.acquire(target, signal);
        const startedMs = performance.now();
        const report = (outcome: string, from: unknown): void => {
          const seconds = (performance.now() - startedMs) / 1_000;
          listener.onCall(action, { outcome, seconds, retries: attemptsOf(from) - 1 });
        };
        try {
          const output = await send(lease.clients, { abortSignal: signal, budget });
          tell(requestIdOf(output), listener);
          report('ok', output);
          return { output };
        } catch (thrown) {
          tell(requestIdOf(thrown), listener);
          const { own, hasProxy } = source;
          const error = translateAwsError(thrown, { action, signal, target, own, hasProxy, ...options });
          report(error.code, thrown);
          const isExpired = error.code === 'auth_token_expired';
          if (isExpired || error.code === 'aws_config') lease.discard();
          return { error, isRenewable: isExpired && lease.isRenewable };
        } finally {
          lease.release();
        }
      }
    },
  };
}

function tell(awsRequestId: string | undefined, listener: ConnectionListener): void {
  if (awsRequestId !== undefined) listener.onRequestId(awsRequestId);
}
