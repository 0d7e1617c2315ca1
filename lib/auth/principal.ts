/** Who asks, as a verified token says. Nothing here is taken from anything but a verified token. */
export interface Principal {
  /** Exact `iss`. */
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
  /** `client_id` or `azp`, where the token has one. */
  readonly clientId?: string;
  readonly expiresEpochMs: number;
  /** First 12 hex digits of sha256(issuer|subject): stands for the person in logs, session names and rate limits. */
  readonly id: string;
}

/** A principal with the token that proved it. The token goes to STS and nowhere else: never into a log, an answer or an error. */
export interface Caller {
  readonly principal: Principal;
  readonly token: string;
}
