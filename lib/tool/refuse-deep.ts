/** The bound to how deep arguments nest, whichever way they came: HTTP bodies have one of their own, JSON inside of texts has not. */
import { AppError } from '../errors.ts';

/** Deeper than any argument, those inside of JSON texts included. */
const MAX_NESTING = 16;

/** @throws AppError `invalid_input` for what nests deeper than any argument: whatever walks it would overflow the stack */
export function refuseDeep(value: unknown, place: string): void {
  if (nestsDeeperThan(value, MAX_NESTING)) {
    throw new AppError('invalid_input', `${place} nests deeper than ${MAX_NESTING} levels → send it flat.`);
  }
}

function nestsDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => nestsDeeperThan(member, levels - 1));
}
