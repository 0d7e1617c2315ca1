/** How many alarms changed in an account and region: where to look. */
import type { Target } from '../../../aws/ports/targets.ts';
import { readStateChange } from '../../../domain/alarms/alarm-history.ts';
import type { TimeRange } from '../../../domain/time.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';

/** One page of 100 tells a busy place from a quiet one. */
const MAX_ITEMS = 100;

export async function countAlarmChanges(context: ToolContext, target: Target, range: TimeRange): Promise<number> {
  const history = context.aws(target).alarms.describeHistory({ ...range, type: 'StateUpdate' }, context.signal);
  const { items } = await collectPages(history, { maxItems: MAX_ITEMS, maxPages: 1, hasTime: context.hasTime });
  return items.filter((item) => readStateChange(item) !== undefined).length;
}
