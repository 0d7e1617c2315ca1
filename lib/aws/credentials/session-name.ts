/** How a user is named to AWS: CloudTrail shows the session name, trust policies and ABAC see the tags. */
import { createHash } from 'node:crypto';
import type { Principal } from '../../auth/principal.ts';

/** `RoleSessionName` and `SourceIdentity` have at most 64 characters; 13 are the hash and its dash. */
const MAX_SUBJECT_CHARS = 51;
const UNNAMEABLE = /[^\w+=,.@-]/g;

/** For `RoleSessionName` and `SourceIdentity`: readable, and different for equal subjects of two issuers. */
export function toSessionName({ subject, id }: Principal): string {
  return `${subject.replaceAll(UNNAMEABLE, '-').slice(0, MAX_SUBJECT_CHARS)}-${id}`;
}

export interface SessionTag {
  readonly Key: string;
  readonly Value: string;
}

/** Session tags of the assume-role mode, for conditions on `aws:RequestTag/…` and `aws:PrincipalTag/…`. */
export function toSessionTags({ issuer, subject }: Principal): readonly SessionTag[] {
  return [
    { Key: 'mcp-issuer', Value: toTagValue(issuer) },
    { Key: 'mcp-subject', Value: toTagValue(subject) },
  ];
}

const MAX_TAG_CHARS = 256;
const UNTAGGABLE = /[^\w.:/+@-]/gu;

/**
 * Two texts never give the same tag, since policies decide by it: what a tag may not hold becomes its code point in hex
 * (`auth0|7` → `auth0=7c=7`), what is too long ends in its hash.
 */
function toTagValue(text: string): string {
  const escaped = text.replaceAll(UNTAGGABLE, (character) => `=${character.codePointAt(0)?.toString(16)}=`);
  if (escaped.length <= MAX_TAG_CHARS) return escaped;
  // `=h` is no escape, so no shorter text can look like this.
  const ending = `=h${createHash('sha256').update(text).digest('hex')}`;
  return `${escaped.slice(0, MAX_TAG_CHARS - ending.length)}${ending}`;
}
