/** Region and account of a widget → where our tools may ask. Pure. */
import type { Target, Targets } from '../../../aws/ports/targets.ts';

export interface Places {
  /** Accounts that let the caller in. */
  readonly targets: Pick<Targets, 'regions' | 'accounts' | 'defaultAccount'>;
  /** Where the dashboard was read; stands for what a widget does not say. */
  readonly home: Target;
  /** The account of the dashboard, where AWS told it. */
  readonly homeAccountId?: string;
}

export interface WidgetPlace {
  readonly region: string | undefined;
  readonly accountId: string | undefined;
}

export interface AskablePlace {
  readonly target: Target;
  /** The arguments that lead there. */
  readonly args: { readonly region: string; readonly account?: string };
}

/** A text says why the place cannot be asked. */
export function findPlace(
  places: Places,
  { region = places.home.region, accountId }: WidgetPlace,
): AskablePlace | string {
  const { defaultAccount, regions } = places.targets;
  if (!regions.includes(region)) return `region ${region} may not be asked through this server`;
  const account = findAccount(places, accountId);
  if (account === undefined) return `account ${accountId} may not be asked with your access`;
  const isDefault = account.account === defaultAccount;
  return { target: { ...account, region }, args: { region, ...(!isDefault && { account: account.account }) } };
}

function findAccount(
  { targets, home, homeAccountId }: Places,
  accountId: string | undefined,
): Omit<Target, 'region'> | undefined {
  const { region: _region, ...own } = home;
  if (accountId === undefined || accountId === homeAccountId || accountId === home.accountId) return own;
  const known = targets.accounts.find(({ id }) => id === accountId);
  return known === undefined ? undefined : { account: known.alias, accountId };
}
