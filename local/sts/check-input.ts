/** Lengths, patterns and bounds of the two AssumeRole operations (AWS STS API reference). */
import { awsError } from '../types.ts';
import { parseRoleArn } from './role.ts';

const MIN_SESSION_SECONDS = 900;
const MAX_SESSION_SECONDS = 43_200;
const DEFAULT_SESSION_SECONDS = 3_600;
const MAX_POLICY_CHARS = 2_048;
const MAX_TAGS = 50;

const PATTERNS = {
  roleSessionName: /^[\w+=,.@-]{2,64}$/,
  sourceIdentity: /^[\w+=,.@-]{2,64}$/,
  externalId: /^[\w+=,.@:/-]{2,1224}$/,
  tagKey: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
  tagValue: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
} as const;

export interface SessionInput {
  readonly RoleArn?: string | undefined;
  readonly RoleSessionName?: string | undefined;
  readonly DurationSeconds?: number | undefined;
  readonly Policy?: string | undefined;
}

export interface CheckedSession {
  readonly roleArn: string;
  readonly accountId: string;
  readonly roleName: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly policy: string | undefined;
}

/** @throws ValidationError, MalformedPolicyDocument */
export function checkSession(input: SessionInput): CheckedSession {
  const { RoleArn = '', RoleSessionName, DurationSeconds = DEFAULT_SESSION_SECONDS, Policy } = input;
  const role = parseRoleArn(RoleArn);
  if (role === undefined) throw awsError('ValidationError', `${RoleArn} is invalid`);
  const sessionName = checkText('roleSessionName', RoleSessionName ?? '');
  if (!Number.isInteger(DurationSeconds)) throw refuse('durationSeconds', DurationSeconds, 'be an integer');
  if (DurationSeconds < MIN_SESSION_SECONDS)
    throw refuse('durationSeconds', DurationSeconds, `have value greater than or equal to ${MIN_SESSION_SECONDS}`);
  if (DurationSeconds > MAX_SESSION_SECONDS)
    throw refuse('durationSeconds', DurationSeconds, `have value less than or equal to ${MAX_SESSION_SECONDS}`);
  if (Policy !== undefined) checkPolicy(Policy);
  return {
    roleArn: RoleArn,
    accountId: role.accountId,
    roleName: role.name,
    sessionName,
    durationSeconds: DurationSeconds,
    policy: Policy,
  };
}

/** @throws ValidationError */
export function checkText(name: 'roleSessionName' | 'sourceIdentity' | 'externalId', text: string): string {
  const pattern = PATTERNS[name];
  if (!pattern.test(text)) throw refuse(name, text, `satisfy regular expression pattern: ${pattern.source}`);
  return text;
}

export interface SessionTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** @throws ValidationError */
export function checkTags(tags: readonly SessionTag[]): ReadonlyMap<string, string> {
  if (tags.length > MAX_TAGS)
    throw refuse('tags', `${tags.length} tags`, `have length less than or equal to ${MAX_TAGS}`);
  const checked = new Map<string, string>();
  for (const { Key = '', Value = '' } of tags) {
    if (!PATTERNS.tagKey.test(Key) || Key.toLowerCase().startsWith('aws:'))
      throw refuse('tags.key', Key, 'be a tag key');
    if (!PATTERNS.tagValue.test(Value)) throw refuse('tags.value', Value, 'be a tag value');
    // Keys of session tags are compared without case.
    if ([...checked.keys()].some((known) => known.toLowerCase() === Key.toLowerCase()))
      throw awsError(
        'InvalidParameterValue',
        'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      );
    checked.set(Key, Value);
  }
  return checked;
}

function checkPolicy(policy: string): void {
  if (policy.length === 0 || policy.length > MAX_POLICY_CHARS)
    throw refuse('policy', `${policy.length} characters`, `have length less than or equal to ${MAX_POLICY_CHARS}`);
  const document = parseJson(policy);
  const isPolicy =
    typeof document === 'object' && document !== null && 'Version' in document && 'Statement' in document;
  if (!isPolicy) throw awsError('MalformedPolicyDocumentException', 'Syntax errors in policy.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuse(name: string, value: string | number, rule: string): Error {
  return awsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must ${rule}`,
  );
}
