/** How many log groups and rows a query may have. */
import type { LogGroupId } from '../../../domain/logs/log-group-id.ts';
import { findOwnLimit, namesLogGroups, type QueryLanguage } from '../../../domain/logs/query/query-text.ts';
import { AppError } from '../../../errors.ts';
import { MAX_ROWS } from '../shared/arguments-query.ts';

export const MAX_GROUPS = 50; // StartQuery accepts 50 log groups
const MAX_ROWS_OTHERS = 10_000; // StartQuery, limit: PPL and SQL have no further pages

export const TOO_MANY_GROUPS = `at most ${MAX_GROUPS} log groups in one query → split the list over several calls, or start the query with SOURCE logGroups(namePrefix: ["…"]) and name none`;

export function requireGroups(groups: readonly LogGroupId[], query: string, language: QueryLanguage): void {
  if (groups.length > MAX_GROUPS)
    throw new AppError('invalid_input', `${groups.length} log groups are named, but ${TOO_MANY_GROUPS}.`);
  if (groups.length === 0 && !namesLogGroups(query, language)) {
    throw new AppError(
      'invalid_input',
      'No log group is named → pass log_group_names (describe_log_groups lists them), or start the query with SOURCE logGroups(namePrefix: ["…"]).',
    );
  }
}

export interface RowLimit {
  /** Rows to give. */
  readonly limit: number;
  /** Rows to ask for: one more where that tells whether there are more. */
  readonly sent: number;
  readonly isOwn: boolean;
  readonly note?: string;
  readonly warnings: readonly string[];
}

export function chooseLimit(argument: number, query: string, language: QueryLanguage): RowLimit {
  const max = language === 'CWLI' ? MAX_ROWS : MAX_ROWS_OTHERS;
  const own = findOwnLimit(query, language);
  const limit = Math.max(1, Math.min(own ?? argument, max));
  const warnings =
    argument > max && own === undefined
      ? [`limit ${argument} was lowered to ${max}, the most that ${language} has.`]
      : [];
  if (own === undefined) return { limit, sent: Math.min(limit + 1, max), isOwn: false, warnings };
  const note = own === argument ? undefined : `The query's own limit of ${own} rows was used.`;
  return { limit, sent: limit, isOwn: true, warnings, ...(note !== undefined && { note }) };
}
