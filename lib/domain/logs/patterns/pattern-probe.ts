/** Words by which Logs Insights finds the events of a pattern. Pure. */

/** What cannot stand between quotes in a query, or varies. */
const BREAKS = /<[^<>\s]{1,48}>|["'\\`\p{Cc}\p{Cf}\u2028\u2029]+|(?<![\p{L}\w.-])[\p{L}\w.-]*\d[\p{L}\w.-]*/u;
const MIN_CHARS = 4;
const MAX_CHARS = 120;
const MAX_FRAGMENTS = 16;
const MAX_WORDS = 3;
const MAX_OTHER_TEXTS = 3_000;

/**
 * Texts that stand in every message of a pattern and together in none of the others; undefined where there are none.
 * @param own what the pattern was made of: some messages, or patterns of CloudWatch
 * @param others the same of all other patterns; the first {@link MAX_OTHER_TEXTS} are searched
 * @param mark a word that tells the pattern from the one that it was split from, whose texts are its own then
 */
export function findProbe(
  own: readonly string[],
  others: readonly string[],
  mark?: string,
): readonly string[] | undefined {
  const [first = ''] = own;
  const fragments = first
    .split(BREAKS)
    .map((fragment) => fragment.trim().slice(0, MAX_CHARS).trim())
    .filter((fragment) => fragment.length >= MIN_CHARS && /\p{L}{3}/u.test(fragment))
    .filter((fragment) => own.every((text) => text.includes(fragment)))
    .sort((a, b) => b.length - a.length)
    .slice(0, MAX_FRAGMENTS);
  if (mark !== undefined && BREAKS.test(mark)) return undefined;
  const chosen: string[] = mark === undefined ? [] : [mark];
  let left = others.slice(0, MAX_OTHER_TEXTS).filter((text) => mark === undefined || text.includes(mark));
  if (mark !== undefined && left.length === 0) return chosen;
  while (chosen.length < MAX_WORDS) {
    let best: { fragment: string; left: string[] } | undefined;
    for (const fragment of fragments) {
      const still = left.filter((text) => text.includes(fragment));
      if (best === undefined || still.length < best.left.length) best = { fragment, left: still };
    }
    if (best === undefined || (chosen.length > 0 && best.left.length === left.length)) return undefined;
    chosen.push(best.fragment);
    left = best.left;
    if (left.length === 0) return chosen;
  }
  return undefined;
}

/** `filter @message like "a" and @message like "b"` */
export function toFilter(probe: readonly string[]): string {
  return `filter ${probe.map((fragment) => `@message like "${fragment}"`).join(' and ')}`;
}

/** Counts the events of several patterns in one query: `c0`, `c1`, … for each period. */
export function toCountQuery(probes: readonly (readonly string[])[], bin: string): string {
  const sums = probes.map((probe, index) => {
    const tests = probe.map((fragment) => `strcontains(@message, "${fragment}")`).join(' * ');
    return `sum(${tests}) as c${index}`;
  });
  return `stats ${sums.join(', ')} by bin(${bin})`;
}
