/** Reads lists of AWS page by page, and ends those that do not end by themselves. Not here: the calls. */
import { AppError } from '../errors.ts';
import type { Pages } from './ports/pages.ts';

export interface Page<Item> {
  /** As the service gave them; what is not wanted is left out later, so that an empty page is one of the service. */
  readonly items: readonly Item[];
  /** None or empty at the end of the list. */
  readonly nextToken: string | undefined;
}

export type FetchPage<Item> = (token: string | undefined) => Promise<Page<Item>>;

/** AWS may give empty pages in between; so many in a row are no list any more. */
const MAX_EMPTY_PAGES = 10;
/** More than a call has time for. */
const MAX_PAGES = 1_000;

/**
 * A page with a token that was used before is not given: it may hold what was given already.
 * @param mayContinue asked before each page but the first; false ends the reading before the list has ended
 * @param start token to begin with
 */
export async function* pages<Item>(
  fetch: FetchPage<Item>,
  mayContinue: () => boolean = () => true,
  start?: string,
): Pages<Item> {
  const used = new Set([start]);
  let token = start;
  let emptyPages = 0;
  while (used.size <= MAX_PAGES && emptyPages < MAX_EMPTY_PAGES) {
    const { items, nextToken } = await fetch(token);
    const isLast = nextToken === undefined || nextToken === '';
    if (!isLast && used.has(nextToken)) return false;
    yield items;
    if (isLast) return true;
    if (!mayContinue()) return false;
    used.add(nextToken);
    token = nextToken;
    emptyPages = items.length === 0 ? emptyPages + 1 : 0;
  }
  return false;
}

export interface ListBounds {
  readonly maxItems: number;
  /** Asked before each page but the first. */
  readonly hasTime?: (() => boolean) | undefined;
}

/** The first items of a list, and whether there may be more: beyond the bounds, or where the list does not end. */
export async function readSome<Item>(
  fetch: FetchPage<Item>,
  { maxItems, hasTime = () => true }: ListBounds,
): Promise<{ readonly items: readonly Item[]; readonly isTruncated: boolean }> {
  const items: Item[] = [];
  const list = pages(fetch, () => items.length < maxItems && hasTime());
  let page = await list.next();
  // One by one: a page may have more items than a call takes arguments.
  for (; page.done !== true; page = await list.next()) for (const item of page.value) items.push(item);
  return { items: items.slice(0, maxItems), isTruncated: !page.value || items.length > maxItems };
}

/**
 * All items of a list, or its first `maxItems`.
 * @throws AppError `upstream_unavailable` for a list that does not end
 */
export async function readAll<Item>(fetch: FetchPage<Item>, maxItems = Number.POSITIVE_INFINITY): Promise<Item[]> {
  const { items, isTruncated } = await readSome(fetch, { maxItems });
  if (isTruncated && items.length < maxItems) throw endlessList();
  return [...items];
}

export function endlessList(): AppError {
  return new AppError(
    'upstream_unavailable',
    'CloudWatch gives this list without an end: it repeats itself or sends empty pages → try again in a moment, or ask for less.',
  );
}
