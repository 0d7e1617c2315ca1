import type { Token } from './token.ts';

/**
 * Reads `/…/` at an offset, or nothing where the slash has no partner on its line. A slash inside `[…]` ends nothing,
 * unless the bracket is never closed. What was searched in vain is remembered, so that all reads together are linear.
 */
export function createPatternReader(query: string): (start: number) => Token | undefined {
  let noSlashUntil = -1;
  let noBracketUntil = -1;
  return (start) => {
    if (start < noSlashUntil) return undefined;
    const lineEnd = lineEndFrom(query, start);
    let end: number | undefined;
    if (start >= noBracketUntil) {
      end = findEnd(query, start, lineEnd, true);
      if (end === undefined) noBracketUntil = lineEnd;
    }
    end ??= findEnd(query, start, lineEnd, false);
    if (end === undefined) {
      noSlashUntil = lineEnd;
      return undefined;
    }
    return { kind: 'regex', value: query.slice(start + 1, end - 1), start, end };
  };
}

function lineEndFrom(query: string, start: number): number {
  const end = query.indexOf('\n', start);
  return end < 0 ? query.length : end;
}

function findEnd(query: string, start: number, lineEnd: number, hasBrackets: boolean): number | undefined {
  let isInBrackets = false;
  for (let at = start + 1; at < lineEnd; at += 1) {
    const character = query[at];
    if (character === '\\') at += 1;
    else if (hasBrackets && character === '[') isInBrackets = true;
    else if (character === ']') isInBrackets = false;
    else if (character === '/' && !isInBrackets) return at > start + 1 ? at + 1 : undefined;
  }
  return undefined;
}
