/** Whether a log group can be analysed at all, and with what it may be compared. */
import type { LogGroup } from '../../../aws/ports/logs.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { DAY_MS, formatTime } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { nameMissingGroups } from '../shared/empty-log-groups.ts';
import type { LogGroupAt } from '../shared/one-log-group.ts';
import type { Windows } from './arguments.ts';

export interface KnownGroup {
  /** Undefined where the caller may not describe log groups. */
  readonly group: LogGroup | undefined;
  readonly warning?: string;
}

/** @throws AppError `not_found` with near names */
export async function findGroup(at: LogGroupAt, context: ToolContext): Promise<KnownGroup> {
  const { logs } = context.aws(at.target);
  const found = await attempt(context.signal, logs.getLogGroups([at.reference], context.signal));
  if ('error' in found) {
    const warning = `Class and retention of the log group are not known: ${found.error.publicMessage}`;
    return { group: undefined, warning };
  }
  const [group] = found.value;
  if (group !== undefined) return { group };
  const { account, region } = at.target;
  const error = new AppError(
    'not_found',
    `Log group ${inlineName(at.name)} does not exist in account ${account}, region ${region} → take the name from describe_log_groups, or pass another region or account.`,
  );
  throw at.reference === at.name ? await nameMissingGroups(error, [at.name], logs, at.target, context.signal) : error;
}

/**
 * Why there is nothing to compare with; undefined where there is.
 * @throws AppError `invalid_input` for a class that cannot be queried, or a window of which nothing is kept
 */
export function checkGroup(group: LogGroup | undefined, windows: Windows, nowEpochMs: number): string | undefined {
  if (group === undefined) return undefined;
  if (group.logGroupClass === 'DELIVERY') {
    throw new AppError(
      'invalid_input',
      `Log group ${inlineName(group.name)} is of class DELIVERY, which CloudWatch only passes on and cannot query → look where it is delivered to (S3 or Firehose).`,
    );
  }
  const kept = nowEpochMs - (group.retentionDays ?? Number.POSITIVE_INFINITY) * DAY_MS;
  if (windows.now.endEpochMs < kept) {
    throw new AppError(
      'invalid_input',
      `Log group ${inlineName(group.name)} keeps ${group.retentionDays} days, so nothing is left from before ${formatTime(kept)} → choose a later start_time and end_time.`,
    );
  }
  const start = windows.before.startEpochMs;
  if (start < kept) return `the log group keeps ${group.retentionDays} days, and the window before is older than that`;
  const created = group.createdEpochMs ?? 0;
  return start < created ? `the log group was only created at ${formatTime(created)}` : undefined;
}

/** Nothing older can be read; -Infinity where that is not known. */
export function keptSince(group: LogGroup | undefined, nowEpochMs: number): number {
  if (group === undefined) return Number.NEGATIVE_INFINITY;
  const kept = nowEpochMs - (group.retentionDays ?? Number.POSITIVE_INFINITY) * DAY_MS;
  return Math.max(kept, group.createdEpochMs ?? Number.NEGATIVE_INFINITY);
}

/** Classes without the `pattern` command (User Guide, log classes); undefined where the class is not known. */
export function hasPatternCommand(group: LogGroup | undefined): boolean | undefined {
  return group === undefined ? undefined : group.logGroupClass === undefined || group.logGroupClass === 'STANDARD';
}
