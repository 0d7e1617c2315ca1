/** Time ranges of StartQuery, which takes whole seconds. Pure. */
import { SECOND_MS, type TimeRange } from '../../time.ts';

/**
 * Both halves in whole seconds, with one second in both: whether the end of a range is an instant or a second that belongs
 * to it is not documented (StartQuery, endTime), and this is complete under either reading. Events of the shared second
 * come twice and are to be told apart by their pointers.
 * @returns undefined where there is nothing to halve
 */
export function halveRange(range: TimeRange): { readonly older: TimeRange; readonly newer: TimeRange } | undefined {
  const start = Math.floor(range.startEpochMs / SECOND_MS);
  const end = Math.floor(range.endEpochMs / SECOND_MS);
  const middle = Math.floor((start + end) / 2);
  if (middle === start || middle === end) return undefined;
  return {
    older: { startEpochMs: start * SECOND_MS, endEpochMs: middle * SECOND_MS },
    newer: { startEpochMs: middle * SECOND_MS, endEpochMs: end * SECOND_MS },
  };
}

export function splitIntoChunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
