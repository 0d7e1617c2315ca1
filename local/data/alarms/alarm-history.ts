import type { AlarmHistoryItem, StateValue } from '@aws-sdk/client-cloudwatch';
import type { AlarmRecord } from './alarm-record.ts';
import { formatDataTime } from './state-reason.ts';
import type { PlannedAction } from './suppression.ts';
import type { Transition } from './transition.ts';

const NOT_ENABLED = 'Actions are disabled';
/** An action is executed some milliseconds after the change. */
const ACTION_DELAY_MS = 40;

/** The history of an alarm, in no order: its creation, its changes and the actions that they set off. Data is made when asked for. */
export function buildHistory(record: AlarmRecord): readonly AlarmHistoryItem[] {
  if (record.givenHistory !== undefined) return record.givenHistory;
  const { transitions } = record;
  return [
    describeCreation(record),
    ...transitions.map((transition, index) => describeStateUpdate(record, transition, transitions[index - 1])),
    ...record.actions.flatMap((planned) => describeActions(record, planned)),
  ];
}

function describeCreation(record: AlarmRecord): AlarmHistoryItem {
  return {
    ...identify(record, record.createdEpochMs),
    HistoryItemType: 'ConfigurationUpdate',
    HistorySummary: `Alarm "${record.name}" created`,
    HistoryData: JSON.stringify({
      version: '1.0',
      type: 'Create',
      createdAlarm: {
        alarmName: record.name,
        alarmArn: record.arn,
        actionsEnabled: record.config.ActionsEnabled ?? true,
      },
    }),
  };
}

function describeStateUpdate(record: AlarmRecord, transition: Transition, before?: Transition): AlarmHistoryItem {
  return {
    ...identify(record, transition.epochMs),
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from ${transition.from} to ${transition.to}`,
    get HistoryData() {
      return JSON.stringify({
        version: '1.0',
        oldState: describeState(
          transition.from,
          before?.reason ?? 'Unchecked: Initial alarm creation',
          before?.reasonData,
        ),
        newState: describeState(transition.to, transition.reason, transition.reasonData),
      });
    },
  };
}

function describeState(stateValue: string, stateReason: string, reasonData: string | undefined): unknown {
  return { stateValue, stateReason, ...(reasonData !== undefined && { stateReasonData: parseData(reasonData) }) };
}

/** What a scenario gives as the data of a reason may be any text. */
function parseData(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describeActions(record: AlarmRecord, planned: PlannedAction): readonly AlarmHistoryItem[] {
  const { transition, suppression } = planned;
  const failure = record.config.ActionsEnabled === false ? NOT_ENABLED : suppression?.reason;
  return actionsOf(record, transition.to).map((action) => ({
    ...identify(record, planned.epochMs + ACTION_DELAY_MS),
    HistoryItemType: 'Action',
    HistorySummary:
      failure === undefined
        ? `Successfully executed action ${action}`
        : `Failed to execute action ${action}. ${failure}`,
    get HistoryData() {
      return JSON.stringify({
        actionState: failure === undefined ? 'Succeeded' : 'Failed',
        stateUpdateTimestamp: transition.epochMs,
        notificationResource: action,
        publishedMessage: failure === undefined ? publish(record, transition) : null,
        error: failure ?? null,
      });
    },
  }));
}

function actionsOf({ config }: AlarmRecord, state: StateValue): readonly string[] {
  if (state === 'ALARM') return config.AlarmActions ?? [];
  return (state === 'OK' ? config.OKActions : config.InsufficientDataActions) ?? [];
}

function publish(record: AlarmRecord, transition: Transition): string {
  return JSON.stringify({
    AlarmName: record.name,
    NewStateValue: transition.to,
    NewStateReason: transition.reason,
    StateChangeTime: formatDataTime(transition.epochMs),
    AlarmArn: record.arn,
    OldStateValue: transition.from,
  });
}

function identify(record: AlarmRecord, epochMs: number): AlarmHistoryItem {
  return { AlarmName: record.name, AlarmType: record.kind, Timestamp: new Date(epochMs) };
}
