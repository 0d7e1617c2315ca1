/** How the corpora of queries write down which fields a query filters on. */
import { findFieldUses } from '../../lib/domain/logs/query/find-field-uses.ts';
import type { QueryDialect } from '../../lib/domain/logs/query/token.ts';

/** `others` are fields that the query filters on in a way that no index helps. */
export type CorpusCase = readonly [query: string, indexable: string, others?: string];

/** Each field as `name` or `name@group+group`, others as `name:reason`, sorted, with blanks between. */
export function summarizeUses(query: string, dialect: QueryDialect): [indexable: string, others: string] {
  const uses = findFieldUses(query, dialect).map(({ field, reason, logGroups }) => ({
    text: `${field}${logGroups === undefined ? '' : `@${logGroups.join('+')}`}`,
    reason: reason?.replaceAll(' ', '-'),
  }));
  return [
    write(uses.flatMap(({ text, reason }) => (reason === undefined ? [text] : []))),
    write(uses.flatMap(({ text, reason }) => (reason === undefined ? [] : [`${text}:${reason}`]))),
  ];
}

function write(names: readonly string[]): string {
  return names.toSorted().join(' ');
}
