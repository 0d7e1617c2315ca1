import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { AlarmRecord } from './alarm-record.ts';
import { isRuleTrue, listRuleAlarms, parseAlarmRule } from './alarm-rule.ts';
import { formatDataTime } from './state-reason.ts';
import type { Transition } from './transition.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** A composite alarm follows its children within about a second. */
const FOLLOW_MS = 1000;

/** What a composite alarm can see of another alarm. */
export type ChildAlarm = Pick<AlarmRecord, 'name' | 'arn' | 'transitions'>;

/** Replays a rule over the transitions of the alarms it names; oldest first. Unknown alarms count as no state. */
export function evaluateComposite(
  ruleText: string,
  children: ReadonlyMap<string, ChildAlarm>,
  startEpochMs: number,
): readonly Transition[] {
  const rule = parseAlarmRule(ruleText);
  const named = listRuleAlarms(rule).flatMap((name) => children.get(name) ?? []);
  const states = new Map<string, StateValue>(
    named.map((child) => [child.name, child.transitions[0]?.from ?? 'INSUFFICIENT_DATA']),
  );
  const events = named
    .flatMap((child) => child.transitions.map((transition) => ({ child, transition })))
    .toSorted((left, right) => left.transition.epochMs - right.transition.epochMs);
  const transitions: Transition[] = [];
  let state: StateValue = 'INSUFFICIENT_DATA';
  const apply = (epochMs: number, cause: { child: ChildAlarm; transition: Transition } | undefined): void => {
    const to = isRuleTrue(rule, (name) => states.get(name)) ? 'ALARM' : 'OK';
    if (to === state) return;
    transitions.push({ epochMs, from: state, to, ...describeCause(ruleText, cause) });
    state = to;
  };
  for (const { child, transition } of events) {
    if (transition.epochMs <= startEpochMs) states.set(child.name, transition.to);
  }
  apply(startEpochMs, undefined);
  for (const event of events) {
    if (event.transition.epochMs <= startEpochMs) continue;
    states.set(event.child.name, event.transition.to);
    apply(event.transition.epochMs + FOLLOW_MS, event);
  }
  return transitions;
}

function describeCause(
  ruleText: string,
  cause: { child: ChildAlarm; transition: Transition } | undefined,
): Pick<Transition, 'reason' | 'reasonData'> {
  if (cause === undefined) return { reason: `Alarm rule ${ruleText} evaluated at creation`, reasonData: undefined };
  const { child, transition } = cause;
  return {
    reason: `${child.arn} transitioned to ${transition.to} at ${formatLongTime(transition.epochMs)}`,
    reasonData: JSON.stringify({
      triggeringAlarms: [
        { arn: child.arn, state: { value: transition.to, timestamp: formatDataTime(transition.epochMs) } },
      ],
    }),
  };
}

/** `Sunday 22 November, 2026 13:05:19 UTC` */
function formatLongTime(epochMs: number): string {
  const date = new Date(epochMs);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const month = MONTHS[date.getUTCMonth()] ?? '';
  return `${DAYS[date.getUTCDay()] ?? ''} ${day} ${month}, ${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} UTC`;
}
