/** What one tool call did in AWS, for its one line in the log. Never arguments or results: they hold what logs hold. */
import type { Caller } from '../auth/principal.ts';
import type { Target } from '../aws/ports/targets.ts';

/** A call with more requests is still found in CloudTrail by its session name and time. */
const MAX_REQUEST_IDS = 20;

export class CallAudit {
  readonly #accounts = new Set<string>();
  readonly #regions = new Set<string>();
  readonly #requestIds: string[] = [];
  #requestCount = 0;
  #scannedBytes = 0;

  addTarget({ account, region }: Target): void {
    this.#accounts.add(account);
    this.#regions.add(region);
  }

  addRequestId(awsRequestId: string): void {
    this.#requestCount += 1;
    if (this.#requestIds.length < MAX_REQUEST_IDS) this.#requestIds.push(awsRequestId);
  }

  addScannedBytes(bytes: number): void {
    this.#scannedBytes += bytes;
  }

  /** Only what there is: a call that never came to AWS has nothing to tell. */
  fields(): Readonly<Record<string, unknown>> {
    return {
      ...(this.#accounts.size > 0 && { account: [...this.#accounts].join(','), region: [...this.#regions].join(',') }),
      ...(this.#requestCount > 0 && { awsRequests: this.#requestCount, awsRequestIds: [...this.#requestIds] }),
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
