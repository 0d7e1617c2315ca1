import { createHash } from 'node:crypto';
import type { Caller } from '../../auth/principal.ts';

export interface SessionRequest {
  /** Whose token has been verified for this very request. */
  readonly caller: Caller;
  readonly roleArn: string;
  readonly durationSeconds: number;
  readonly policy: string | undefined;
}

/**
 * Under which credentials are kept. Everything that AWS decides by is part of it, so two users, roles or tokens never
 * share an entry. A hash, since it holds a token; its signature is left out, because one payload can have several.
 */
export function toCredentialKey({ caller, roleArn, durationSeconds, policy }: SessionRequest): string {
  const { principal, token } = caller;
  const signedPart = token.slice(0, token.lastIndexOf('.'));
  const parts = [
    principal.issuer,
    principal.subject,
    principal.audiences,
    roleArn,
    durationSeconds,
    policy ?? null,
    signedPart,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
