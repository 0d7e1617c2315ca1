/** The result of work that yields between its steps, without a pause: what a test says of it holds however it is paused. */
export function finishSteps<Result>(steps: Generator<void, Result, undefined>): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
