/** Short-lived credentials of one user in one role. Never in a log, an answer or an error. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresEpochMs: number;
}

/** Used no more from here on, so that a call that has begun does not outlive its credentials. */
const EXPIRY_MARGIN_MS = 5 * 60_000;
/** Whatever AWS grants: a user who loses the role is asked for again after this. */
const MAX_KEPT_MS = 60 * 60_000;

/** Until when credentials may be reused, in epoch milliseconds. */
export function keepUntil(credentials: AwsCredentials, tokenExpiresEpochMs: number, nowEpochMs: number): number {
  return Math.min(credentials.expiresEpochMs - EXPIRY_MARGIN_MS, tokenExpiresEpochMs, nowEpochMs + MAX_KEPT_MS);
}
