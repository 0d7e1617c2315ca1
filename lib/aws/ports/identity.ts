export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

export interface IdentityPort {
  /** Who AWS takes the caller for (sts:GetCallerIdentity, which needs no permission). */
  getCallerIdentity(signal: AbortSignal): Promise<CallerIdentity>;
}
