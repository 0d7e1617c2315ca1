/** All of the imitation together: CloudWatch, Logs and STS, the OIDC issuer, and roles that trust its users. */
import { DEFAULT_AUDIENCE, type LocalIssuer, startLocalIssuer } from './issuer/issuer.ts';
import { SAMPLE_USERS } from './issuer/users.ts';
import { ACCOUNTS, type AccountAlias, AMBIENT_PRINCIPAL_ARN, ROLE_NAME } from './scenario.ts';
import type { ScenarioAccount } from './scenarios/scenario.ts';
import { type LocalCloudWatch, type LocalCloudWatchOptions, startLocalCloudWatch } from './server.ts';
import type { LocalRole } from './sts/role.ts';

const MAX_SESSION_SECONDS = 43_200;
const ACCOUNT_ALIASES = Object.keys(ACCOUNTS) as AccountAlias[];
/** Who may see the accounts that a scenario declares. */
const ON_CALL = 'olivia';

export interface LocalAwsOptions extends LocalCloudWatchOptions {
  readonly issuerPort?: number;
  readonly audience?: string;
  /** Instead of one role per account that trusts its users. */
  readonly rolesFor?: (issuer: string) => readonly LocalRole[];
}

export interface LocalAws extends LocalCloudWatch {
  readonly issuer: LocalIssuer;
  /** The accounts that always exist and those of the scenario, by alias. */
  readonly accounts: Readonly<Record<string, { readonly id: string; readonly roleArn: string }>>;
  /** Role ARN by account alias. */
  readonly roleArns: Readonly<Record<AccountAlias, string> & Record<string, string>>;
}

export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { issuerPort = 0, audience = DEFAULT_AUDIENCE, rolesFor, ...cloudWatchOptions } = options;
  const issuer = await startLocalIssuer({ port: issuerPort, audience });
  const declared = options.scenario?.accounts ?? [];
  try {
    const cloudWatch = await startLocalCloudWatch({
      identityProviders: [{ issuer: issuer.issuer, audiences: [audience] }],
      roles: rolesFor?.(issuer.issuer) ?? [
        ...ACCOUNT_ALIASES.map((alias) => describeRole(ROLE_ARNS[alias], subjectsOf(alias), issuer)),
        ...declared.map((account) => describeRole(toRoleArn(account), [ON_CALL], issuer)),
      ],
      ...cloudWatchOptions,
    });
    return {
      ...cloudWatch,
      issuer,
      accounts: listAccounts(declared),
      roleArns: { ...Object.fromEntries(declared.map((account) => [account.alias, toRoleArn(account)])), ...ROLE_ARNS },
      async close() {
        await Promise.all([cloudWatch.close(), issuer.close()]);
      },
    };
  } catch (error) {
    await issuer.close();
    throw error;
  }
}

function toRoleArn({ id }: Pick<ScenarioAccount, 'id'>): string {
  return `arn:aws:iam::${id}:role/${ROLE_NAME}`;
}

const ROLE_ARNS = Object.fromEntries(ACCOUNT_ALIASES.map((alias) => [alias, toRoleArn(ACCOUNTS[alias])])) as Record<
  AccountAlias,
  string
>;

function listAccounts(declared: readonly ScenarioAccount[]): LocalAws['accounts'] {
  const standing = ACCOUNT_ALIASES.map((alias) => ({ alias, id: ACCOUNTS[alias].id }));
  const all = [...standing, ...declared];
  return Object.fromEntries(all.map(({ alias, id }) => [alias, { id, roleArn: toRoleArn({ id }) }]));
}

function subjectsOf(alias: AccountAlias): readonly string[] {
  return SAMPLE_USERS.filter(({ accounts }) => accounts.includes(alias)).map(({ subject }) => subject);
}

/** Trusts the users of the account: by their own token, and by the session tag that the ambient identity vouches with. */
function describeRole(
  arn: string,
  subjects: readonly string[],
  { issuer, audience }: Pick<LocalIssuer, 'issuer' | 'audience'>,
): LocalRole {
  return {
    arn,
    maxSessionSeconds: MAX_SESSION_SECONDS,
    webIdentities: [{ issuer, audience, subjects }],
    principals: [
      { principalArn: AMBIENT_PRINCIPAL_ARN, requestTags: { 'mcp-subject': subjects, 'mcp-issuer': [issuer] } },
    ],
  };
}
