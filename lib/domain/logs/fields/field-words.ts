/** What names and values of log fields mean: who or what an event belongs to, words of failure, words at all. Pure. */

/** What changes with a deploy. */
const RELEASES =
  /^(?:(?:app|application|service|function|container|git|code|deploy(?:ment)?|build|release)?(?:version|release|build|commit|sha|revision|image|tag)(?:id|number|hash|sha|tag|name)?|ver|rev|deploy(?:ment)?(?:id)?)$/;
/** Where an event comes from, and whom it concerns. */
const PLACES =
  /^(?:host(?:name)?|(?:ec2)?instance(?:id|type)?|node(?:name)?|server(?:name)?|pod(?:name)?|container(?:name)?|task(?:arn|id)?|az|availabilityzone|zone|region|cluster(?:name)?|shard|partition|tenant(?:id|name)?|account(?:id)?|endpoint|upstream|backend|path|route|resource(?:path)?|queue|topic|table|runtime(?:version)?|featureflag|flag)$/;
const CODES = /^(?:[a-z]*code|(?:http)?status|exitstatus)$/;

const FAILURE =
  /fail|error|exception|denied|refus|reject|declin|time[-_ ]?d?[-_ ]?out|unavailable|abort|crash|fatal|panic|unhealthy|broken|invalid|expired|exceed|throttl|forbidden|unauthor|critical|degraded|unreachable|killed|blocked|corrupt|missing|insufficient|offline|stuck|cancel|(?:^|[^a-z])(?:down|dead|lost|oom|stale|bad|ko|nack)(?:$|[^a-z])/i;

export type FieldKind = 'release' | 'place' | 'code' | 'other';

/** By the last part of the name: `http.statusCode` is a code. */
export function kindOfField(name: string): FieldKind {
  const last = (name.split('.').at(-1) ?? '').toLowerCase().replace(/[-_]/g, '');
  if (RELEASES.test(last)) return 'release';
  if (PLACES.test(last)) return 'place';
  return CODES.test(last) ? 'code' : 'other';
}

/** What is well while it is true. */
const GOOD =
  /^(?:is_?)?(?:success(?:ful)?|succeeded|ok|healthy|ready|available|allowed|authorized|valid|passed|connected)$/i;

/** `state=failed`, `code=GATEWAY_DOWN`, `success=false`, `timedOut=true`. */
export function isFailure(name: string, value: string): boolean {
  if (value === 'false') return GOOD.test(name.split('.').at(-1) ?? '');
  return FAILURE.test(value === 'true' ? name : value);
}

const MAX_WORD_CHARS = 64;
const WORD = /^\p{L}[\p{L}\p{N}_.:/+-]*(?: [\p{L}\p{N}_.:/+-]+){0,3}$/u;
/** Ids, hashes, times and amounts. */
const DATA = /\d{4}|^[0-9a-f]{12,}$|(?<![a-z])(?:[a-z]+\d+){3}/i;
const MAX_NAME_CHARS = 100;
const NAME = /^[\p{L}\p{N}$][\p{L}\p{N}_.:/@+$~-]*$/u;
const CODE = /^(?:\d{1,6}|[\p{L}\p{N}_.:-]{1,64})$/u;
const TIME = /^\d{4}-\d\d-\d\d|^\d\d:\d\d:\d\d|^\d{9,}$/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A value that many events may share: a word, or for names of releases, places and codes whatever is not a time or an id. */
export function isSharedValue(kind: FieldKind, value: string): boolean {
  if (kind === 'other') return value.length <= MAX_WORD_CHARS && WORD.test(value) && !DATA.test(value);
  if (value.length > MAX_NAME_CHARS || TIME.test(value) || UUID.test(value)) return false;
  return kind === 'code' ? CODE.test(value) : NAME.test(value);
}
