import { createHash } from 'node:crypto';

const ID_CHARS = 12;

/** Stands for a person where the subject must not: 48 bits of sha256(issuer|subject), so two issuers never collide by name. */
export function hashPrincipal(issuer: string, subject: string): string {
  return createHash('sha256').update(`${issuer}|${subject}`).digest('hex').slice(0, ID_CHARS);
}
