import { type FieldUse, mergeUses } from './field-use.ts';
import { findPipedUses } from './piped-uses.ts';
import { readTokens } from './read-tokens.ts';
import { findSqlUses } from './sql-uses.ts';
import type { QueryDialect } from './token.ts';

/**
 * The fields of the log events that a query filters on, each once per set of log groups; fields that the query makes
 * itself (`parse`, expressions, aggregations) are left out. A text that is no query gives what can be told from it.
 */
export function findFieldUses(query: string, dialect: QueryDialect): readonly FieldUse[] {
  const tokens = readTokens(query, dialect);
  return mergeUses(dialect === 'SQL' ? findSqlUses(tokens) : findPipedUses(tokens));
}
