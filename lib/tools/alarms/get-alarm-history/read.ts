/** Reads what get_alarm_history needs: the alarm, its entries, and on request those of the alarms below it. */
import type { AlarmsPort } from '../../../aws/ports/alarms.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { type Alarm, alarmNameOf } from '../../../domain/alarms/alarm.ts';
import {
  type AlarmHistoryItem,
  type HistoryItemType,
  readStateChange,
  type StateChange,
} from '../../../domain/alarms/alarm-history.ts';
import { inOrder, isOldestFirst, newestFirst } from '../../../domain/alarms/order-changes.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { formatTime, type TimeRange } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { type Collected, collectPages } from '../shared/collect-pages.ts';
import { findAlarms, unknownAlarm } from '../shared/find-alarm.ts';
import { findFiringBelow, listComponents } from '../shared/read-components.ts';

/** Entries read per alarm: 20 pages. */
const MAX_ENTRIES = 2_000;
const MAX_COMPONENT_ENTRIES = 200;
const COMPONENT_CONCURRENCY = 5;

export interface HistoryRequest {
  readonly target: Target;
  readonly name: string;
  readonly range: TimeRange;
  /** `All` or one type. */
  readonly type: HistoryItemType | 'All';
  readonly hasComponents: boolean;
}

export interface AlarmHistory {
  /** Undefined: deleted since; the service keeps the history. */
  readonly alarm: Alarm | undefined;
  readonly components: readonly Alarm[];
  /** Of a composite alarm whose components were not asked for: those below it that made it fire. */
  readonly firingBelow: readonly Alarm[];
  /** What was asked for, of all alarms, newest first. */
  readonly entries: readonly AlarmHistoryItem[];
  /** Changes of state of the alarm itself, and of its components, newest first. */
  readonly changes: readonly StateChange[];
  readonly componentChanges: readonly StateChange[];
  /** The part of the range that `changes` cover. */
  readonly covered: TimeRange;
  /** False when there are more entries than were read. */
  readonly isComplete: boolean;
  readonly warnings: readonly string[];
}

/** @throws AppError `not_found` when there is neither alarm nor history */
export async function readHistory(context: ToolContext, request: HistoryRequest): Promise<AlarmHistory> {
  const { target, name, range } = request;
  const port = context.aws(target).alarms;
  const read = async (type: HistoryItemType | undefined, alarmName: string, maxItems: number) => {
    const limits = { maxItems, hasTime: context.hasTime };
    const found = await collectPages(port.describeHistory({ alarmName, type, ...range }, context.signal), limits);
    await mapInSlices(found.items, readStateChange);
    return found;
  };
  const type = request.type === 'All' ? undefined : request.type;
  const [[alarm], asked, states] = await Promise.all([
    findAlarms(port, [name], context.signal),
    read(type, name, MAX_ENTRIES),
    type === undefined || type === 'StateUpdate' ? undefined : read('StateUpdate', name, MAX_ENTRIES),
  ]);
  const own = states ?? asked;
  if (alarm === undefined && asked.items.length === 0 && own.items.length === 0)
    throw await unknownAlarm(context, name, target);
  const below =
    request.hasComponents && alarm?.kind === 'composite'
      ? await readComponents(port, alarm, context, (component) => read(type, component, MAX_COMPONENT_ENTRIES))
      : { alarms: [], entries: [], warnings: [] };
  const changes = toChanges(own.items);
  const firing =
    alarm?.kind === 'composite' && !request.hasComponents
      ? await attempt(context.signal, findFiringBelow(port, alarm, triggersOf(changes), context.signal))
      : { value: [] };
  return {
    alarm,
    components: below.alarms,
    firingBelow: 'value' in firing ? firing.value : [],
    entries: newestFirst([...newestFirst(asked.items), ...below.entries]),
    changes,
    componentChanges: toChanges(below.entries),
    covered: coveredBy(own, range),
    isComplete: asked.isComplete && own.isComplete,
    warnings: [
      ...[asked, ...(states === undefined ? [] : [states])]
        .filter(({ isComplete }) => !isComplete)
        .map(
          ({ items }) =>
            `There are more entries than could be read: they end at ${formatTime(items.at(-1)?.epochMs ?? range.endEpochMs)}; ask for a shorter range to see ${isOldestFirst(items) ? 'newer' : 'older'} ones.`,
        )
        .slice(0, 1),
      ...below.warnings,
      ...('error' in firing ? [`Which alarm below it fires is not known: ${firing.error.publicMessage}`] : []),
    ],
  };
}

/** Names of the alarms that the newest change into ALARM names as its cause. */
function triggersOf(changes: readonly StateChange[]): readonly string[] {
  const newest = changes.find(({ to }) => to === 'ALARM');
  return (newest?.reasonData.triggeringAlarms ?? []).map(alarmNameOf);
}

async function readComponents(
  port: AlarmsPort,
  composite: Alarm,
  context: ToolContext,
  read: (alarmName: string) => Promise<Collected<AlarmHistoryItem>>,
): Promise<{ alarms: readonly Alarm[]; entries: readonly AlarmHistoryItem[]; warnings: readonly string[] }> {
  const { alarms, warnings } = await listComponents(port, composite, context.signal);
  const entries: AlarmHistoryItem[] = [];
  const problems: string[] = [];
  let done = 0;
  await inParallel(alarms, COMPONENT_CONCURRENCY, async ({ name }) => {
    const result = await attempt(context.signal, read(name));
    if ('value' in result) {
      entries.push(...newestFirst(result.value.items));
      if (!result.value.isComplete)
        problems.push(`Of ${inlineName(name)} only the newest ${result.value.items.length} entries are included.`);
    } else problems.push(`The history of ${inlineName(name)} is not known: ${result.error.publicMessage}`);
    done += 1;
    context.reportProgress({ progress: done, total: alarms.length, message: 'component alarms read' });
  });
  return { alarms, entries, warnings: [...warnings, ...problems] };
}

/** A contributor's changes are not changes of the alarm. */
function toChanges(items: readonly AlarmHistoryItem[]): readonly StateChange[] {
  const changes = items.filter(({ type }) => type === 'StateUpdate').flatMap((item) => readStateChange(item) ?? []);
  const byAlarm = Map.groupBy(changes, ({ alarmName }) => alarmName);
  const newest = [...byAlarm.values()].flatMap((own) => inOrder(own).toReversed());
  return newest.sort((a, b) => b.epochMs - a.epochMs);
}

function coveredBy({ items, isComplete }: Collected<AlarmHistoryItem>, range: TimeRange): TimeRange {
  const last = items.at(-1)?.epochMs;
  if (isComplete || last === undefined) return range;
  return isOldestFirst(items)
    ? { ...range, endEpochMs: Math.min(last, range.endEpochMs) }
    : { ...range, startEpochMs: Math.max(last, range.startEpochMs) };
}
