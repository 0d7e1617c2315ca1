import { invalidParameter } from './refusals.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/**
 * Cuts one page out of a list. The token holds the offset and what the list was asked with,
 * so that a token of another request is refused.
 */
export function cutPage<T>(items: readonly T[], size: number, token: string | undefined, request: string): Page<T> {
  const offset = token === undefined ? 0 : readOffset(token, request);
  const nextOffset = offset + size;
  return {
    items: items.slice(offset, nextOffset),
    ...(nextOffset < items.length && { nextToken: encodeToken(nextOffset, request) }),
  };
}

function encodeToken(offset: number, request: string): string {
  return Buffer.from(JSON.stringify([offset, request])).toString('base64url');
}

function readOffset(token: string, request: string): number {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && Number.isSafeInteger(parts[0]) && parts[1] === request) {
      return Number(parts[0]);
    }
  } catch {
    // A text that is no token is answered like a token of another request.
  }
  throw invalidParameter('The specified nextToken is invalid.');
}
