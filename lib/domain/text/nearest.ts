/** Finds what somebody may have meant. */
import { inlineName } from './clean-text.ts';

const MAX_COMPARED_CHARS = 256;
/** Cells of the tables of distances for one name, some 20 ms of work: a hundred names of 256 characters, thousands of usual ones. */
const MAX_CELLS = 4_000_000;
const KINDS_OF_CHARS = 128;

/**
 * The candidates nearest to a name, best first: those that contain it or are contained in it, and those within
 * a third of its length in edits; case is ignored. At most `count`. Of thousands of long candidates that are all alike in
 * their letters the last are looked at only for what they contain.
 */
export function findNearest(name: string, candidates: Iterable<string>, count = 3): string[] {
  const wanted = fold(name);
  if (wanted === '') return [];
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  const distance = createDistance(wanted);
  const letters = createLetterCount(wanted);
  /** Those of the best, ascending: what is farther than the last cannot be among them. */
  const best: number[] = [];
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of candidates) {
    const other = fold(candidate);
    const most = best.length < count ? limit : Math.min(limit, best[count - 1] ?? limit);
    const isPart = other.length > 2 && (other.includes(wanted) || wanted.includes(other));
    const isWorth = Math.abs(other.length - wanted.length) <= most && letters(other) <= most;
    const edits = isWorth ? distance(other, most) : Number.POSITIVE_INFINITY;
    const score = Math.min(edits, isPart ? limit : Number.POSITIVE_INFINITY);
    if (score > most) continue;
    scored.push({ candidate, score });
    const place = best.findIndex((each) => each > score);
    best.splice(place < 0 ? best.length : place, 0, score);
    best.length = Math.min(best.length, count);
  }
  return scored
    .sort((a, b) => a.score - b.score || a.candidate.localeCompare(b.candidate))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

function fold(name: string): string {
  return name.slice(0, MAX_COMPARED_CHARS).toLowerCase().slice(0, MAX_COMPARED_CHARS);
}

/** How many letters one text has more than the other, whatever their order: no fewer edits make it of it. */
function createLetterCount(wanted: string): (other: string) => number {
  const counts = new Int16Array(KINDS_OF_CHARS);
  const add = (text: string, by: number): void => {
    for (let index = 0; index < text.length; index += 1) {
      const kind = text.charCodeAt(index) % KINDS_OF_CHARS;
      counts[kind] = (counts[kind] ?? 0) + by;
    }
  };
  add(wanted, 1);
  return (other) => {
    add(other, -1);
    let [missing, left] = [0, 0];
    for (const count of counts) {
      if (count > 0) missing += count;
      else left -= count;
    }
    add(other, 1);
    return Math.max(missing, left);
  };
}

/** Levenshtein distance, of which only the cells that can lie within `limit` are computed; infinite where it is above. */
function createDistance(a: string): (b: string, limit: number) => number {
  let previous = new Uint16Array(MAX_COMPARED_CHARS + 2);
  let current = new Uint16Array(MAX_COMPARED_CHARS + 2);
  let cellsLeft = MAX_CELLS;
  return (b, limit) => {
    cellsLeft -= a.length * Math.min(b.length, 2 * limit + 1);
    if (cellsLeft < 0) return Number.POSITIVE_INFINITY;
    for (let j = 0; j <= b.length; j += 1) previous[j] = j;
    for (let i = 1; i <= a.length; i += 1) {
      const [from, until] = [Math.max(1, i - limit), Math.min(b.length, i + limit)];
      current.fill(limit + 1);
      current[0] = i;
      let least = from === 1 ? i : limit + 1;
      for (let j = from; j <= until; j += 1) {
        const substitution = (previous[j - 1] ?? 0) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
        const edits = Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
        current[j] = edits;
        least = Math.min(least, edits);
      }
      if (least > limit) return Number.POSITIVE_INFINITY;
      [previous, current] = [current, previous];
    }
    const edits = previous[b.length] ?? 0;
    return edits > limit ? Number.POSITIVE_INFINITY : edits;
  };
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
