import { type AppError, isAppError } from '../errors.ts';

export type Attempt<Value> = { readonly value: Value } | { readonly error: AppError };

/** A call whose failure must not spoil the answer. What is not an AppError, and an end of the whole call, goes through. */
export async function attempt<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work };
  } catch (error) {
    if (isAppError(error) && !signal.aborted) return { error };
    throw error;
  }
}
