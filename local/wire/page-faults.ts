/** Faults of pages, lists and order: what the operation is given, and what its output becomes. */
import type { StaticOperationSchema } from '@smithy/types';
import type { Fault } from '../faults.ts';
import { resolveSchema } from './schemas.ts';

/** Tokens that were made up here; no operation knows them. */
const MADE_UP_TOKEN = /^made-up-page\/(\d{1,9})$/;
/** `NextToken`, `nextToken`, `nextForwardToken`, `nextBackwardToken`. */
const TOKEN_MEMBER = /^next(?:Forward|Backward)?Token$/i;
const INPUT_TOKENS = ['NextToken', 'nextToken'];
const OTHER_SCAN: Readonly<Record<string, string>> = {
  TimestampAscending: 'TimestampDescending',
  TimestampDescending: 'TimestampAscending',
};

type Members = Readonly<Record<string, unknown>>;

/** The input as a service with these faults reads it: a made-up token means the first page, an ignored order the opposite one. */
export function alterInput(input: unknown, faults: readonly Fault[]): unknown {
  if (faults.length === 0 || !isMembers(input)) return input;
  const { ...members }: Record<string, unknown> = input;
  if (MADE_UP_TOKEN.test(sentToken(members) ?? '')) for (const name of INPUT_TOKENS) delete members[name];
  if (faults.some(({ kind }) => kind === 'ignoredOrder')) {
    if (typeof members.ScanBy === 'string') members.ScanBy = OTHER_SCAN[members.ScanBy];
    if (typeof members.startFromHead === 'boolean') members.startFromHead = !members.startFromHead;
  }
  return members;
}

/** The output as a service with these faults gives it. `input` is what the caller sent, its token included. */
export function alterOutput(
  output: unknown,
  input: unknown,
  faults: readonly Fault[],
  schema: StaticOperationSchema | undefined,
): unknown {
  return faults.reduce((altered, fault) => {
    // A copy: the answer may hold parts of the world, which others read too.
    if (fault.kind === 'alterOutput') return fault.alter(structuredClone(altered), input);
    if (fault.kind === 'endlessPages') return setTokens(altered, schema, nextMadeUpToken(sentToken(input)));
    if (fault.kind === 'sameToken') return setTokens(altered, schema, sentToken(input) ?? 'made-up-page/1');
    return fault.kind === 'missingList' ? dropLists(altered, schema, fault.member) : altered;
  }, output);
}

function sentToken(input: unknown): string | undefined {
  if (!isMembers(input)) return undefined;
  const token = INPUT_TOKENS.map((name) => input[name]).find((value) => typeof value === 'string');
  return typeof token === 'string' ? token : undefined;
}

function nextMadeUpToken(sent: string | undefined): string {
  const page = Number(MADE_UP_TOKEN.exec(sent ?? '')?.[1] ?? 0);
  return `made-up-page/${page + 1}`;
}

function setTokens(output: unknown, schema: StaticOperationSchema | undefined, token: string): unknown {
  const names = memberNames(schema, (name) => TOKEN_MEMBER.test(name));
  return { ...(isMembers(output) ? output : {}), ...Object.fromEntries(names.map((name) => [name, token])) };
}

function dropLists(output: unknown, schema: StaticOperationSchema | undefined, member: string | undefined): unknown {
  const lists = new Set(memberNames(schema, (name, isList) => isList && (member === undefined || name === member)));
  return Object.fromEntries(Object.entries(isMembers(output) ? output : {}).filter(([name]) => !lists.has(name)));
}

function memberNames(
  schema: StaticOperationSchema | undefined,
  isWanted: (name: string, isList: boolean) => boolean,
): string[] {
  if (schema === undefined) return [];
  return [...resolveSchema(schema[5]).structIterator()]
    .filter(([name, member]) => isWanted(name, member.isListSchema()))
    .map(([name]) => name);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
