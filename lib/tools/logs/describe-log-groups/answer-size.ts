/** Log groups by size: their order, and what the comparison covers. Pure. */

import type { Target } from '../../../aws/ports/targets.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { foldTargets } from '../../../tool/fold-targets.ts';
import type { ListedGroup } from './answer.ts';
import type { WalkedGroups } from './read-walk.ts';

/** The largest first; equal ones by name, account and region; those that tell no size last. */
export function compareSizes(a: ListedGroup, b: ListedGroup): number {
  return sizeOf(b) - sizeOf(a) || compareTexts(keyOf(a), keyOf(b));
}

/** Below every size. */
const UNKNOWN = -1;

function sizeOf({ group: { storedBytes } }: ListedGroup): number {
  return storedBytes ?? UNKNOWN;
}

function keyOf({ group, target }: ListedGroup): string {
  return [group.name, target.account, target.region, group.arn].join('\n');
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

export interface TargetWalk {
  readonly target: Target;
  readonly walk: WalkedGroups | undefined;
}

/** One sentence for each way in which sizes were not all compared. */
export function warnOfWalks(walks: readonly TargetWalk[]): string[] {
  const cut = walks.flatMap(({ target, walk }) =>
    walk === undefined || walk.end === 'whole' ? [] : [{ target, count: walk.groups.length, why: reasonOf(walk) }],
  );
  return [...Map.groupBy(cut, ({ count, why }) => `${count} ${why}`).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const where = walks.length === 1 ? '' : ` of ${foldTargets(alike.map(({ target }) => target))}`;
    return [
      `Only the first ${countOf(first.count, 'log group')} by name${where} were compared${first.why}: a larger one may stand behind them → log_group_name_prefix or log_group_name_pattern compares fewer.`,
    ];
  });
}

function reasonOf({ end, error }: WalkedGroups): string {
  if (end === 'bound') return '';
  return end === 'time'
    ? ', since the time was over'
    : `, since the list broke off (${error?.publicMessage ?? 'it has no end'})`;
}

/** Log groups whose size the service does not tell. */
export function describeUnknownSizes(all: readonly ListedGroup[]): string[] {
  const unknown = all.filter(({ group }) => group.storedBytes === undefined).length;
  return unknown === 0
    ? []
    : [`${formatCount(unknown)} of the ${countOf(all.length, 'log group')} compared tell no size, and stand last.`];
}
