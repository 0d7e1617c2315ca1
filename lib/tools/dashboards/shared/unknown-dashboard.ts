import type { Target } from '../../../aws/ports/targets.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { findNearest } from '../../../domain/text/nearest.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';

const MAX_COMPARED = 2_000;

/** Names to compare one with that no dashboard has; none where they may not be listed. */
export async function listNames(context: ToolContext, target: Target): Promise<readonly string[]> {
  const listed = await attempt(
    context.signal,
    context
      .aws(target)
      .dashboards.listDashboards({ maxEntries: MAX_COMPARED, hasTime: context.hasTime }, context.signal),
  );
  return 'error' in listed ? [] : listed.value.entries.map(({ name }) => name);
}

/** The error for a name that no dashboard has. */
export async function unknownDashboard(context: ToolContext, name: string, target: Target): Promise<AppError> {
  const near = findNearest(name, await listNames(context, target));
  return new AppError(
    'not_found',
    near.length === 0
      ? `There is no dashboard ${inlineName(name)} in account ${target.account}, and no name is near it → list_dashboards lists all; they are the same in every region, so check the account.`
      : `There is no dashboard ${inlineName(name)} in account ${target.account} → did you mean ${near.map(inlineName).join(', ')}? Otherwise check the account.`,
  );
}
