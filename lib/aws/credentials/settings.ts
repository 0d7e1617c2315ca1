/** The part of the configuration that decides with whose credentials AWS is asked. */

/** An account that may be asked, by the role that is assumed there. */
export interface AccountRole {
  readonly alias: string;
  /** 12 digits, out of the role's ARN. */
  readonly accountId: string;
  readonly roleArn: string;
}

/**
 * `web-identity`: the user's token → the role. `assume-role`: the process's own identity → the role, with the user as
 * session tags and source identity. `ambient`: the process's identity as it is. Never one instead of another.
 */
export type CredentialMode = 'web-identity' | 'assume-role' | 'ambient';

export interface CredentialSettings {
  readonly credentialMode: CredentialMode;
  /** The default first; empty with ambient credentials. */
  readonly roles: readonly AccountRole[];
  readonly externalId?: string | undefined;
  /** 900 to 43,200; at most 3,600 with assume-role. */
  readonly sessionDurationSeconds: number;
  /** A JSON policy of at most 2,048 characters that narrows the role. */
  readonly sessionPolicy?: string | undefined;
  readonly stsRegion: string;
}
