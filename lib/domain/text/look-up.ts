/** The table's own value for a word that comes from outside: `constructor` or `__proto__` finds nothing. */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
