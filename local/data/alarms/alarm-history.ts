import type { AlarmHistoryItem, AlarmType } from '@aws-sdk/client-cloudwatch';
import { formatDataTime } from './state-reason.ts';
import type { Transition } from './transition.ts';

/** History is kept for 30 days (API reference, DescribeAlarmHistory). */
const KEPT_MS = 30 * 86_400_000;

export interface HistoryInput {
  readonly alarmName: string;
  readonly alarmArn: string;
  readonly alarmType: AlarmType;
  readonly createdEpochMs: number;
  readonly anchorEpochMs: number;
  /** Oldest first. */
  readonly transitions: readonly Transition[];
  readonly actionsEnabled: boolean;
  readonly alarmActions: readonly string[];
  readonly okActions: readonly string[];
  /** Why actions are not executed although enabled (suppressor, mute rule). */
  readonly suppressedBecause?: string;
}

/** The history items of one alarm, newest first: its creation, its transitions and the actions they set off. */
export function buildHistory(input: HistoryInput): readonly AlarmHistoryItem[] {
  const { transitions } = input;
  const items = transitions.flatMap((transition, index) => [
    describeStateUpdate(input, transition, transitions[index - 1]),
    ...describeActions(input, transition),
  ]);
  return [describeCreation(input), ...items]
    .filter((item) => (item.Timestamp?.getTime() ?? 0) >= input.anchorEpochMs - KEPT_MS)
    .toSorted((left, right) => (right.Timestamp?.getTime() ?? 0) - (left.Timestamp?.getTime() ?? 0));
}

function describeCreation(input: HistoryInput): AlarmHistoryItem {
  return {
    ...identify(input, input.createdEpochMs),
    HistoryItemType: 'ConfigurationUpdate',
    HistorySummary: `Alarm "${input.alarmName}" created`,
    HistoryData: JSON.stringify({
      version: '1.0',
      type: 'Create',
      createdAlarm: { alarmName: input.alarmName, alarmArn: input.alarmArn, actionsEnabled: input.actionsEnabled },
    }),
  };
}

function describeStateUpdate(input: HistoryInput, transition: Transition, before?: Transition): AlarmHistoryItem {
  return {
    ...identify(input, transition.epochMs),
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from ${transition.from} to ${transition.to}`,
    HistoryData: JSON.stringify({
      version: '1.0',
      oldState: describeState(
        transition.from,
        before?.reason ?? 'Unchecked: Initial alarm creation',
        before?.reasonData,
      ),
      newState: describeState(transition.to, transition.reason, transition.reasonData),
    }),
  };
}

function describeState(stateValue: string, stateReason: string, reasonData: string | undefined): unknown {
  const stateReasonData: unknown = reasonData === undefined ? undefined : JSON.parse(reasonData);
  return { stateValue, stateReason, ...(stateReasonData === undefined ? {} : { stateReasonData }) };
}

function describeActions(input: HistoryInput, transition: Transition): readonly AlarmHistoryItem[] {
  const actions = transition.to === 'ALARM' ? input.alarmActions : transition.to === 'OK' ? input.okActions : [];
  const failure = input.actionsEnabled ? input.suppressedBecause : 'Actions are disabled';
  return actions.map((action) => ({
    ...identify(input, transition.epochMs + 40),
    HistoryItemType: 'Action',
    HistorySummary:
      failure === undefined
        ? `Successfully executed action ${action}`
        : `Failed to execute action ${action}. ${failure}`,
    HistoryData: JSON.stringify({
      actionState: failure === undefined ? 'Succeeded' : 'Failed',
      stateUpdateTimestamp: transition.epochMs,
      notificationResource: action,
      publishedMessage:
        failure === undefined
          ? JSON.stringify({
              AlarmName: input.alarmName,
              NewStateValue: transition.to,
              NewStateReason: transition.reason,
              StateChangeTime: formatDataTime(transition.epochMs),
              AlarmArn: input.alarmArn,
              OldStateValue: transition.from,
            })
          : null,
      error: failure ?? null,
    }),
  }));
}

function identify(input: HistoryInput, epochMs: number): AlarmHistoryItem {
  return { AlarmName: input.alarmName, AlarmType: input.alarmType, Timestamp: new Date(epochMs) };
}
