/** Finds what nobody sees in an answer. */

/** Code points of what nobody sees, or what is no character. */
export function findInvisible(text: string): string[] {
  const found = text.match(/(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu) ?? [];
  return [...new Set(found)].map((char) => `U+${(char.codePointAt(0) ?? 0).toString(16)}`);
}

/** Every text of a JSON value, names included. */
export function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...stringsOf(member)]);
}
