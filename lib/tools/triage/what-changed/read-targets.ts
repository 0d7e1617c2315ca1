/** How many alarms changed in an account and region: where to look. */
import type { Target } from '../../../aws/ports/targets.ts';
import { readStateChange } from '../../../domain/alarms/alarm-history.ts';
import type { TimeRange } from '../../../domain/time.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';

/** One page of 100 tells a busy place from a quiet one. */
const MAX_ITEMS = 100;

export interface CountQuery {
  readonly range: TimeRange;
  /** Of several targets, those without alarms are asked nothing more. */
  readonly isOneOfMany: boolean;
}

/** DescribeAlarms takes nine calls a second, DescribeAlarmHistory three: it is asked only where there is an alarm. */
export async function countAlarmChanges(
  { aws, signal, hasTime }: ToolContext,
  target: Target,
  { range, isOneOfMany }: CountQuery,
): Promise<number> {
  const { alarms } = aws(target);
  if (isOneOfMany) {
    const any = alarms.describeAlarms({ pageSize: 1 }, signal);
    const { items } = await collectPages(any, { maxItems: 1, maxPages: 1, hasTime });
    if (items.length === 0) return 0;
  }
  const history = alarms.describeHistory({ ...range, type: 'StateUpdate' }, signal);
  const { items } = await collectPages(history, { maxItems: MAX_ITEMS, maxPages: 1, hasTime });
  return items.filter((item) => readStateChange(item) !== undefined).length;
}
