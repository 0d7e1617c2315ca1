/**
 * How long each of several texts may be at most, so that all fit: short ones stay whole, the long ones are cut to
 * equal length. Infinite where nothing needs a cut.
 */
export function shareChars(lengths: readonly number[], maxChars: number): number {
  if (lengths.reduce((sum, length) => sum + length, 0) <= maxChars) return Number.POSITIVE_INFINITY;
  let leftChars = Math.max(0, maxChars);
  let share = 0;
  for (const [index, length] of [...lengths].sort((a, b) => a - b).entries()) {
    share = Math.floor(leftChars / (lengths.length - index));
    if (length > share) break;
    leftChars -= length;
  }
  return share;
}
