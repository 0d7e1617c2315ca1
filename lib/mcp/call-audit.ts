/** What one tool call did in AWS, for its one line in the log. Never arguments or results: they hold what logs hold. */
import type { Caller } from '../auth/principal.ts';
import type { ConnectionListener } from '../aws/connection.ts';
import type { Target } from '../aws/ports/targets.ts';
import type { AppError } from '../errors.ts';
import type { AwsCall, Metrics } from '../telemetry/metrics.ts';

/** A call with more requests is still found in CloudTrail by its session name and time. */
const MAX_REQUEST_IDS = 20;
/** A call to 50 places can fail in each of them, mostly for one reason. */
const MAX_FAILURES = 5;
const POLL = 'logs:GetQueryResults';

export class CallAudit implements ConnectionListener {
  readonly #metrics: Pick<Metrics, 'observeAws'>;
  readonly #accounts = new Set<string>();
  readonly #regions = new Set<string>();
  readonly #requestIds: string[] = [];
  readonly #failures: Readonly<Record<string, unknown>>[] = [];
  #requestCount = 0;
  #callCount = 0;
  #scannedBytes = 0;

  constructor(metrics: Pick<Metrics, 'observeAws'>) {
    this.#metrics = metrics;
  }

  addTarget({ account, region }: Target): void {
    this.#accounts.add(account);
    this.#regions.add(region);
  }

  onRequestId(awsRequestId: string): void {
    this.#requestCount += 1;
    if (this.#requestIds.length < MAX_REQUEST_IDS) this.#requestIds.push(awsRequestId);
  }

  onFailure({ code, details }: AppError): void {
    if (this.#failures.length < MAX_FAILURES) this.#failures.push({ code, ...details });
  }

  /** Calls that are over; looks at queries that run are no calls of their own. */
  get callCount(): number {
    return this.#callCount;
  }

  onCall(operation: string, call: AwsCall): void {
    if (operation !== POLL) this.#callCount += 1;
    this.#metrics.observeAws(operation, call);
  }

  addScannedBytes(bytes: number): void {
    this.#scannedBytes += bytes;
  }

  /**
   * Only what there is: a call that never came to AWS has nothing to tell.
   * @param isPartial the call succeeded, so what failed in it is told nowhere else
   */
  fields(isPartial: boolean): Readonly<Record<string, unknown>> {
    return {
      ...(this.#accounts.size > 0 && { account: [...this.#accounts].join(','), region: [...this.#regions].join(',') }),
      ...(this.#requestCount > 0 && { awsRequests: this.#requestCount, awsRequestIds: [...this.#requestIds] }),
      ...(isPartial && this.#failures.length > 0 && { failures: [...this.#failures] }),
      ...(this.#scannedBytes > 0 && { bytesScanned: this.#scannedBytes }),
    };
  }
}

/** The person as a hash; by name only where the operator wants that. */
export function describeCaller(
  caller: Caller | undefined,
  { isSubjectLoggedPlain }: { readonly isSubjectLoggedPlain: boolean },
): Readonly<Record<string, unknown>> {
  if (caller === undefined) return {};
  const { id, subject } = caller.principal;
  return { principal: id, ...(isSubjectLoggedPlain && { subject }) };
}
