/** Accounts and regions in few words: those that share their regions once, many regions by their number. Pure. */
import type { Target } from '../aws/ports/targets.ts';
import { countOf, listSome } from '../domain/text/counts.ts';

const MAX_NAMED = 5;

/**
 * E.g. `prod/us-east-1`, or `prod, staging × 36 regions`; empty for no target.
 * @param hasIds with the accounts' numbers: `prod (111122223333)/us-east-1`
 */
export function foldTargets(targets: readonly Target[], hasIds = false): string {
  const regionsOf = new Map<string, string[]>();
  for (const { account, accountId, region } of targets) {
    const isNumbered = hasIds && accountId !== undefined && accountId !== account;
    const name = isNumbered ? `${account} (${accountId})` : account;
    regionsOf.set(name, [...(regionsOf.get(name) ?? []), region]);
  }
  const accountsOf = new Map<string, string[]>();
  for (const [account, regions] of regionsOf) {
    const key = regions.length > MAX_NAMED ? countOf(regions.length, 'region') : regions.join(', ');
    accountsOf.set(key, [...(accountsOf.get(key) ?? []), account]);
  }
  return [...accountsOf]
    .map(([regions, accounts]) =>
      accounts.length === 1 && !regions.includes(' ')
        ? `${accounts[0]}/${regions}`
        : `${listSome(accounts, MAX_NAMED)} × ${regions}`,
    )
    .join('; ');
}
