import type { AlarmHistoryItem, CompositeAlarm, LogAlarm, MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import type { PlannedAction, Suppression } from './suppression.ts';
import type { Transition } from './transition.ts';

export type AnyAlarm = MetricAlarm | CompositeAlarm | LogAlarm;
export type AlarmKind = 'MetricAlarm' | 'CompositeAlarm' | 'LogAlarm';

/** An alarm over all of its time: what was configured, and what follows from the metrics. */
export interface AlarmRecord<Alarm extends AnyAlarm = AnyAlarm> {
  readonly kind: AlarmKind;
  readonly config: Alarm;
  readonly name: string;
  readonly arn: string;
  readonly createdEpochMs: number;
  /** Oldest first; those of the time to come too. */
  readonly transitions: readonly Transition[];
  readonly actions: readonly PlannedAction[];
  /** Why its actions are held back at an instant; undefined = they are not. */
  readonly suppressionAt?: (nowEpochMs: number) => Suppression | undefined;
  /** Written down: replaces what would follow from the transitions. */
  readonly givenHistory?: readonly AlarmHistoryItem[];
}

/** ARN of an alarm, which follows from its name and place. */
export function toAlarmArn(place: { readonly account: string; readonly region: string }, name: string): string {
  return `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:${name}`;
}

/** The last change at or before an instant; undefined = still in its first state. */
function lastTransition(record: AlarmRecord, nowEpochMs: number): Transition | undefined {
  return record.transitions.findLast(({ epochMs }) => epochMs <= nowEpochMs);
}

/** The state that an alarm is in at an instant. */
function stateAt(record: Pick<AlarmRecord, 'transitions'>, nowEpochMs: number): StateValue {
  const { transitions } = record;
  const last = transitions.findLast(({ epochMs }) => epochMs <= nowEpochMs);
  return last?.to ?? transitions[0]?.from ?? 'INSUFFICIENT_DATA';
}

/** The alarm as DescribeAlarms gives it at an instant. */
export function describeAlarm<Alarm extends AnyAlarm>(record: AlarmRecord<Alarm>, nowEpochMs: number): Alarm {
  const last = lastTransition(record, nowEpochMs);
  const suppression = record.suppressionAt?.(nowEpochMs);
  const changed = new Date(last?.epochMs ?? record.createdEpochMs);
  return {
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    ...record.config,
    AlarmArn: record.arn,
    AlarmConfigurationUpdatedTimestamp: new Date(record.createdEpochMs),
    ActionsEnabled: record.config.ActionsEnabled ?? true,
    StateValue: stateAt(record, nowEpochMs),
    StateReason: last?.reason ?? 'Unchecked: Initial alarm creation',
    ...(last?.reasonData !== undefined && { StateReasonData: last.reasonData }),
    StateUpdatedTimestamp: changed,
    StateTransitionedTimestamp: changed,
    ...(suppression !== undefined && {
      ActionsSuppressedBy: suppression.by,
      ActionsSuppressedReason: suppression.reason,
    }),
  };
}
