import type { AnyAlarm } from '../../data/alarms/alarm-record.ts';
import type { Transition } from '../../data/alarms/transition.ts';

export interface GivenScene {
  readonly anchorEpochMs: number;
  readonly createdEpochMs: number;
  warn(message: string): void;
}

/**
 * The changes of an alarm with the state that its scenario gives for the anchor: the last change before it is the given
 * one. What the metrics say of the time after the anchor goes on from there.
 */
export function applyGivenState(
  config: AnyAlarm,
  derived: readonly Transition[],
  scene: GivenScene,
): readonly Transition[] {
  const { StateValue: given } = config;
  if (given === undefined) return derived;
  const { anchorEpochMs } = scene;
  const givenEpochMs = (config.StateTransitionedTimestamp ?? config.StateUpdatedTimestamp)?.getTime();
  const isDueLater = givenEpochMs !== undefined && givenEpochMs > anchorEpochMs;
  const before = derived.filter(({ epochMs }) => epochMs <= (isDueLater ? givenEpochMs : anchorEpochMs));
  const last = before.at(-1);
  if (last !== undefined && last.to !== given) {
    scene.warn(`Alarm ${config.AlarmName}: its metrics give ${last.to}, ${given} is given and served.`);
  }
  const kept = last?.to === given ? before.slice(0, -1) : before;
  const earliestEpochMs = kept.at(-1)?.epochMs ?? scene.createdEpochMs;
  const epochMs = Math.max(givenEpochMs ?? last?.epochMs ?? scene.createdEpochMs, earliestEpochMs);
  const change: Transition = {
    epochMs,
    from: kept.at(-1)?.to ?? 'INSUFFICIENT_DATA',
    to: given,
    reason: config.StateReason ?? last?.reason ?? 'Unchecked: Initial alarm creation',
    reasonData: config.StateReasonData ?? (last?.to === given ? last.reasonData : undefined),
  };
  const after = derived.filter((transition) => transition.epochMs > Math.max(epochMs, anchorEpochMs));
  return [...kept, change, ...continueFrom(after, given)];
}

/** Later changes begin from the given state; one into it is none. */
function continueFrom(after: readonly Transition[], state: Transition['to']): readonly Transition[] {
  const [first, ...rest] = after;
  if (first === undefined) return [];
  return first.to === state ? rest : [{ ...first, from: state }, ...rest];
}
