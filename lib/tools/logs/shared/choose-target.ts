/** Where the log tools ask: what an ARN or a query id says, else the arguments; a contradiction is refused. */
import type { Target, TargetSelector, Targets } from '../../../aws/ports/targets.ts';
import { type LogGroupId, regionOfLogGroups } from '../../../domain/logs/log-group-id.ts';
import type { QueryId } from '../../../domain/logs/query-id.ts';
import { AppError } from '../../../errors.ts';

/**
 * The region of the ARNs; their account where it is one that may be asked. An unknown account is left to AWS: a
 * monitoring account names the log groups of its linked accounts by ARN.
 * @throws AppError `invalid_input`
 */
export function targetOfLogGroups(
  ids: readonly LogGroupId[],
  selector: Pick<TargetSelector, 'region' | 'account'>,
  targets: Targets,
): Target {
  const region = regionOfLogGroups(ids, selector.region) ?? selector.region;
  const accountIds = [...new Set(ids.flatMap(({ accountId }) => accountId ?? []))];
  const known =
    accountIds.length === 1 && ids.every(({ arn }) => arn !== undefined)
      ? targets.accounts.find(({ id }) => id === accountIds[0])
      : undefined;
  return targets.one({ region, account: selector.account ?? known?.alias });
}

/** @throws AppError `invalid_input` when an argument contradicts the id, or the place may not be asked */
export function targetOfQuery(
  id: QueryId,
  selector: Pick<TargetSelector, 'region' | 'account'>,
  targets: Targets,
): Target {
  const target = targets.one({ region: id.region ?? selector.region, account: id.account ?? selector.account });
  const { region, account } = selector;
  if (region !== undefined && region !== target.region) throw contradiction('region', target.region, region);
  if (account !== undefined && account !== target.account && account !== target.accountId)
    throw contradiction('account', target.account, account);
  return target;
}

function contradiction(name: string, actual: string, given: string): AppError {
  return new AppError(
    'invalid_input',
    `query_id belongs to ${name} ${actual}, but ${name} says ${JSON.stringify(given.slice(0, 64))} → leave ${name} out, query_id decides.`,
  );
}
