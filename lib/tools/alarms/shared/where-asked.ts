/** Accounts and regions, in words and in structured output. */
import type { Target } from '../../../aws/ports/targets.ts';

/** E.g. `us-east-1`, or `3 accounts and regions`. */
export function describeAsked(targets: readonly Target[]): string {
  const [first] = targets;
  return targets.length === 1 && first !== undefined ? first.region : `${targets.length} accounts and regions`;
}
