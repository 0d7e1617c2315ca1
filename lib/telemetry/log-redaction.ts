/**
 * What must never stand in a log line: values under secret-sounding keys; tokens, key ids and users' names inside any text.
 * Not here: the log format and where lines go (logger.ts).
 */
const REDACTED = '[redacted]';

/** Longer texts are cut: one log line stays far below the 256 KB that CloudWatch Logs takes per event. */
export const MAX_LOGGED_TEXT_CHARS = 8_192;

/** Compared without case, dashes and underscores. */
const SECRET_KEYS = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'accesskeyid',
  'credential',
]);
const SECRET_KEY_ENDINGS = [
  'token',
  'secret',
  'password',
  'passwd',
  'secretaccesskey',
  'secretkey',
  'privatekey',
  'apikey',
];
/** Tokens of pagination and of progress are no secrets, and debugging needs them. */
const HARMLESS_KEYS = new Set(['nexttoken', 'nextforwardtoken', 'nextbackwardtoken', 'progresstoken']);

const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic|Digest)\s+[^\s"',;]+/gi, `$1 ${REDACTED}`],
  // Of a URL: a proxy's, say.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#"'@]{1,512}@/gi, `$1${REDACTED}@`],
  [/\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*){0,3}/g, REDACTED],
  [/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,124}\b(?::[\w+=,.@-]{2,64})?/g, REDACTED],
  // AWS names the user by the session name when it denies something; the hash that ends it is enough to tell who.
  [/\b(assumed-role\/[\w+=,.@-]{1,64}\/)[\w+=,.@-]{1,51}-([0-9a-f]{12})\b/g, `$1${REDACTED}-$2`],
  [/\b(assumed-role\/[\w+=,.@-]{1,64}\/)[\w+=,.@-]{1,64}\u2026$/, `$1${REDACTED}…`],
  [/\b(X-Amz-(?:Security-Token|Signature|Credential)=)[^&\s"']+/gi, `$1${REDACTED}`],
  [
    /((?:secret_?access_?key|session_?token|access_?token|id_?token|client_?secret|password)["']?\s*[:=]\s*["']?)[^\s"'&,;]+/gi,
    `$1${REDACTED}`,
  ],
];

/** A replacer for `JSON.stringify`: redacts by key and by pattern, and bounds the length of texts. */
export function redactForLog(key: string, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isSecretKey(key)) return REDACTED;
  return typeof value === 'string' ? redactText(value) : value;
}

/** The text without tokens, key ids and passwords, at most {@link MAX_LOGGED_TEXT_CHARS} long. */
export function redactText(text: string): string {
  // Cut before matching, so that a huge text costs no more than a long one; a token that straddles the cut is still a match.
  let redacted = text.length > MAX_LOGGED_TEXT_CHARS ? `${text.slice(0, MAX_LOGGED_TEXT_CHARS)}…` : text;
  for (const [pattern, replacement] of SECRET_TEXTS) redacted = redacted.replace(pattern, replacement);
  return redacted;
}

function isSecretKey(key: string): boolean {
  const name = key.toLowerCase().replaceAll(/[-_\s]/g, '');
  if (HARMLESS_KEYS.has(name)) return false;
  return SECRET_KEYS.has(name) || SECRET_KEY_ENDINGS.some((ending) => name.endsWith(ending));
}
