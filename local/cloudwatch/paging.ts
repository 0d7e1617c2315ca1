import { createHash } from 'node:crypto';
import { awsError } from '../types.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

/**
 * Cuts one page out of a list. A token holds the offset and belongs to one query: `query` is everything that, when it
 * changes, makes the token invalid. A token that is none is refused by the service's own error.
 */
export function pageItems<Item>(
  items: readonly Item[],
  pageSize: number,
  token: string | undefined,
  query: unknown,
  errorName = 'InvalidNextToken',
): Page<Item> {
  const fingerprint = createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 16);
  const offset = token === undefined ? 0 : readOffset(token, fingerprint, errorName);
  const end = offset + pageSize;
  const nextToken = end < items.length ? Buffer.from(`${fingerprint}:${end}`).toString('base64url') : undefined;
  return { items: items.slice(offset, end), nextToken };
}

function readOffset(token: string, fingerprint: string, errorName: string): number {
  const [owner, offset = ''] = Buffer.from(token, 'base64url').toString('utf8').split(':');
  if (owner !== fingerprint || !/^\d+$/.test(offset)) {
    throw awsError(errorName, 'The service returned an error: The token is invalid.');
  }
  return Number(offset);
}
