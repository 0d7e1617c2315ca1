/** Goes through the log groups of one account and region, as far as bound, time and the service let it. */
import type { LogGroup, LogGroupFilter, LogGroupPlace } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import type { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';

export interface GroupWalk {
  readonly filter: LogGroupFilter;
  readonly place: LogGroupPlace;
  /** Sizes are wanted. */
  readonly hasDetails: boolean;
  /** Most log groups. */
  readonly max: number;
}

export interface WalkedGroups {
  /** By name. */
  readonly groups: readonly LogGroup[];
  /**
   * - `whole`: these are all
   * - `bound`: there are more than `max`
   * - `time`: the time was over first
   * - `failure`: CloudWatch failed in the middle, or the list has no end
   */
  readonly end: 'whole' | 'bound' | 'time' | 'failure';
  readonly error?: AppError;
}

/** @throws AppError when not even the first page can be had, or a later one is refused for good */
export async function walkGroups(target: Target, walk: GroupWalk, context: ToolContext): Promise<WalkedGroups> {
  const { filter, place, hasDetails, max } = walk;
  const groups: LogGroup[] = [];
  const list = context.aws(target).logs.walkLogGroups(filter, place, hasDetails, context.signal);
  for (let pages = 0; ; pages += 1) {
    const next = await attempt(context.signal, list.next());
    if ('error' in next) {
      if (pages === 0 || !next.error.isRetryable) throw next.error;
      return { groups, end: 'failure', error: next.error };
    }
    if (next.value.done === true) return { groups, end: next.value.value ? 'whole' : 'failure' };
    for (const group of next.value.value) groups.push(group);
    if (groups.length > max) return { groups: groups.slice(0, max), end: 'bound' };
    if (!context.hasTime()) return { groups, end: 'time' };
  }
}
