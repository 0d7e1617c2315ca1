/** All of the imitation together: CloudWatch, Logs and STS, the OIDC issuer, and roles that trust its users. */
import { DEFAULT_AUDIENCE, type LocalIssuer, startLocalIssuer } from './issuer/issuer.ts';
import { SAMPLE_USERS } from './issuer/users.ts';
import { ACCOUNTS, type AccountAlias, AMBIENT_PRINCIPAL_ARN, ROLE_NAME } from './scenario.ts';
import { type LocalCloudWatch, type LocalCloudWatchOptions, startLocalCloudWatch } from './server.ts';
import type { LocalRole } from './sts/role.ts';

const MAX_SESSION_SECONDS = 43_200;
const ACCOUNT_ALIASES = Object.keys(ACCOUNTS) as AccountAlias[];

export interface LocalAwsOptions extends LocalCloudWatchOptions {
  readonly issuerPort?: number;
  readonly audience?: string;
  /** Instead of one role per account that trusts its users. */
  readonly rolesFor?: (issuer: string) => readonly LocalRole[];
}

export interface LocalAws extends LocalCloudWatch {
  readonly issuer: LocalIssuer;
  /** Role ARN by account alias. */
  readonly roleArns: Readonly<Record<AccountAlias, string>>;
}

export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { issuerPort = 0, audience = DEFAULT_AUDIENCE, rolesFor, ...cloudWatchOptions } = options;
  const issuer = await startLocalIssuer({ port: issuerPort, audience });
  try {
    const cloudWatch = await startLocalCloudWatch({
      identityProviders: [{ issuer: issuer.issuer, audiences: [audience] }],
      roles: rolesFor?.(issuer.issuer) ?? ACCOUNT_ALIASES.map((alias) => describeRole(alias, issuer)),
      ...cloudWatchOptions,
    });
    return {
      ...cloudWatch,
      issuer,
      roleArns: ROLE_ARNS,
      async close() {
        await Promise.all([cloudWatch.close(), issuer.close()]);
      },
    };
  } catch (error) {
    await issuer.close();
    throw error;
  }
}

const ROLE_ARNS = Object.fromEntries(
  ACCOUNT_ALIASES.map((alias) => [alias, `arn:aws:iam::${ACCOUNTS[alias].id}:role/${ROLE_NAME}`]),
) as Record<AccountAlias, string>;

/** Trusts the users of the account: by their own token, and by the session tag that the ambient identity vouches with. */
function describeRole(alias: AccountAlias, { issuer, audience }: LocalIssuer): LocalRole {
  const subjects = SAMPLE_USERS.filter(({ accounts }) => accounts.includes(alias)).map(({ subject }) => subject);
  return {
    arn: ROLE_ARNS[alias],
    maxSessionSeconds: MAX_SESSION_SECONDS,
    webIdentities: [{ issuer, audience, subjects }],
    principals: [
      { principalArn: AMBIENT_PRINCIPAL_ARN, requestTags: { 'mcp-subject': subjects, 'mcp-issuer': [issuer] } },
    ],
  };
}
