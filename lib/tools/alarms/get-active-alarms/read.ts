/** Gathers what fires in one account and region, with what only further calls tell: children of composites, muting. */
import type { AlarmsPort, MuteRule } from '../../../aws/ports/alarms.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { type Alarm, isAutoScalingAlarm, stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { type AlarmGroup, groupAlarms } from '../../../domain/alarms/alarm-tree.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../shared/collect-pages.ts';

/** 50 pages; DescribeAlarms allows 9 calls a second (CloudWatch quotas). */
const MAX_ALARMS = 5_000;
/** Composite alarms whose children are asked for, the newest first; one call each. */
const MAX_COMPOSITES = 50;
const CHILDREN_CONCURRENCY = 5;

/** An alarm and its place among the others. */
export interface ListedAlarm {
  readonly target: Target;
  readonly alarm: Alarm;
  readonly depth: number;
  readonly parents: readonly string[];
  /** The rules that mute its actions now. */
  readonly mutedBy: readonly MuteRule[];
  /** Children that fire but are not rows of the answer. */
  readonly unlistedChildren: readonly string[];
}

export interface ActiveAlarmsQuery {
  readonly namePrefix?: string | undefined;
  readonly hasInsufficientData: boolean;
  readonly hasAutoScaling: boolean;
}

export interface ActiveAlarms {
  readonly target: Target;
  /** Alarms in ALARM, newest group first. */
  readonly firing: readonly AlarmGroup[];
  /** Alarms without enough data, newest first. */
  readonly insufficient: readonly AlarmGroup[];
  readonly hiddenAutoScaling: number;
  /** The rules that mute an alarm now, by its name. */
  readonly mutedBy: ReadonlyMap<string, readonly MuteRule[]>;
  /** By composite alarm: children that fire but are not in the list, e.g. because of the prefix. */
  readonly unlistedChildren: ReadonlyMap<string, readonly string[]>;
  /** False when there are more alarms than were read. */
  readonly isComplete: boolean;
  readonly warnings: readonly string[];
}

export async function gatherActiveAlarms(
  context: ToolContext,
  target: Target,
  query: ActiveAlarmsQuery,
): Promise<ActiveAlarms> {
  const port = context.aws(target).alarms;
  const where = `${target.account}/${target.region}`;
  const limits = { maxItems: MAX_ALARMS, hasTime: context.hasTime };
  const list = (state: 'ALARM' | 'INSUFFICIENT_DATA') =>
    collectPages(port.describeAlarms({ state, namePrefix: query.namePrefix }, context.signal), limits);
  const [inAlarm, withoutData] = await Promise.all([
    list('ALARM'),
    query.hasInsufficientData ? list('INSUFFICIENT_DATA') : { items: [], isComplete: true },
  ]);
  const isShown = ({ name }: Alarm): boolean => query.hasAutoScaling || !isAutoScalingAlarm(name);
  const firing = inAlarm.items.filter(isShown);
  const insufficient = withoutData.items.filter(isShown);
  const [children, mute] = await Promise.all([
    listChildren(port, firing, context),
    firing.length + insufficient.length === 0
      ? { value: [] }
      : attempt(context.signal, port.listMuteRules(['active'], context.signal)),
  ]);
  const isComplete = inAlarm.isComplete && withoutData.isComplete;
  const listed = new Set(inAlarm.items.map(({ name }) => name));
  return {
    target,
    firing: groupAlarms(
      firing,
      new Map([...children.found].map(([name, list]) => [name, list.map((child) => child.name)])),
    ),
    insufficient: groupAlarms(insufficient, new Map()),
    hiddenAutoScaling: inAlarm.items.length + withoutData.items.length - firing.length - insufficient.length,
    mutedBy: indexMuteRules('value' in mute ? mute.value : []),
    unlistedChildren: new Map(
      [...children.found].map(([name, list]) => [
        name,
        list.filter((child) => child.state === 'ALARM' && !listed.has(child.name)).map((child) => child.name),
      ]),
    ),
    isComplete,
    warnings: [
      ...(isComplete
        ? []
        : [
            `${where} has more alarms than could be read (${inAlarm.items.length + withoutData.items.length}): counts and order cover only those; narrow with name_prefix.`,
          ]),
      ...('error' in mute ? [`${where}: which alarms are muted is not known: ${mute.error.publicMessage}`] : []),
      ...children.warnings.map((warning) => `${where}: ${warning}`),
    ],
  };
}

function indexMuteRules(rules: readonly MuteRule[]): ReadonlyMap<string, readonly MuteRule[]> {
  const byAlarm = new Map<string, MuteRule[]>();
  for (const rule of rules) {
    for (const name of new Set(rule.alarmNames)) {
      const known = byAlarm.get(name);
      if (known === undefined) byAlarm.set(name, [rule]);
      else known.push(rule);
    }
  }
  return byAlarm;
}

type Children = Awaited<ReturnType<AlarmsPort['listChildren']>>;

async function listChildren(
  port: AlarmsPort,
  firing: readonly Alarm[],
  context: ToolContext,
): Promise<{ found: ReadonlyMap<string, Children>; warnings: readonly string[] }> {
  const composites = firing
    .filter(({ kind }) => kind === 'composite')
    .sort((a, b) => stateSinceEpochMs(b) - stateSinceEpochMs(a));
  const asked = composites.slice(0, MAX_COMPOSITES);
  const found = new Map<string, Children>();
  const warnings: string[] = [];
  if (composites.length > asked.length)
    warnings.push(`children are shown for the newest ${MAX_COMPOSITES} of ${composites.length} composite alarms.`);
  await inParallel(asked, CHILDREN_CONCURRENCY, async ({ name }) => {
    const result = await attempt(context.signal, port.listChildren(name, context.signal));
    if ('value' in result) found.set(name, result.value);
    else warnings.push(`the children of ${inlineName(name)} are not known: ${result.error.publicMessage}`);
  });
  return { found, warnings };
}

/** The groups of all targets in one order: the newest change first. */
export function toRows(found: readonly ActiveAlarms[], part: 'firing' | 'insufficient'): readonly ListedAlarm[] {
  return found
    .flatMap((value) => value[part].map((group) => ({ group, value })))
    .sort((a, b) => b.group.newestEpochMs - a.group.newestEpochMs)
    .flatMap(({ group, value }) => toGroupRows(group, value));
}

function toGroupRows(group: AlarmGroup, { target, mutedBy, unlistedChildren }: ActiveAlarms): ListedAlarm[] {
  return group.rows.map((row) => ({
    ...row,
    target,
    mutedBy: mutedBy.get(row.alarm.name) ?? [],
    unlistedChildren: unlistedChildren.get(row.alarm.name) ?? [],
  }));
}
