/** Time ranges of StartQuery, whose both ends are whole seconds that belong to it. Pure. */
import { SECOND_MS, type TimeRange } from '../../time.ts';

/** Both halves in whole seconds, no second in both; undefined where there is nothing to halve. */
export function halveRange(range: TimeRange): { readonly older: TimeRange; readonly newer: TimeRange } | undefined {
  const start = Math.floor(range.startEpochMs / SECOND_MS);
  const end = Math.floor(range.endEpochMs / SECOND_MS);
  if (start >= end) return undefined;
  const middle = Math.floor((start + end) / 2);
  return {
    older: { startEpochMs: start * SECOND_MS, endEpochMs: middle * SECOND_MS },
    newer: { startEpochMs: (middle + 1) * SECOND_MS, endEpochMs: end * SECOND_MS },
  };
}

export function splitIntoChunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
