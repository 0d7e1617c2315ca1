/** One section of an answer → text within a number of characters. */
import { cleanText, clip } from '../domain/text/clean-text.ts';
import type { Section } from './types.ts';

/** A first item that alone is too long is cut to what is left, but never below this. */
const MIN_CLIPPED_CHARS = 200;

/**
 * Each piece of foreign text is cleaned by itself, before anything stands around it: an escape sequence that has no
 * end would otherwise swallow what follows, the closing fence included.
 * @param maxChars of all that is shown: items behind so many are left as they are, since no answer has room for them
 */
export function cleanSection(section: Section, maxChars: number): Section {
  return {
    items: cleanItems(section.items, maxChars),
    ...(section.title !== undefined && { title: cleanText(section.title) }),
    ...(section.head !== undefined && { head: cleanText(section.head) }),
    ...(section.isUntrusted === true && { isUntrusted: true }),
  };
}

function cleanItems(items: readonly string[], maxChars: number): readonly string[] {
  let leftChars = maxChars;
  return items.map((item) => {
    if (leftChars < 0) return item;
    const clean = cleanText(item);
    leftChars -= clean.length + 1;
    return clean;
  });
}

/** Characters of the whole section, fence included. */
export function sizeOf(section: Section, boundary: string): number {
  if (section.items.length === 0) return 0;
  return section.items.reduce((sum, item) => sum + item.length + 1, frameChars(section, boundary));
}

/** As many whole items as fit; the first is clipped rather than dropped. */
export function fitSection(section: Section, maxChars: number, boundary: string): { text: string; shown: number } {
  if (section.items.length === 0) return { text: '', shown: 0 };
  const lines: string[] = [];
  let leftChars = maxChars - frameChars(section, boundary);
  for (const item of section.items) {
    const doesFit = item.length + 1 <= leftChars;
    if (!doesFit && lines.length > 0) break;
    const line = doesFit ? item : clip(item, Math.max(MIN_CLIPPED_CHARS, leftChars - 1));
    lines.push(line);
    leftChars -= line.length + 1;
  }
  const body = [...(section.head === undefined ? [] : [section.head]), ...lines].join('\n');
  const fenced = section.isUntrusted === true ? `<data-${boundary}>\n${body}\n</data-${boundary}>` : body;
  return { text: section.title === undefined ? fenced : `${section.title}\n${fenced}`, shown: lines.length };
}

/** What stands around the items: title, head, fence. */
function frameChars({ title, head, isUntrusted }: Section, boundary: string): number {
  const fenceChars = isUntrusted === true ? 2 * boundary.length + '<data->\n\n</data->'.length : 0;
  return fenceChars + (title === undefined ? 0 : title.length + 1) + (head === undefined ? 0 : head.length + 1);
}
