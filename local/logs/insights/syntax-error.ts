import type { Span } from './ast.ts';

/** The query text is not understood; the service answers it as `MalformedQueryException` with the position. */
export class QuerySyntaxError extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.name = 'QuerySyntaxError';
    this.span = span;
  }
}
