/** Counts, nouns that follow them, and lists that are too long to be told whole. Pure. */

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1,234,567` */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** What follows a count: `row` after 1, else `rows`, or the plural that is given. Verbs too: `is`, `are`. */
export function nounOf(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** `1 row`, `2,000 rows`, `3 queries` */
export function countOf(count: number, one: string, many?: string): string {
  return `${formatCount(count)} ${nounOf(count, one, many)}`;
}

/**
 * The first of some texts, and how many are left: `a, b and 3 more`.
 * @param rest what stands for those that are left
 */
export function listSome(
  texts: readonly (string | number)[],
  most: number,
  between = ', ',
  rest = (left: number) => ` and ${left} more`,
): string {
  const shown = texts.slice(0, most).join(between);
  return texts.length > most ? `${shown}${rest(texts.length - most)}` : shown;
}
