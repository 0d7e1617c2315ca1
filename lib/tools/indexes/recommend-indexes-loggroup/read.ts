import type { LogGroup } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import type { LogGroupId } from '../../../domain/logs/log-group-id.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { nameMissingGroups } from '../../logs/shared/empty-log-groups.ts';
import { warn } from '../shared/read-group-facts.ts';

export interface FoundGroup {
  /** Absent where it may not be looked up. */
  readonly group?: LogGroup;
  readonly warnings: readonly string[];
}

/** @throws AppError `not_found` with near names */
export async function findGroup(
  target: Target,
  { name, arn }: LogGroupId,
  signal: AbortSignal,
  context: ToolContext,
): Promise<FoundGroup> {
  const { logs } = context.aws(target);
  const found = await attempt(context.signal, logs.getLogGroups([arn ?? name], signal));
  const isMissing = 'value' in found ? found.value.length === 0 : found.error.code === 'not_found';
  if (isMissing) {
    const where = `account ${target.account}, region ${target.region}`;
    const error = new AppError(
      'not_found',
      `Log group ${JSON.stringify(name)} does not exist in ${where} → take names from describe_log_groups.`,
    );
    throw await nameMissingGroups(error, [name], logs, target, signal);
  }
  const group = 'value' in found ? found.value[0] : undefined;
  return { ...(group !== undefined && { group }), warnings: warn('Its class could not be looked up', found) };
}
