/**
 * One caller's way to AWS in one account and region: three SDK clients and the step that turns their errors into ours.
 * Not here: which account or credentials (client-pool.ts), what the answers mean (the ports).
 */
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { STSClient } from '@aws-sdk/client-sts';
import type { Target } from './ports/targets.ts';
import { translateAwsError } from './translate-error.ts';

export interface AwsClients {
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly sts: STSClient;
}

export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

export interface CallOptions {
  /** AWS's validation text is about the caller's own query or expression, so it may be shown (cleaned). */
  readonly isCallersQuery?: boolean;
  /** What a not-found answer is about, e.g. `log group`; for the error text. */
  readonly subject?: string;
}

export interface AwsConnection extends AwsClients {
  readonly target: Target;
  /**
   * Runs one SDK call.
   * @param action the IAM action that it needs, e.g. `cloudwatch:DescribeAlarms`; named when AWS denies it
   * @throws AppError only
   */
  call<Output>(
    action: string,
    signal: AbortSignal,
    send: (options: SendOptions) => Promise<Output>,
    options?: CallOptions,
  ): Promise<Output>;
}

export function createConnection(target: Target, clients: AwsClients): AwsConnection {
  return {
    ...clients,
    target,
    async call(action, signal, send, options = {}) {
      try {
        return await send({ abortSignal: signal });
      } catch (error) {
        throw translateAwsError(error, { action, signal, target, ...options });
      }
    },
  };
}
