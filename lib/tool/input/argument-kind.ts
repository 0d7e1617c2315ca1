/**
 * What an argument holds, told by its name: which slips of a value have one meaning depends on it. Names are the
 * field's own words everywhere, so the name is enough; what no rule knows is free text, of which nothing is guessed.
 */

export type ArgumentKind = 'region' | 'account' | 'time' | 'id' | 'name' | 'duration' | 'query' | 'text';

/** The first that fits. */
const RULES: readonly (readonly [RegExp, ArgumentKind])[] = [
  [/^regions?$/, 'region'],
  [/^(accounts?|account_ids?|account_identifiers)$/, 'account'],
  [/^(start|end|time|.*_time)$/, 'time'],
  // What AWS makes, and names of log groups: no blank, comma or quote is ever in them.
  [/^log_group(_names?|_identifiers?|_arn|_name_prefix)?$|(^|_)(id|token|pointer)$/, 'id'],
  [/^period$|_timeout$|_seconds$/, 'duration'],
  [/^(query|query_string|expression)$/, 'query'],
  [/(^|_)(names?|prefix|namespace|statistic|dimension|keys|field|step)$/, 'name'],
];

export function kindOf(argument: string): ArgumentKind {
  return RULES.find(([pattern]) => pattern.test(argument))?.[1] ?? 'text';
}

/** Blanks and quotes around it are nobody's meaning, and a comma parts two of them. */
export function isWord(kind: ArgumentKind): boolean {
  return kind === 'region' || kind === 'account' || kind === 'time' || kind === 'id';
}

/** Where the word `null` cannot be meant. */
export function isNeverNull(kind: ArgumentKind): boolean {
  return isWord(kind) || kind === 'name' || kind === 'duration';
}
