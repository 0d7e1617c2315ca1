/** Accounts and regions, in words and in structured output. */
import type { Target } from '../../../aws/ports/targets.ts';
import { listSome } from '../../../domain/text/counts.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { findOthers } from '../../../tool/usable-accounts.ts';

/** E.g. `us-east-1`, or `3 accounts and regions`. */
export function describeAsked(targets: readonly Target[]): string {
  const [first] = targets;
  return targets.length === 1 && first !== undefined ? first.region : `${targets.length} accounts and regions`;
}

/** More places than this are told by their number. */
const MAX_PLACES = 8;
/** Accounts of a hint. */
const MAX_NAMED = 5;

/** Where the alarms of a wide question are, most first; empty for one target, whose place needs no words. */
export function describePlaces(found: readonly Target[], asked: readonly Target[]): string[] {
  if (asked.length < 2 || found.length === 0) return [];
  const hasAccounts = new Set(asked.map(({ account }) => account)).size > 1;
  const counts = Map.groupBy(found, ({ account, region }) => (hasAccounts ? `${account}/${region}` : region));
  const places = [...counts]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([where, all]) => `${where} (${all.length})`);
  const quiet = asked.length - places.length;
  const others = quiet === 0 ? '' : `; none in the other ${quiet}`;
  return [`By place: ${listSome(places, MAX_PLACES)}${others}.`];
}

/** Which accounts and regions this caller may ask as well; empty when all were. */
export async function hintElsewhere(context: ToolContext, asked: readonly Target[]): Promise<string[]> {
  const { regions, accounts } = context.targets;
  const others = await findOthers(context, asked);
  const isAll = accounts.every(({ alias }) =>
    [...asked.map(({ account }) => account), ...others.map((one) => one.alias)].includes(alias),
  );
  const names = isAll ? ['all'] : others.slice(0, MAX_NAMED).map(({ alias }) => alias);
  const wider = [
    ...(new Set(asked.map(({ region }) => region)).size < regions.length ? ['regions=["all"]'] : []),
    ...(others.length === 0 ? [] : [`accounts=${JSON.stringify(names)}`]),
  ];
  if (wider.length === 0) return [];
  return [`${wider.join(' with ')} ${wider.length === 1 ? 'asks' : 'ask'} everywhere else; list_targets names them.`];
}
