/** `next_token`: an opaque place to go on from, bound to its tool and arguments. It holds nothing secret and is not trusted. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../errors.ts';

const DIGEST_CHARS = 12;

const cursorSchema = z.object({
  /** Digest of tool and arguments. */
  d: z.string(),
  /** Items of the page that were shown already. */
  o: z.int().min(0).max(10_000_000),
  /** The service's own token of the page. */
  t: z.string().optional(),
});

/** Where to go on: skip `offset` items after the service's page `awsToken` (none = from the start). */
export interface Cursor {
  readonly offset: number;
  readonly awsToken?: string;
}

/** @param args the arguments that must be the same on the next call; `next_token` and limits left out */
export function encodeCursor(tool: string, args: unknown, cursor: Cursor): string {
  const token = {
    d: digest(tool, args),
    o: cursor.offset,
    t: cursor.awsToken,
  };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/**
 * The start for an absent token.
 * @throws AppError `invalid_input` for a token that is not ours, or belongs to other arguments
 */
export function decodeCursor(tool: string, args: unknown, token: string | undefined): Cursor {
  if (token === undefined) return { offset: 0 };
  const parsed = cursorSchema.safeParse(parse(token));
  if (!parsed.success)
    throw new AppError(
      'invalid_input',
      'next_token is not one that this tool gave → copy it unchanged, or leave it out to start again.',
    );
  if (parsed.data.d !== digest(tool, args)) {
    throw new AppError(
      'invalid_input',
      'next_token belongs to a call with other arguments → repeat that call’s arguments, or leave next_token out to start again.',
    );
  }
  return { offset: parsed.data.o, ...(parsed.data.t !== undefined && { awsToken: parsed.data.t }) };
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function digest(tool: string, args: unknown): string {
  return createHash('sha256')
    .update(`${tool}\n${stableJson(args)}`)
    .digest('base64url')
    .slice(0, DIGEST_CHARS);
}

function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
