/** Which log groups are asked where: names in every target of the call, an ARN in its own region and account only. */
import type { Target, TargetSelector, Targets } from '../../../aws/ports/targets.ts';
import type { LogGroupId } from '../../../domain/logs/log-group-id.ts';
import { AppError } from '../../../errors.ts';

export interface TargetGroups {
  readonly target: Target;
  readonly groups: readonly LogGroupId[];
}

/**
 * Targets without a log group are left out.
 * @throws AppError `invalid_input` for an ARN of a region that the call leaves out, or a place that may not be asked
 */
export function assignGroups(
  ids: readonly LogGroupId[],
  selector: TargetSelector,
  targets: Targets,
): readonly TargetGroups[] {
  const asked = targets.many(selector);
  const places = new Map<string, { target: Target; groups: LogGroupId[] }>(
    asked.map((target) => [keyOf(target), { target, groups: [] }]),
  );
  for (const id of ids) {
    for (const target of id.arn === undefined ? asked : [homeOf(id, asked, selector, targets)]) {
      const place = places.get(keyOf(target)) ?? { target, groups: [] };
      places.set(keyOf(target), place);
      place.groups.push(id);
    }
  }
  return [...places.values()].filter(({ groups }) => groups.length > 0);
}

/** The account is the one of the ARN where it may be asked; else the first of the call, which may monitor it. */
function homeOf(id: LogGroupId, asked: readonly Target[], selector: TargetSelector, targets: Targets): Target {
  const { region } = id;
  const hasRegions = selector.region !== undefined || selector.regions !== undefined;
  if (hasRegions && !asked.some((target) => target.region === region)) {
    throw new AppError(
      'invalid_input',
      `An ARN names a log group of region ${region}, which the call leaves out → add ${region} to regions, or leave region and regions out: ARNs are asked in their own region.`,
    );
  }
  const hasAccounts = selector.account !== undefined || selector.accounts !== undefined;
  const own = targets.accounts.find(({ id: accountId }) => accountId === id.accountId);
  const isOwnAsked = own !== undefined && (!hasAccounts || asked.some(({ account }) => account === own.alias));
  return targets.one({ region, account: isOwnAsked ? own.alias : asked[0]?.account });
}

function keyOf({ account, region }: Target): string {
  return `${account}/${region}`;
}
