/** Finds what somebody may have meant. */
import { inlineName } from './clean-text.ts';

/** Levenshtein distance; infinite where it is above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    if (Math.min(...current) > limit) return Number.POSITIVE_INFINITY;
    previous = current;
  }
  return previous[b.length] ?? Number.POSITIVE_INFINITY;
}

const MAX_COMPARED_CHARS = 256;

/**
 * The candidates nearest to a name, best first: those that contain it or are contained in it, and those within
 * a third of its length in edits; case is ignored. At most `count`.
 */
export function findNearest(name: string, candidates: Iterable<string>, count = 3): string[] {
  const wanted = name.toLowerCase().slice(0, MAX_COMPARED_CHARS);
  if (wanted === '') return [];
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of candidates) {
    const other = candidate.toLowerCase().slice(0, MAX_COMPARED_CHARS);
    const isPart = other.length > 2 && (other.includes(wanted) || wanted.includes(other));
    const score = Math.min(distance(wanted, other, limit), isPart ? limit : Number.POSITIVE_INFINITY);
    if (score <= limit) scored.push({ candidate, score });
  }
  return scored
    .sort((a, b) => a.score - b.score || a.candidate.localeCompare(b.candidate))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** The nearest names or, where none is near, the first ones in order: something to choose from. */
export function nearestOrFirst(name: string, candidates: ReadonlySet<string>, count: number): string[] {
  const near = findNearest(name, candidates, count);
  return near.length > 0 ? near : [...candidates].sort().slice(0, count);
}

/** {@link nearestOrFirst} in words: `Near names: …` or, where none is near, `<otherwise>: …`; undefined without any name. */
export function offerNames(
  name: string,
  candidates: ReadonlySet<string>,
  otherwise: string,
  count: number,
): string | undefined {
  const names = nearestOrFirst(name, candidates, count);
  if (names.length === 0) return undefined;
  const isNear = findNearest(name, names, 1).length > 0;
  return `${isNear ? 'Near names' : otherwise}: ${names.map(inlineName).join(', ')}.`;
}

/** As names are, which need no marks around them. */
const PLAIN = /^[\w./#:-]{1,256}$/;

/** ` Did you mean a, b?` or nothing. Names may be foreign: one that does not look like a name stands in back-ticks. */
export function suggest(name: string, candidates: Iterable<string>): string {
  const nearest = findNearest(name, candidates).map((near) => (PLAIN.test(near) ? near : inlineName(near)));
  return nearest.length === 0 ? '' : ` Did you mean ${nearest.join(', ')}?`;
}
