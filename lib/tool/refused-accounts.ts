/** What is said where several accounts do not let the caller in: once for all, with none of them as a way out. Pure. */
import { listSome } from '../domain/text/counts.ts';
import { AppError, isAppError } from '../errors.ts';

const MAX_NAMED = 5;

/** Whether it is STS that lets the caller not in. */
export function isRefused(error: unknown): error is AppError {
  return isAppError(error) && error.code === 'role_denied';
}

/**
 * The error where no account that was asked lets the caller in.
 * @param first the refusal of one of them
 * @param accounts by alias, each once; of one alone its own refusal says what other accounts there are
 */
export function refuseAll(first: AppError, accounts: readonly string[]): AppError {
  if (accounts.length < 2) return first;
  const text = `AWS lets you use none of the accounts ${listSome(accounts, MAX_NAMED)} → ask the administrator for access to one of them.`;
  return new AppError('role_denied', text, { cause: first, details: first.details });
}

/** The sentence beside an answer of other accounts. */
export function describeRefused(accounts: readonly string[]): string {
  const [which, them] = accounts.length === 1 ? ['account', 'it'] : ['accounts', 'them'];
  return `AWS does not let you use ${which} ${listSome(accounts, MAX_NAMED)} → ask the administrator for access to ${them}, if you need ${them}.`;
}
