/** Which accounts and regions may be asked, and how arguments choose among them. */

import type { Config } from '../config/config.ts';
import { REGIONS } from '../domain/regions.ts';
import { suggest } from '../domain/text/nearest.ts';
import { AppError } from '../errors.ts';
import { nameAccounts } from './credentials/name-accounts.ts';
import { MAX_TARGETS, type Target, type TargetSelector, type Targets } from './ports/targets.ts';

const ALL = 'all';
/** The one account of ambient credentials. */
const AMBIENT_ACCOUNT = 'default';

type TargetConfig = Pick<Config, 'region' | 'allowedRegions' | 'roles'>;

/** @param firstChoice the account for calls that name none; default: the first that is configured */
export function createTargets(config: TargetConfig, firstChoice?: string): Targets {
  // Credentials are of one partition (aws, aws-cn, aws-us-gov …): its regions are all that they can reach.
  const isReachable = (region: string): boolean => REGIONS[region] === REGIONS[config.region];
  const regions = config.allowedRegions ?? Object.keys(REGIONS).filter(isReachable);
  const accounts: Targets['accounts'] =
    config.roles.length === 0
      ? [{ alias: AMBIENT_ACCOUNT }]
      : config.roles.map(({ alias, accountId }) => ({ alias, id: accountId }));
  const aliases = accounts.map(({ alias }) => alias);
  const defaultAccount = firstChoice ?? aliases[0] ?? AMBIENT_ACCOUNT;

  const pickRegion = (name: string): string => {
    if (regions.includes(name)) return name;
    const isReal = Object.hasOwn(REGIONS, name);
    throw new AppError(
      'invalid_input',
      isReal
        ? `Region ${name} may not be asked through this server → use one of ${regions.join(', ')}.`
        : `region ${JSON.stringify(name.slice(0, 40))} does not exist.${suggest(name, regions)} → pass a region code such as ${config.region}; list_targets shows those that may be asked.`,
    );
  };
  const pickAccount = (name: string): Omit<Target, 'region'> => {
    const account = accounts.find(({ alias, id }) => alias === name || id === name);
    if (account !== undefined)
      return { account: account.alias, ...(account.id !== undefined && { accountId: account.id }) };
    const near = suggest(name, aliases);
    throw new AppError(
      'invalid_input',
      `Account ${JSON.stringify(name.slice(0, 40))} may not be asked through this server${near === '' ? '' : `.${near}`} → use one of ${nameAccounts(aliases)}, or leave account out; list_targets shows those that may be asked.`,
    );
  };
  const one = (selector: TargetSelector): Target => ({
    ...pickAccount(selector.account ?? defaultAccount),
    region: pickRegion(selector.region ?? config.region),
  });

  return {
    defaultAccount,
    defaultRegion: config.region,
    regions,
    accounts,
    one,
    withDefault: (account) => createTargets(config, account),
    many(selector, maxTargets = MAX_TARGETS) {
      const first = one(selector);
      const chosenRegions = expand(selector.regions, regions, first.region).map(pickRegion);
      const chosenAccounts = expand(selector.accounts, aliases, first.account).map(pickAccount);
      const targets = chosenAccounts.flatMap((account) => chosenRegions.map((region) => ({ ...account, region })));
      if (targets.length <= maxTargets) return targets;
      throw new AppError(
        'invalid_input',
        `${targets.length} accounts × regions are asked at once, at most ${maxTargets} are possible → name fewer regions or accounts.`,
      );
    },
    ofArn(arn, selector) {
      const [, , , region = '', accountId = ''] = arn.split(':');
      if (selector.region !== undefined && selector.region !== region) {
        throw new AppError(
          'invalid_input',
          `The ARN is of region ${JSON.stringify(region)}, but region says ${JSON.stringify(selector.region)} → leave region out, the ARN decides.`,
        );
      }
      const known = accounts.find(({ id }) => id === accountId);
      const hasKnownIds = accounts.some(({ id }) => id !== undefined);
      if (known === undefined && hasKnownIds)
        throw new AppError(
          'invalid_input',
          `The ARN belongs to an account that may not be asked through this server → name something of ${nameAccounts(aliases)}; list_targets shows those that may be asked.`,
        );
      if (
        known !== undefined &&
        selector.account !== undefined &&
        pickAccount(selector.account).account !== known.alias
      )
        throw new AppError(
          'invalid_input',
          `The ARN belongs to account ${known.alias}, but account says ${JSON.stringify(selector.account.slice(0, 40))} → leave account out, the ARN decides.`,
        );
      return one({ region, account: known?.alias ?? selector.account });
    },
  };
}

function expand(names: readonly string[] | undefined, all: readonly string[], fallback: string): readonly string[] {
  if (names === undefined || names.length === 0) return [fallback];
  return names.includes(ALL) ? all : [...new Set(names)];
}
