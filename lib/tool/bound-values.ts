/**
 * The bounds to how deep arguments nest and how many values they hold, whichever way they came: HTTP bodies have one of their
 * own for depth, JSON inside of texts has none.
 */
import { AppError } from '../errors.ts';

/** Deeper than any argument, those inside of JSON texts included. */
const MAX_NESTING = 16;
/**
 * Of one call: 500 queries of GetMetricData with ten dimensions each hold 19,000. To read and check so many takes half of what
 * the event loop may be held (`npm run bench:loop`).
 */
export const MAX_VALUES = 20_000;

/** @throws AppError `invalid_input` for what nests deeper, or holds more, than any argument: whatever walks it would overflow the stack, or hold up everybody */
export function boundValues(value: unknown, place: string): void {
  let left = MAX_VALUES;
  const walk = (inner: unknown, levels: number): void => {
    if (typeof inner !== 'object' || inner === null) return;
    if (levels === 0)
      throw new AppError('invalid_input', `${place} nests deeper than ${MAX_NESTING} levels → send it flat.`);
    const members = Object.values(inner);
    left -= members.length;
    if (left < 0) throw tooManyValues(place);
    for (const member of members) walk(member, levels - 1);
  };
  walk(value, MAX_NESTING);
}

export function tooManyValues(place: string): AppError {
  return new AppError('invalid_input', `${place} holds more than ${MAX_VALUES} values → send fewer.`);
}
