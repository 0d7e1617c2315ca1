/** Asks several accounts and regions the same question; one that fails does not spoil the others. */

import type { Target } from '../aws/ports/targets.ts';
import { inParallel } from '../domain/async/in-parallel.ts';
import type { AppError } from '../errors.ts';
import { attempt } from './attempt.ts';
import { foldTargets } from './fold-targets.ts';
import { describeRefused, isRefused, refuseAll } from './refused-accounts.ts';

/** At once; AWS throttles per account and region, so width over targets is safe. */
const CONCURRENCY = 20;

export interface TargetAnswers<Value> {
  readonly answers: readonly { readonly target: Target; readonly value: Value }[];
  /** One sentence for each way of failing, with the targets that failed so; for `Answer.warnings`. */
  readonly warnings: readonly string[];
}

/**
 * @param onDone called after each target, for progress
 * @throws AppError the first failure, when every target failed, one for all accounts where each refuses the caller; what
 *   is not an AppError, and the abort of the whole call, at once
 */
export async function askTargets<Value>(
  signal: AbortSignal,
  targets: readonly Target[],
  ask: (target: Target) => Promise<Value>,
  onDone?: (done: number, total: number) => void,
): Promise<TargetAnswers<Value>> {
  let done = 0;
  const results = await inParallel(targets, CONCURRENCY, async (target) => {
    const result = await attempt(signal, ask(target));
    done += 1;
    onDone?.(done, targets.length);
    return { target, ...result };
  });
  const answers = results.filter((result) => 'value' in result);
  const failures = results.filter((result) => 'error' in result);
  const [first] = failures;
  const refused = failures.filter(({ error }) => isRefused(error));
  if (answers.length === 0 && first !== undefined)
    throw refused.length === failures.length ? refuseAll(first.error, accountsOf(failures)) : first.error;
  const others = failures.filter(({ error }) => !isRefused(error));
  return {
    answers,
    warnings: [...describeFailures(others), ...(refused.length === 0 ? [] : [describeRefused(accountsOf(refused))])],
  };
}

interface Failure {
  readonly target: Target;
  readonly error: AppError;
}

function accountsOf(failures: readonly Failure[]): string[] {
  return [...new Set(failures.map(({ target }) => target.account))];
}

/** Regions of an account that nobody may ask all fail alike. */
function describeFailures(failures: readonly Failure[]): string[] {
  const targetsOf = Map.groupBy(failures, ({ error }) => error.publicMessage);
  return [...targetsOf].map(
    ([message, alike]) => `${foldTargets(alike.map(({ target }) => target))} gave no answer: ${message}`,
  );
}
