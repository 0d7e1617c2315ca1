/** The alarm itself: what it watches, what it did in the last month, who is told. */
import type { Target } from '../../../aws/ports/targets.ts';
import type { Alarm } from '../../../domain/alarms/alarm.ts';
import { alarmNameOf, stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { type AlarmHistoryItem, readStateChange, type StateChange } from '../../../domain/alarms/alarm-history.ts';
import { inOrder } from '../../../domain/alarms/order-changes.ts';
import { DAY_MS, MINUTE_MS } from '../../../domain/time.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';
import { findAlarms, unknownAlarm } from '../../alarms/shared/find-alarm.ts';
import { findFiringBelow } from '../../alarms/shared/read-components.ts';
import { part, type Session } from '../shared/session.ts';

export interface AlarmFacts {
  readonly alarm: Alarm;
  /** The alarm whose series is judged: itself, or of a composite one the first that made it fire. */
  readonly watched: Alarm;
  /** Others below a composite alarm that fired. */
  readonly others: readonly Alarm[];
  /** Of 30 days, oldest first. */
  readonly changes: readonly StateChange[];
  readonly items: readonly AlarmHistoryItem[];
  /** False where its history could not be read: then nothing is known of what it did. */
  readonly isHistoryKnown: boolean;
  readonly parents: readonly string[];
  /** Names of the rules that mute it now. */
  readonly mutedBy: readonly string[];
  /** The change that is investigated. */
  readonly atEpochMs: number;
}

/** CloudWatch keeps an alarm's history for 30 days. */
const HISTORY_MS = 30 * DAY_MS;
const MAX_PAGES = 3;
const PAGE = 100;
/** A time that is given means the change into ALARM near it. */
const NEAR_MS = 30 * MINUTE_MS;

export async function readAlarm(
  session: Session,
  nameOrArn: string,
  target: Target,
  askedEpochMs: number | undefined,
): Promise<AlarmFacts> {
  const { context, aws, signal } = session;
  const name = alarmNameOf(nameOrArn);
  const [alarm] = await findAlarms(aws.alarms, [name], signal);
  if (alarm === undefined) throw await unknownAlarm(context, name, target);
  const range = { startEpochMs: context.nowEpochMs - HISTORY_MS, endEpochMs: context.nowEpochMs };
  const limits = { maxItems: MAX_PAGES * PAGE, maxPages: MAX_PAGES, hasTime: session.hasTime };
  const [history, parents, rules] = await Promise.all([
    part(
      session,
      'its own history',
      collectPages(aws.alarms.describeHistory({ alarmName: name, ...range }, signal), limits),
    ),
    part(session, 'composite alarms above it', aws.alarms.listParents(name, signal)),
    part(session, 'mute rules', aws.alarms.listMutingRules(name, signal)),
  ]);
  const items = history?.items ?? [];
  const changes = inOrder(
    items.filter(({ type }) => type === 'StateUpdate').flatMap((item) => readStateChange(item) ?? []),
  );
  const change = chooseChange(changes, askedEpochMs);
  const atEpochMs = chooseTime(alarm, change, askedEpochMs, context.nowEpochMs);
  const below = await readBelow(session, alarm, change);
  return {
    alarm,
    watched: below[0] ?? alarm,
    others: below.slice(1),
    changes,
    items,
    isHistoryKnown: history !== undefined,
    parents: (parents ?? []).map((parent) => parent.name),
    mutedBy: rules ?? [],
    atEpochMs: Math.min(atEpochMs, context.nowEpochMs),
  };
}

/** The time that is given, else of the change into ALARM, else of another fresh change, else now: what was quiet for long is asked about now. */
function chooseTime(
  alarm: Alarm,
  change: StateChange | undefined,
  askedEpochMs: number | undefined,
  nowEpochMs: number,
): number {
  if (askedEpochMs !== undefined) return change?.epochMs ?? askedEpochMs;
  const sinceEpochMs = stateSinceEpochMs(alarm);
  if (alarm.state === 'ALARM' && sinceEpochMs > 0) return sinceEpochMs;
  const lastEpochMs = change?.epochMs ?? sinceEpochMs;
  return change?.to === 'ALARM' || lastEpochMs > nowEpochMs - DAY_MS ? lastEpochMs : nowEpochMs;
}

/** The last change into ALARM, else the last one; near a time that is given. */
function chooseChange(changes: readonly StateChange[], nearEpochMs: number | undefined): StateChange | undefined {
  const firing = changes.filter(({ to }) => to === 'ALARM');
  if (nearEpochMs === undefined) return firing.at(-1) ?? changes.at(-1);
  return firing
    .filter(({ epochMs }) => Math.abs(epochMs - nearEpochMs) <= NEAR_MS)
    .sort((a, b) => Math.abs(a.epochMs - nearEpochMs) - Math.abs(b.epochMs - nearEpochMs))[0];
}

async function readBelow(session: Session, alarm: Alarm, change: StateChange | undefined): Promise<readonly Alarm[]> {
  if (alarm.kind !== 'composite') return [];
  const triggers = (change?.reasonData.triggeringAlarms ?? []).map(alarmNameOf);
  const found = await part(
    session,
    'alarms below it',
    findFiringBelow(session.aws.alarms, alarm, triggers, session.signal),
  );
  return [...(found ?? [])].sort((a, b) => stateSinceEpochMs(a) - stateSinceEpochMs(b));
}
