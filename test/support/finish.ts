/** The result of work that yields between its steps, at once. */
export function finish<Result>(steps: Generator<void, Result, undefined>): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
