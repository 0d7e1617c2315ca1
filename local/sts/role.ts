/** Whom a role trusts among the users of an OIDC issuer. */
export interface WebIdentityTrust {
  /** Exact `iss` of the tokens. */
  readonly issuer: string;
  /** What the condition `<issuer>:aud` asks for. */
  readonly audience: string;
  /** What the condition `<issuer>:sub` asks for. */
  readonly subjects: readonly string[];
}

/** Whom a role trusts among the identities of AWS. */
export interface PrincipalTrust {
  readonly principalArn: string;
  /** What the condition `sts:ExternalId` asks for; undefined = no such condition. */
  readonly externalId?: string;
  /** What the conditions `aws:RequestTag/<key>` ask for: one of the values of each key. */
  readonly requestTags?: Readonly<Record<string, readonly string[]>>;
}

/** A role with its trust policy. What its sessions may do is not imitated: they read everything of their account. */
export interface LocalRole {
  readonly arn: string;
  /** 3,600 to 43,200 (IAM: `MaxSessionDuration`). */
  readonly maxSessionSeconds: number;
  readonly webIdentities: readonly WebIdentityTrust[];
  readonly principals: readonly PrincipalTrust[];
}

/** An OIDC provider as IAM knows it, in every account. */
export interface IdentityProvider {
  readonly issuer: string;
  /** Client ids of the provider: at most 100 (IAM quota). */
  readonly audiences: readonly string[];
}

/** Account id and name of a role ARN; undefined when it is none. */
export function parseRoleArn(arn: string): { readonly accountId: string; readonly name: string } | undefined {
  const [, accountId, name] =
    /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\x21-\x7e]+\/)?([\w+=,.@-]{1,64})$/.exec(arn) ?? [];
  return accountId === undefined || name === undefined ? undefined : { accountId, name };
}
