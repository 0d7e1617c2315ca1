/**
 * When the actions of an alarm are executed (User Guide, "Suppressing composite alarm actions"): at once, unless its
 * suppressor is in ALARM. The wait period gives the suppressor time to follow, the extension period the alarm time to
 * recover after its suppressor has.
 */
import type { CompositeAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import type { Transition } from './transition.ts';

export interface Suppression {
  readonly by: NonNullable<CompositeAlarm['ActionsSuppressedBy']>;
  readonly reason: string;
}

/** What becomes of the actions that a change of state sets off. */
export interface PlannedAction {
  readonly transition: Transition;
  /** Execution, or the instant at which it was clear that there will be none. */
  readonly epochMs: number;
  /** Why they are not executed; undefined = they are. */
  readonly suppression?: Suppression;
}

export interface SuppressorSettings {
  readonly arn: string;
  readonly transitions: readonly Transition[];
  readonly waitMs: number;
  readonly extensionMs: number;
}

/** The actions of an alarm without a suppressor. */
export function planActions(transitions: readonly Transition[]): readonly PlannedAction[] {
  return transitions.map((transition) => ({ transition, epochMs: transition.epochMs }));
}

/** The actions of an alarm with one. */
export function planSuppressedActions(
  transitions: readonly Transition[],
  suppressor: SuppressorSettings,
): readonly PlannedAction[] {
  return transitions.map((transition, index) => {
    const leavesEpochMs = transitions[index + 1]?.epochMs ?? Number.POSITIVE_INFINITY;
    return { transition, ...planOne(transition.to, transition.epochMs, leavesEpochMs, suppressor) };
  });
}

/** Why actions are held back at an instant. */
export function suppressionAt(
  nowEpochMs: number,
  transitions: readonly Transition[],
  suppressor: SuppressorSettings,
): Suppression | undefined {
  const spans = alarmSpans(suppressor.transitions);
  if (spans.some(({ from, to }) => from <= nowEpochMs && nowEpochMs < to)) return explain('Alarm', suppressor);
  const isExtended = spans.some(({ to }) => to <= nowEpochMs && nowEpochMs < to + suppressor.extensionMs);
  if (isExtended) return explain('ExtensionPeriod', suppressor);
  const last = transitions.findLast(({ epochMs }) => epochMs <= nowEpochMs);
  const isWaiting = last?.to === 'ALARM' && nowEpochMs < last.epochMs + suppressor.waitMs;
  return isWaiting ? explain('WaitPeriod', suppressor) : undefined;
}

function planOne(
  state: StateValue,
  epochMs: number,
  leavesEpochMs: number,
  suppressor: SuppressorSettings,
): Omit<PlannedAction, 'transition'> {
  const spans = alarmSpans(suppressor.transitions);
  const { waitMs, extensionMs } = suppressor;
  const waits = state === 'ALARM' ? waitMs : 0;
  const holding = spans.find(({ from, to }) => from <= epochMs + waits && epochMs < to + extensionMs);
  if (holding === undefined) {
    if (waits > 0 && leavesEpochMs <= epochMs + waits) {
      return { epochMs: leavesEpochMs, suppression: explain('WaitPeriod', suppressor) };
    }
    return { epochMs: epochMs + waits };
  }
  const by = epochMs < holding.to ? 'Alarm' : 'ExtensionPeriod';
  const releasedEpochMs = holding.to + extensionMs;
  const isHeldAgain = spans.some(({ from }) => from > holding.from && from <= releasedEpochMs);
  if (
    state !== 'ALARM' ||
    leavesEpochMs <= releasedEpochMs ||
    isHeldAgain ||
    releasedEpochMs === Number.POSITIVE_INFINITY
  ) {
    return { epochMs: Math.max(epochMs, holding.from), suppression: explain(by, suppressor) };
  }
  return { epochMs: releasedEpochMs };
}

/** The stretches of time in ALARM. */
function alarmSpans(transitions: readonly Transition[]): readonly { readonly from: number; readonly to: number }[] {
  return transitions.flatMap(({ epochMs, to }, index) =>
    to === 'ALARM' ? [{ from: epochMs, to: transitions[index + 1]?.epochMs ?? Number.POSITIVE_INFINITY }] : [],
  );
}

function explain(by: Suppression['by'], { arn }: SuppressorSettings): Suppression {
  const why = { Alarm: '', WaitPeriod: ' (wait period)', ExtensionPeriod: ' (extension period)' }[by];
  return { by, reason: `Actions suppressed by ${arn}${why}` };
}
