import type { LogsPort } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { suggest } from '../../../domain/text/nearest.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';

/** Names to compare with; more would cost more than the help is worth. */
const MAX_COMPARED_GROUPS = 1_000;
const MAX_NAMED = 3;

/** AWS's "does not exist", with the names that are meant and near ones; unchanged where they cannot be told. */
export async function nameMissingGroups(
  error: AppError,
  names: readonly string[],
  logs: LogsPort,
  target: Target,
  signal: AbortSignal,
): Promise<AppError> {
  const listing = await attempt(signal, logs.listLogGroups({}, { offset: 0 }, MAX_COMPARED_GROUPS, signal));
  if (!('value' in listing)) return error;
  const known = new Set(listing.value.map(({ name }) => name));
  const missing = names.filter((name) => !known.has(name));
  if (missing.length === 0 || known.size === MAX_COMPARED_GROUPS) return error;
  const sentences = missing
    .slice(0, MAX_NAMED)
    .map((name) => `Log group ${JSON.stringify(name)} does not exist.${suggest(name, known)}`);
  const more = missing.length > MAX_NAMED ? ` ${missing.length - MAX_NAMED} more do not exist either.` : '';
  return new AppError(
    'not_found',
    `${sentences.join(' ')}${more} Asked: account ${target.account}, region ${target.region} → take names from describe_log_groups.`,
    { details: error.details, cause: error.cause },
  );
}
