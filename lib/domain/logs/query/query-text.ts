/** What can be told from the text of a query without understanding all of it. Pure; linear in its length. */

export const QUERY_LANGUAGES = ['CWLI', 'PPL', 'SQL'] as const;
export type QueryLanguage = (typeof QUERY_LANGUAGES)[number];

const BLANK = (match: string): string => ' '.repeat(match.length);

/** A quote without its end runs to the end of the text, which also keeps the search linear. */
const QUOTED = `"(?:[^"\\\\]|\\\\[\\s\\S]?)*(?:"|$)|'(?:[^'\\\\]|\\\\[\\s\\S]?)*(?:'|$)|\`[^\`]*(?:\`|$)`;
/** In CWLI a slash begins a pattern after `like`, `=~` or the field of `parse`; elsewhere it divides. */
const CWLI_NOISE = new RegExp(
  `${QUOTED}|#[^\\n]*|/(?<=(?:\\blike|=~|\\bparse\\s+[@\\w.]{1,200})\\s*/)(?:[^/\\\\\\n]|\\\\.)*/`,
  'g',
);
const SQL_NOISE = new RegExp(`${QUOTED}|--[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$)`, 'g');

/** The text with comments, quoted text and patterns blanked out, so that what is left are commands. Same length. */
export function maskQuery(query: string, language: QueryLanguage): string {
  return query.replace(language === 'CWLI' ? CWLI_NOISE : SQL_NOISE, BLANK);
}

const LIMITS: Readonly<Record<QueryLanguage, RegExp>> = {
  CWLI: /(?:^|\|)\s*(?:limit|head|tail)\s+(?:any\s+)?(\d{1,9})\b/gi,
  PPL: /\|\s*head\s+(\d{1,9})\b/gi,
  SQL: /\blimit\s+(\d{1,9})\b/gi,
};

/** The number of rows that the text itself allows: its last limit, unless an aggregation comes after it. */
export function findOwnLimit(query: string, language: QueryLanguage): number | undefined {
  const masked = maskQuery(query, language);
  const last = [...masked.matchAll(LIMITS[language])].at(-1);
  if (last === undefined || /\|\s*(stats|pattern)\b/i.test(masked.slice(last.index + 1))) return undefined;
  return Number(last[1]);
}

/** Whether the text itself says which log groups it reads. */
export function namesLogGroups(query: string, language: QueryLanguage): boolean {
  const masked = maskQuery(query, language);
  if (language === 'CWLI') return /(?:^|\|)\s*source\b/i.test(masked);
  return language === 'SQL' ? /\bfrom\b/i.test(masked) : /\bsource\s*=/i.test(masked);
}

/** Whether rows are groups of events rather than events. */
export function isAggregating(query: string, language: QueryLanguage): boolean {
  const masked = maskQuery(query, language);
  return language === 'SQL'
    ? /\bgroup\s+by\b|\b(count|sum|avg|min|max)\s*\(/i.test(masked)
    : /(?:^|\|)\s*(stats|pattern|top|rare|anomaly|diff)\b/i.test(masked);
}

/** Whether the caller asks for the pointer of each row. */
export function namesPointer(query: string, language: QueryLanguage): boolean {
  return /@ptr\b/.test(maskQuery(query, language));
}

const EXCERPT_CHARS = 100;

/**
 * The line of the query that holds a position, and carets under it; nothing for a position outside the text.
 * @param endOffset exclusive
 */
export function pointAt(query: string, startOffset: number, endOffset: number): string | undefined {
  if (!Number.isInteger(startOffset) || startOffset < 0 || startOffset > query.length || query.trim() === '')
    return undefined;
  const lineStart = query.slice(0, startOffset).lastIndexOf('\n') + 1;
  const nextBreak = query.indexOf('\n', startOffset);
  const lineEnd = nextBreak < 0 ? query.length : nextBreak;
  // A position far to the right keeps some text before it.
  const from = Math.max(lineStart, Math.min(startOffset - EXCERPT_CHARS / 2, lineEnd - EXCERPT_CHARS));
  const to = Math.min(lineEnd, from + EXCERPT_CHARS);
  const line = query.slice(from, to).replace(/[\p{Cc}\p{Cf}]/gu, (char) => ' '.repeat(char.length));
  const carets = Math.max(1, Math.min(endOffset, to) - startOffset);
  return `${line}\n${' '.repeat(startOffset - from)}${'^'.repeat(carets)}`;
}
