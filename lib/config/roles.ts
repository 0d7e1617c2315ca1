/** The accounts that may be asked, each by the role that opens it. */
import { REGIONS } from '../domain/regions.ts';
import { ROLE_ARN } from './credential-settings.ts';
import type { RawSettings } from './raw-settings.ts';

export interface RoleSettings {
  /** What a call names the account by; `default` for the role of AWS_CLOUDWATCH_ROLE_ARN alone. */
  readonly alias: string;
  /** 12 digits. */
  readonly accountId: string;
  readonly roleArn: string;
}

const DEFAULT_ALIAS = 'default';

/** The default role first. */
export function collectRoles(raw: RawSettings): readonly RoleSettings[] {
  const named = Object.entries(raw.roleArns ?? {}).map(([alias, roleArn]) => toRole(alias, roleArn));
  const arn = raw.defaultRoleArn;
  if (arn === undefined) return named;
  const first = named.find(({ roleArn }) => roleArn === arn) ?? toRole(DEFAULT_ALIAS, arn);
  return [first, ...named.filter((role) => role !== first)];
}

function toRole(alias: string, roleArn: string): RoleSettings {
  return { alias, accountId: ROLE_ARN.exec(roleArn)?.[2] ?? '', roleArn };
}

export function findRoleFaults(raw: RawSettings): string[] {
  const roles = collectRoles(raw);
  const faults: string[] = [];
  for (const { alias, accountId } of roles) {
    if (/^\d{12}$/.test(alias) && alias !== accountId) {
      faults.push(`AWS_CLOUDWATCH_ROLE_ARNS gives account ${alias} a role of account ${accountId}: make them agree`);
    }
  }
  for (const [index, { alias, accountId }] of roles.entries()) {
    const earlier = roles.slice(0, index).find((role) => role.accountId === accountId || role.alias === alias);
    if (earlier === undefined) continue;
    faults.push(
      earlier.alias === alias
        ? `AWS_CLOUDWATCH_ROLE_ARNS uses the alias ${alias} of AWS_CLOUDWATCH_ROLE_ARN for another role: choose another alias`
        : `AWS_CLOUDWATCH_ROLE_ARN and AWS_CLOUDWATCH_ROLE_ARNS give account ${accountId} more than one role (${earlier.alias}, ${alias}): keep one`,
    );
  }
  const partition = raw.region === undefined ? undefined : REGIONS[raw.region];
  for (const { alias, roleArn } of roles) {
    const ofRole = ROLE_ARN.exec(roleArn)?.[1];
    if (partition === undefined || ofRole === partition) continue;
    faults.push(
      `AWS_REGION ${raw.region} lies in the partition ${partition}, but the role ${alias} in ${ofRole}: a session cannot cross partitions`,
    );
  }
  return faults;
}
