/**
 * `structuredContent` within its budget: fewer items of the answer's list first, so that the next
 * call brings the others; then shorter lists inside.
 */
import { clip } from '../domain/text/clean-text.ts';
import type { Answer } from './types.ts';

/** Texts are cut only where lists of one item would still be too long. */
const TEXT_CAPS = [Number.POSITIVE_INFINITY, 2_000, 200];

interface Caps {
  /** Items of each list. */
  readonly items: number;
  /** Characters of each text. */
  readonly chars: number;
}

const WHOLE: Caps = { items: Number.POSITIVE_INFINITY, chars: Number.POSITIVE_INFINITY };

/** Whether a JSON value has more characters; counted no further than that. */
export function isLongerThan(value: unknown, maxChars: number, caps: Caps = WHOLE): boolean {
  return leftOf(value, maxChars, caps) < 0;
}

/** What JSON writes in more characters than the text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are looked for
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** With quotes. */
function lengthOf(text: string): number {
  return ESCAPED.test(text) ? JSON.stringify(text).length : text.length + 2;
}

/** What a value leaves of so many characters; negative where it is longer. */
function leftOf(value: unknown, chars: number, caps: Caps): number {
  if (typeof value === 'string')
    return chars - lengthOf(value.length > caps.chars ? value.slice(0, caps.chars) : value);
  if (typeof value !== 'object' || value === null) return chars - String(value).length;
  let left = chars - 2;
  if (Array.isArray(value)) {
    const count = Math.min(value.length, caps.items);
    for (let index = 0; index < count && left >= 0; index += 1) left = leftOf(value[index], left - 1, caps);
    return left;
  }
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) left = leftOf(member, left - lengthOf(key) - 2, caps);
    if (left < 0) break;
  }
  return left;
}

/**
 * The answer with what its `structuredContent` can hold.
 * @param shown items of its list that the text has room for
 */
export function boundStructured(answer: Answer<object>, shown: number, maxChars: number): Answer<object> {
  const doesFit = (count: number): boolean => !isLongerThan(answer.structured({ shown: count }), maxChars);
  const count = largest(shown, doesFit);
  const { list } = answer;
  const isContinued = count > 0 && (list?.nextToken?.(count) !== undefined || list?.continueBy?.(count) !== undefined);
  if (list !== undefined && isContinued) return { ...answer, list: { ...list, items: list.items.slice(0, count) } };
  let lists = Number.POSITIVE_INFINITY;
  const structured: typeof answer.structured = (page) => {
    const whole = answer.structured(page);
    const caps = chooseCaps(whole, maxChars);
    lists = caps.items;
    return cut(whole, caps) as object;
  };
  structured({ shown });
  const warning = `structuredContent holds the first ${lists} items of each of its lists: all of them would have more than ${maxChars} characters → ask for less, e.g. a shorter time range or fewer items.`;
  return { ...answer, structured, warnings: [...(answer.warnings ?? []), warning] };
}

function chooseCaps(value: unknown, maxChars: number): Caps {
  for (const chars of TEXT_CAPS) {
    const items = largest(longestList(value), (count) => !isLongerThan(value, maxChars, { items: count, chars }));
    if (items > 0) return { items, chars };
  }
  return { items: 0, chars: TEXT_CAPS.at(-1) ?? 0 };
}

function longestList(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Object.values(value).reduce((longest: number, member) => Math.max(longest, longestList(member)), own);
}

function cut(value: unknown, caps: Caps): unknown {
  if (typeof value === 'string') return clip(value, caps.chars);
  if (Array.isArray(value)) return value.slice(0, caps.items).map((item) => cut(item, caps));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cut(member, caps)]));
}

/** The largest number up to `most` that is fine, where smaller ones are too; 0 where none is. */
function largest(most: number, isFine: (count: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isFine(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
