/**
 * What of a JSON text is too much, found without parsing it: parsing and every walk after it would recurse as deep, and take
 * microseconds for each value.
 */

export interface JsonBounds {
  /** Arrays and objects that are open at once. */
  readonly maxDepth: number;
  /** Arrays, objects and commas, which are at least as many as the members of all. */
  readonly maxValues: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENERS = new Set([0x5b, 0x7b]);
const CLOSERS = new Set([0x5d, 0x7d]);

/** Told as soon as it is found; undefined where nothing is. Linear; text that is not JSON may give anything. */
export function findExcess(text: string, { maxDepth, maxValues }: JsonBounds): 'depth' | 'values' | undefined {
  let depth = 0;
  let values = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (isInString) {
      if (unit === BACKSLASH) index += 1;
      else if (unit === QUOTE) isInString = false;
    } else if (unit === QUOTE) isInString = true;
    else if (unit === COMMA) values += 1;
    else if (OPENERS.has(unit)) {
      depth += 1;
      values += 1;
      if (depth > maxDepth) return 'depth';
    } else if (CLOSERS.has(unit)) depth -= 1;
    if (values > maxValues) return 'values';
  }
  return undefined;
}
