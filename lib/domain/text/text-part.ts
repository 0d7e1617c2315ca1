/** A part of a long text that somebody reads piece by piece. Pure. */
import { cleanText } from './clean-text.ts';

export interface TextPart {
  /** As it is in the whole. */
  readonly raw: string;
  /** Clean, further lines indented, so that no line of it looks like something beside it. */
  readonly text: string;
  /** Where the next part begins; undefined at the end. */
  readonly nextOffset?: number;
}

const INDENT = '\n  ';
const MIN_PART_CHARS = 8;

/**
 * The part from `offset` on whose clean text has at most `maxChars` characters (at least 8), never half of a surrogate
 * pair. Parts that follow each other by `nextOffset` give the whole.
 */
export function takePart(whole: string, offset: number, maxChars: number): TextPart {
  const start = isInsidePair(whole, offset) ? offset - 1 : offset;
  const limit = Math.max(MIN_PART_CHARS, maxChars);
  let end = endAt(whole, start + limit);
  let text = indent(whole.slice(start, end));
  while (text.length > limit && end - start > MIN_PART_CHARS) {
    // Indents make the text longer than the part of the whole.
    const fewer = Math.floor(((end - start) * limit) / text.length);
    end = endAt(whole, start + Math.max(MIN_PART_CHARS, Math.min(fewer, end - start - 1)));
    text = indent(whole.slice(start, end));
  }
  const isEnd = end >= whole.length;
  return { raw: whole.slice(start, end), text: isEnd ? text : `${text}…`, ...(!isEnd && { nextOffset: end }) };
}

function endAt(whole: string, end: number): number {
  return isInsidePair(whole, end) ? end - 1 : Math.min(end, whole.length);
}

function isInsidePair(text: string, offset: number): boolean {
  return (
    offset > 0 &&
    offset < text.length &&
    /[\udc00-\udfff]/.test(text.charAt(offset)) &&
    /[\ud800-\udbff]/.test(text.charAt(offset - 1))
  );
}

function indent(text: string): string {
  return cleanText(text).replaceAll('\n', INDENT);
}
