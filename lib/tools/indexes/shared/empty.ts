import type { GroupChoice } from '../../../domain/indexes/index-choice.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, listSome } from '../../../domain/text/counts.ts';

const MAX_NAMED = 3;

export function countQueries(count: number): string {
  return countOf(count, 'query', 'queries');
}

export function headlineOf(logGroup: string, queryCount: number, choice: GroupChoice): string {
  const group = inlineName(logGroup);
  const [best] = choice.recommended;
  if (best !== undefined) {
    const names = choice.recommended.map(({ evidence }) => inlineName(evidence.field));
    return `Index ${names.length === 1 ? 'one more field' : `${names.length} more fields`} of ${group}: ${listSome(names, MAX_NAMED)}. The first would help ${countQueries(best.evidence.queries)} of the last 30 days.`;
  }
  if (queryCount === 0) return `Nothing to recommend for ${group}: nobody queried it in the last 30 days.`;
  return choice.alreadyIndexed.length > 0
    ? `No further field of ${group} needs an index: what queries ask for is indexed.`
    : `No field of ${group} needs an index by the queries of the last 30 days.`;
}

/** Why there is nothing to recommend, and what to do. */
export function explainNoAdvice(queryCount: number, choice: GroupChoice): string[] {
  if (choice.recommended.length > 0) return [];
  if (queryCount === 0)
    return [
      'CloudWatch remembers queries for 30 days, of the account and region in which they ran; those of a monitoring account are in its own history → ask that account, or come back when the log group was queried. Good fields to index are ids that are asked for by = or in: request, order, user, session.',
    ];
  return choice.notHelped.length > 0
    ? [
        'Indexes help field = value and field in [values] only; where people mean a whole value, such a filter in place of like makes an index worth while.',
      ]
    : [];
}
