/** The tools that read one log group: its parameter, where it is, and what its name may have meant. */
import { z } from 'zod';
import type { Target } from '../../../aws/ports/targets.ts';
import { type ConsoleLink, logGroupLink, logGroupsLink } from '../../../domain/console-links.ts';
import { parseLogGroupId } from '../../../domain/logs/log-group-id.ts';
import type { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { targetOfLogGroups } from './choose-target.ts';
import { nameMissingGroups } from './empty-log-groups.ts';

/** The longest ARN of a log group. */
const MAX_ID_CHARS = 2_048;

export const logGroupParam = z.string().min(1).max(MAX_ID_CHARS).describe('Name or ARN, from describe_log_groups');

export interface LogGroupAt {
  readonly name: string;
  /** What the API wants: the ARN where one was given, else the name. */
  readonly reference: string;
  readonly target: Target;
}

interface LogGroupInput {
  readonly log_group: string;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/** @throws AppError `invalid_input` */
export function resolveLogGroup(input: LogGroupInput, context: ToolContext): LogGroupAt {
  const id = parseLogGroupId(input.log_group, 'log_group');
  return {
    name: id.name,
    reference: id.arn ?? id.name,
    target: targetOfLogGroups([id], input, context.targets),
  };
}

/** The console's page of a group is one of the account's own: for an ARN of another account the list. */
export function linkLogGroup({ name, reference, target }: LogGroupAt): ConsoleLink {
  const isOwn = reference === name || parseLogGroupId(reference, 'log_group').accountId === target.accountId;
  return isOwn ? logGroupLink(target.region, name) : logGroupsLink(target.region);
}

/** The value; "does not exist" with near names, and a refusal that its class explains. */
export async function askLogGroup<Value>(
  group: LogGroupAt,
  context: ToolContext,
  work: Promise<Value>,
): Promise<Value> {
  const asked = await attempt(context.signal, work);
  if ('value' in asked) return asked.value;
  throw await explainFailure(asked.error, group, context);
}

async function explainFailure(
  error: AppError,
  { name, reference, target }: LogGroupAt,
  context: ToolContext,
): Promise<AppError> {
  const isName = reference === name;
  return error.code === 'not_found' && isName
    ? nameMissingGroups(error, [name], context.aws(target).logs, target, context.signal)
    : error;
}
