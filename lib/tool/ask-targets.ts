/** Asks several accounts and regions the same question; one that fails does not spoil the others. */

import type { Target } from '../aws/ports/targets.ts';
import { type AppError, isAppError } from '../errors.ts';

/** At once; AWS throttles per account and region, so width over targets is safe. */
const CONCURRENCY = 10;

export interface TargetAnswers<Value> {
  readonly answers: readonly { readonly target: Target; readonly value: Value }[];
  /** One sentence for each target that failed; for `Answer.warnings`. */
  readonly warnings: readonly string[];
}

/**
 * @param onDone called after each target, for progress
 * @throws AppError the first failure, when every target failed; anything that is not an AppError at once
 */
export async function askTargets<Value>(
  targets: readonly Target[],
  ask: (target: Target) => Promise<Value>,
  onDone?: (done: number, total: number) => void,
): Promise<TargetAnswers<Value>> {
  const results = new Array<{ value: Value } | { error: AppError } | undefined>(targets.length);
  const queue = targets.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [index, target] of queue) {
      results[index] = await settle(ask(target));
      done += 1;
      onDone?.(done, targets.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, targets.length) }, work));
  const answers: { target: Target; value: Value }[] = [];
  const failures: { target: Target; error: AppError }[] = [];
  for (const [index, target] of targets.entries()) {
    const result = results[index];
    if (result === undefined) continue;
    if ('value' in result) answers.push({ target, value: result.value });
    else failures.push({ target, error: result.error });
  }
  const [first] = failures;
  if (answers.length === 0 && first !== undefined) throw first.error;
  return {
    answers,
    warnings: failures.map(
      ({ target, error }) => `${target.account}/${target.region} gave no answer: ${error.publicMessage}`,
    ),
  };
}

/** The value, or the failure as a value; anything that is not an AppError is thrown. */
export async function settle<Value>(promise: Promise<Value>): Promise<{ value: Value } | { error: AppError }> {
  try {
    return { value: await promise };
  } catch (error) {
    if (isAppError(error)) return { error };
    throw error;
  }
}
