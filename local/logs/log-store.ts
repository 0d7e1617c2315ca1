import type { LogContent } from '../data/content.ts';
import type { LogGroup } from '../data/logs/log-group.ts';
import type { OperationContext } from '../types.ts';
import { invalidParameter, notFound } from './refusals.ts';

/** All log groups, which account sees which others, and what is indexed. */
export type LogStore = Pick<LogContent, 'groups' | 'linkedAccounts' | 'indexedFields' | 'accountIndexPolicy'>;

export interface GroupReference {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}

const ARN = /^arn:(aws[\w-]*):logs:([a-z0-9-]+):(\d{12}):log-group:([^:]+)(:\*)?$/;

/** `arn:…:log-group:name`, without the `:*` that the field `arn` has. */
export function toLogGroupArn(group: Pick<LogGroup, 'region' | 'account' | 'name'>): string {
  return `arn:aws:logs:${group.region}:${group.account}:log-group:${group.name}`;
}

/** The caller's own groups, and on request those of linked accounts, sorted by name. */
export function visibleGroups(store: LogStore, context: OperationContext, includeLinked: boolean): readonly LogGroup[] {
  const accounts = new Set([context.account, ...(includeLinked ? store.linkedAccounts(context.account) : [])]);
  return store.groups.filter(({ account, region }) => region === context.region && accounts.has(account));
}

/**
 * Finds a group by its name or, as an identifier, by its ARN in this region (own or linked account).
 * @throws ResourceNotFoundException, InvalidParameterException
 */
export function findGroup(store: LogStore, context: OperationContext, identifier: string): LogGroup {
  const arn = ARN.exec(identifier);
  if (identifier.startsWith('arn:') && (!arn || arn[5] !== undefined)) {
    throw invalidParameter(
      `Invalid log group identifier: ${identifier}. Use a log group name, or an ARN of the form arn:aws:logs:region:account-id:log-group:name without a trailing :*.`,
    );
  }
  const [, , region = context.region, account = context.account, name = identifier] = arn ?? [];
  if (region !== context.region) {
    throw invalidParameter(
      `The log group ${identifier} is in another region. Ask ${region} instead of ${context.region}.`,
    );
  }
  const group = visibleGroups(store, context, true).find((each) => each.account === account && each.name === name);
  if (!group) {
    throw notFound(`The specified log group does not exist. (Log group: ${identifier})`);
  }
  return group;
}

/** The one group of a request that takes either `logGroupName` or `logGroupIdentifier`. */
export function requireGroup(store: LogStore, context: OperationContext, reference: GroupReference): LogGroup {
  const { logGroupName, logGroupIdentifier } = reference;
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw invalidParameter('LogGroup name and LogGroup identifier are mutually exclusive parameters.');
  }
  const identifier = logGroupIdentifier ?? logGroupName;
  if (identifier === undefined || identifier === '') {
    throw invalidParameter('Either logGroupName or logGroupIdentifier must be given.');
  }
  if (logGroupName?.startsWith('arn:')) {
    throw invalidParameter('logGroupName takes a name; give an ARN as logGroupIdentifier.');
  }
  return findGroup(store, context, identifier);
}
