import type { CompositeAlarm } from '@aws-sdk/client-cloudwatch';
import { type AlarmRecord, toAlarmArn } from './alarm-record.ts';
import { type ChildAlarm, evaluateComposite } from './composite-evaluation.ts';
import { planActions, planSuppressedActions, type SuppressorSettings, suppressionAt } from './suppression.ts';
import type { Transition } from './transition.ts';

export interface CompositePlace {
  readonly account: string;
  readonly region: string;
}

/**
 * A composite alarm over alarms that are evaluated already.
 * @param amend what is written down about its changes has the last word
 */
export function recordComposite(
  place: CompositePlace,
  config: CompositeAlarm,
  createdEpochMs: number,
  children: ReadonlyMap<string, ChildAlarm>,
  amend: (derived: readonly Transition[]) => readonly Transition[] = (derived) => derived,
): AlarmRecord<CompositeAlarm> {
  const name = config.AlarmName ?? '';
  const transitions = amend(evaluateComposite(config.AlarmRule ?? 'FALSE', children, createdEpochMs));
  const record = {
    kind: 'CompositeAlarm',
    config,
    name,
    arn: config.AlarmArn ?? toAlarmArn(place, name),
    createdEpochMs,
    transitions,
  } as const;
  const suppressor = findSuppressor(config, children);
  if (suppressor === undefined) return { ...record, actions: planActions(transitions) };
  return {
    ...record,
    config: { ...config, ActionsSuppressor: suppressor.arn },
    actions: planSuppressedActions(transitions, suppressor),
    suppressionAt: (nowEpochMs) => suppressionAt(nowEpochMs, transitions, suppressor),
  };
}

function findSuppressor(
  config: CompositeAlarm,
  children: ReadonlyMap<string, ChildAlarm>,
): SuppressorSettings | undefined {
  const { ActionsSuppressor: nameOrArn } = config;
  const child = nameOrArn === undefined ? undefined : children.get(nameOrArn.replace(/^arn:.*?:alarm:/, ''));
  return (
    child && {
      arn: child.arn,
      transitions: child.transitions,
      waitMs: (config.ActionsSuppressorWaitPeriod ?? 0) * 1_000,
      extensionMs: (config.ActionsSuppressorExtensionPeriod ?? 0) * 1_000,
    }
  );
}
