/** What the doctor says of one thing. */

/** What was looked at. */
export type Check =
  | 'configuration'
  | 'proxy'
  | 'clock'
  | 'endpoint'
  | 'issuer'
  | 'credentials'
  | 'token'
  | 'identity'
  | 'alarms';

/** Why something failed, in words for programs. */
export type Reason =
  | 'setting'
  | 'clock'
  | NetworkReason
  | 'issuer_answer'
  | 'no_credentials'
  | 'credentials_refused'
  | 'provider_refused'
  | 'role_denied'
  | 'access_denied'
  | 'token_refused'
  | 'throttled'
  | 'other';

/** Why the other side was not reached. */
export type NetworkReason =
  | 'refused'
  | 'unknown_host'
  | 'no_answer'
  | 'no_route'
  | 'broken_off'
  | 'certificate'
  | 'certificate_time'
  | 'not_tls'
  | 'proxy';

export interface Finding {
  readonly check: Check;
  /** `unknown`: could not be checked, which alone is no failure. */
  readonly state: 'ok' | 'failed' | 'unknown';
  /** One plain sentence; for a failure *what was wrong → what to do next*. For the administrator: may hold ARNs. */
  readonly text: string;
  readonly reason?: Reason;
  /** A command that shows or mends the cause, ready to be copied. */
  readonly next?: string;
}

export function isFailed({ state }: Finding): boolean {
  return state === 'failed';
}
