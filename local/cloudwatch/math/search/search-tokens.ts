// An acronym ends before a capitalized word: SDBFailure is SDB and Failure.
const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+|[\p{Lo}\p{Lt}\p{Lm}]+/gu;
const DELIMITERS = /[^\p{L}\p{N}]+/u;

/** Splits a name at camel-case capitals, before digits and at everything that is neither letter nor digit; case is kept. */
export function splitName(name: string): string[] {
  return name.match(PARTS) ?? [];
}

/** Whether a partial term finds a name (User Guide, "CloudWatch search expressions: Partial matches"). */
export function matchesPartially(term: string, name: string): boolean {
  const chunks = term
    .split(DELIMITERS)
    .map(splitName)
    .filter((parts) => parts.length > 0);
  if (chunks.length === 0) return false;
  const nameParts = splitName(name);
  const joined = chunks.flat().join('').toLowerCase();
  if (nameParts.join('').toLowerCase() === joined) return true;
  return nameParts.some((_, start) => matchesAt(chunks, nameParts, start));
}

/**
 * Compares consecutive parts of a name. A single token matches in any case; one that the term writes as several
 * tokens in one piece (Count1) must have the same case; delimiters in the term (network-errors) only separate tokens.
 */
function matchesAt(chunks: readonly string[][], nameParts: readonly string[], start: number): boolean {
  let position = start;
  for (const chunk of chunks) {
    const isComposite = chunk.length > 1;
    for (const part of chunk) {
      const namePart = nameParts[position] ?? '';
      const isEqual = isComposite ? namePart === part : namePart.toLowerCase() === part.toLowerCase();
      if (!isEqual) return false;
      position += 1;
    }
  }
  return true;
}
