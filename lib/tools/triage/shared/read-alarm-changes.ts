/** What all alarms of a place did around a time. */
import { type Alarm, firstMetric, isAutoScalingAlarm } from '../../../domain/alarms/alarm.ts';
import {
  type AlarmHistoryItem,
  describeHistoryItem,
  readStateChange,
  type StateChange,
} from '../../../domain/alarms/alarm-history.ts';
import { queriesOf } from '../../../domain/alarms/alarm-queries.ts';
import { inOrder } from '../../../domain/alarms/order-changes.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import type { Change } from '../../../domain/investigation/finding.ts';
import type { MetricName } from '../../../domain/investigation/resource.ts';
import { formatTime, MINUTE_MS, type TimeRange } from '../../../domain/time.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';
import { findAlarms } from '../../alarms/shared/find-alarm.ts';
import { part, type Session } from './session.ts';

/** DescribeAlarmHistory gives so many entries a page. */
const PAGE = 100;
/** Alarms whose metrics are looked up: one call of DescribeAlarms. */
const MAX_DESCRIBED = 100;

export interface AlarmChanges {
  /** Oldest first. */
  readonly changes: readonly StateChange[];
  readonly edits: readonly AlarmHistoryItem[];
}

/** Changes come newest first: thousands that followed must not hide what led to it. */
const AFTER_MS = 2 * MINUTE_MS;
const MAX_PAGES_AFTER = 2;

/**
 * @param atEpochMs what came before it is read first
 * @param maxPages of changes of state; edits are read from one page
 */
export async function readAlarmChanges(
  session: Session,
  range: TimeRange,
  atEpochMs: number,
  maxPages: number,
): Promise<AlarmChanges> {
  const middleEpochMs = Math.min(range.endEpochMs, atEpochMs + AFTER_MS);
  const pagesBefore = Math.max(1, maxPages - MAX_PAGES_AFTER);
  const [before, after, edits] = await Promise.all([
    readChanges(session, 'other alarms', { ...range, endEpochMs: middleEpochMs }, pagesBefore),
    readChanges(session, 'other alarms since', { ...range, startEpochMs: middleEpochMs + 1 }, maxPages - pagesBefore),
    part(
      session,
      'edits of alarms',
      collectPages(session.aws.alarms.describeHistory({ ...range, type: 'ConfigurationUpdate' }, session.signal), {
        maxItems: PAGE,
        maxPages: 1,
        hasTime: session.hasTime,
      }),
    ),
  ]);
  return { changes: inOrder([...before, ...after]), edits: edits?.items ?? [] };
}

async function readChanges(
  session: Session,
  name: string,
  range: TimeRange,
  maxPages: number,
): Promise<readonly StateChange[]> {
  if (range.endEpochMs <= range.startEpochMs || maxPages < 1) return [];
  const found = await part(
    session,
    name,
    collectPages(session.aws.alarms.describeHistory({ ...range, type: 'StateUpdate' }, session.signal), {
      maxItems: maxPages * PAGE,
      maxPages,
      hasTime: session.hasTime,
    }),
  );
  if (found?.isComplete === false)
    session.notLookedAt.push(
      `other alarms: of their changes from ${formatTime(range.startEpochMs)} to ${formatTime(range.endEpochMs)} only the newest ${found.items.length}`,
    );
  return (await mapInSlices(found?.items ?? [], readStateChange)).flatMap((change) => change ?? []);
}

/** The alarms behind changes, those of the nearest first. */
export async function describeChanged(
  session: Session,
  changes: readonly StateChange[],
  nearEpochMs: number,
): Promise<readonly Alarm[]> {
  const near = [...changes].sort((a, b) => Math.abs(a.epochMs - nearEpochMs) - Math.abs(b.epochMs - nearEpochMs));
  const names = [...new Set(near.map(({ alarmName }) => alarmName))].filter((name) => !isAutoScalingAlarm(name));
  if (names.length === 0) return [];
  return (
    (await part(
      session,
      'what other alarms watch',
      findAlarms(session.aws.alarms, names.slice(0, MAX_DESCRIBED), session.signal),
    )) ?? []
  );
}

/** All metrics that an alarm watches. */
export function metricsOf(alarm: Alarm): readonly MetricName[] {
  const queries = queriesOf(alarm)?.queries ?? [];
  const found = queries.flatMap(({ metric }) => (metric === undefined ? [] : [metric]));
  const first = firstMetric(alarm.watch);
  return found.length === 0 && first !== undefined ? [first] : found;
}

/** Of each alarm the first change, and edits; the alarm itself left out. */
export function toAlarmChanges({ changes, edits }: AlarmChanges, except: string | undefined): readonly Change[] {
  const byAlarm = Map.groupBy(changes, ({ alarmName }) => alarmName);
  byAlarm.delete(except ?? '');
  const states = [...byAlarm].flatMap(([name, own]): Change[] => {
    const first = own.find(({ to }) => to === 'ALARM') ?? own[0];
    if (first === undefined) return [];
    const last = own.at(-1);
    const more = own.length > 2 ? `, ${own.length} changes, now ${last?.to ?? first.to}` : '';
    return [
      {
        atEpochMs: first.epochMs,
        kind: 'alarm',
        subject: name,
        before: first.from ?? '',
        after: `${first.to}${more}`,
        score: first.to === 'ALARM' ? 0.4 : 0.2,
        evidence: 'get_alarm_history',
      },
    ];
  });
  const edited = edits.map(
    (item): Change => ({
      atEpochMs: item.epochMs,
      kind: 'config_change',
      subject: `alarm ${item.alarmName}`,
      before: '',
      after: describeHistoryItem(item),
      score: item.alarmName === except ? 0.6 : 0.3,
      evidence: 'get_alarm_history',
    }),
  );
  return [...states, ...edited];
}
