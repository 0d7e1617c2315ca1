import type { Span } from './ast.ts';
import { QuerySyntaxError } from './syntax-error.ts';

const CASE_INSENSITIVE = '(?i)';

/**
 * Compiles the text between the slashes. `(?i)`, wherever it stands, makes the whole expression ignore case.
 * @throws {QuerySyntaxError} when it is no regular expression.
 */
export function compileRegex(source: string, span: Span): RegExp {
  const isCaseInsensitive = source.includes(CASE_INSENSITIVE);
  try {
    return new RegExp(source.replaceAll(CASE_INSENSITIVE, ''), isCaseInsensitive ? 'is' : 's');
  } catch {
    throw new QuerySyntaxError('this is no valid regular expression', { start: span.start, end: span.end });
  }
}
