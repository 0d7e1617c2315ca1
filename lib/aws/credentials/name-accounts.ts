import { listSome } from '../../domain/text/counts.ts';

/** More than this is for list_targets to tell. */
const MAX_NAMED = 5;

/**
 * Accounts of the allow-list, a few of them, for the way out of an error. By alias: that is what a call passes, and what
 * list_targets tells every caller, whether AWS lets the caller in or not.
 */
export function nameAccounts(aliases: readonly string[]): string {
  return listSome(aliases, MAX_NAMED);
}
