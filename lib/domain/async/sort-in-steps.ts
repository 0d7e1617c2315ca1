/** Sorts tens of thousands of items with other work between the steps. Pure. */

const ITEMS_PER_STEP = 500;

/** As `toSorted` does, stable; yields after five hundred items. */
export function* sortInSteps<Item extends object>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Generator<void, Item[], undefined> {
  let runs: Item[][] = [];
  for (let at = 0; at < items.length; at += ITEMS_PER_STEP) {
    runs.push(items.slice(at, at + ITEMS_PER_STEP).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2) longer.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = longer;
  }
  return runs[0] ?? [];
}

function* merge<Item extends object>(
  left: readonly Item[],
  right: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Generator<void, Item[], undefined> {
  const merged: Item[] = [];
  let at = 0;
  for (const item of right) {
    for (let next = left[at]; next !== undefined && compare(next, item) <= 0; next = left[at]) {
      merged.push(next);
      at += 1;
      if (merged.length % ITEMS_PER_STEP === 0) yield;
    }
    merged.push(item);
    if (merged.length % ITEMS_PER_STEP === 0) yield;
  }
  return merged.concat(left.slice(at));
}
