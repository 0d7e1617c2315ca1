/** How deep a JSON text nests, found without parsing it: parsing and every walk after it would recurse that deep. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENERS = new Set([0x5b, 0x7b]);
const CLOSERS = new Set([0x5d, 0x7d]);

/** True as soon as more than `maxDepth` arrays and objects are open at once. Linear; text that is not JSON may give either. */
export function isNestedDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (isInString) {
      if (unit === BACKSLASH) index += 1;
      else if (unit === QUOTE) isInString = false;
    } else if (unit === QUOTE) isInString = true;
    else if (OPENERS.has(unit)) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (CLOSERS.has(unit)) depth -= 1;
  }
  return false;
}
