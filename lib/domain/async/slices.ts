/**
 * Long work in slices, with other work between them. One slice of the whole process runs in a turn of the event loop: thirty
 * calls with a slice each would otherwise hold it thirty times as long.
 */

/** Short enough that a slice and what else a turn brings stay far below 100 ms. */
const SLICE_MS = 10;

/** Whoever waits for a slice waits for those who asked before. */
let lastTurn: Promise<unknown> = Promise.resolve();

export interface Slices {
  /** Whether so much was done that others come first: then `await next()`. */
  isOver(): boolean;
  /** Begins the next slice, after a turn of the event loop. */
  next(): Promise<void>;
}

/** @param nowMs a clock that only runs forward */
export function createSlices(nowMs: () => number = () => performance.now()): Slices {
  let startedMs = nowMs();
  return {
    isOver: () => nowMs() - startedMs >= SLICE_MS,
    async next() {
      lastTurn = lastTurn.then(() => new Promise((resolve) => setImmediate(resolve)));
      await lastTurn;
      startedMs = nowMs();
    },
  };
}

/**
 * The results of `work` in the order of the items; each piece of work should be short.
 * @param slices those of the work that this is a part of
 */
export async function mapInSlices<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item, index: number) => Result,
  slices: Slices = createSlices(),
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(work(item, results.length));
    if (slices.isOver()) await slices.next();
  }
  return results;
}

/** The result of work that yields between its steps, each of which should be short. */
export async function runInSlices<Result>(
  steps: Generator<void, Result, undefined>,
  slices: Slices = createSlices(),
): Promise<Result> {
  let step = steps.next();
  while (step.done !== true) {
    if (slices.isOver()) await slices.next();
    step = steps.next();
  }
  return step.value;
}
