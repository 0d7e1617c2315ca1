import type { Span } from './ast.ts';
import { QuerySyntaxError } from './syntax-error.ts';

const CASE_INSENSITIVE = '(?i)';

/** What JavaScript would read as something else than other engines do: better refused than answered wrongly. */
const AMBIGUOUS = /\\[^\\dDwWsSbBtnrfvkxu0-9\W_]|\[\[:/;

/**
 * Compiles the text between the slashes. `(?i)`, wherever it stands, makes the whole expression ignore case.
 * @throws {QuerySyntaxError} when it is no regular expression, or one that is read in different ways.
 */
export function compileRegex(source: string, span: Span): RegExp {
  const place = { start: span.start, end: span.end };
  const ambiguous = AMBIGUOUS.exec(source.replaceAll('\\\\', ''));
  if (ambiguous) {
    throw new QuerySyntaxError(`${ambiguous[0]} is not supported in a regular expression here`, place);
  }
  const isCaseInsensitive = source.includes(CASE_INSENSITIVE);
  try {
    return new RegExp(source.replaceAll(CASE_INSENSITIVE, ''), isCaseInsensitive ? 'i' : '');
  } catch {
    throw new QuerySyntaxError('this is no valid regular expression', place);
  }
}
