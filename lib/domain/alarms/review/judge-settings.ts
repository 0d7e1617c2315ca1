/** Alarms that nobody hears, and copies of each other. Pure. */
import { cleanLine } from '../../text/clean-text.ts';
import { type Alarm, alarmNameOf } from '../alarm.ts';
import type { Finding } from './finding.ts';

/** `ALARM("checkout")`, `NOT OK(arn:aws:…:alarm:checkout)` */
const RULE_REFERENCE = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|'([^']+)'|([^\s)"']+))\s*\)/gi;

/**
 * Names of the alarms that composite alarms are made of, or whose actions they suppress: they need no actions of their own.
 * Yields after each alarm.
 */
export function* namesInRules(alarms: readonly Alarm[]): Generator<void, ReadonlySet<string>, undefined> {
  const names = new Set<string>();
  for (const { watch, suppression } of alarms) {
    const rule = watch.type === 'composite' ? watch.rule : '';
    for (const [, double, single, bare] of rule.matchAll(RULE_REFERENCE))
      names.add(alarmNameOf(double ?? single ?? bare ?? ''));
    if (suppression?.suppressor !== undefined) names.add(alarmNameOf(suppression.suppressor));
    yield;
  }
  return names;
}

/**
 * @param ruled names of {@link namesInRules}
 * @param mutedBy names of the rules that mute it now
 */
export function judgeSettings(alarm: Alarm, ruled: ReadonlySet<string>, mutedBy: readonly string[]): Finding[] {
  const names = [alarm.name];
  const hasActions = alarm.alarmActions.length + alarm.okActions.length + alarm.insufficientDataActions.length > 0;
  if (hasActions && !alarm.actionsEnabled)
    return [{ kind: 'disabled', names, why: 'actions are switched off: it notifies nobody' }];
  const muted: Finding[] =
    mutedBy.length === 0 ? [] : [{ kind: 'muted', names, why: `muted now by ${mutedBy.map(cleanLine).join(', ')}` }];
  if (alarm.alarmActions.length > 0 || ruled.has(alarm.name)) return muted;
  return [
    ...muted,
    { kind: 'no_action', names, why: 'no action on ALARM, and no composite alarm is made of it: it notifies nobody' },
  ];
}

/** Alarms that watch the same under the same condition, and tell the same. Yields after each. */
export function* findCopies(alarms: readonly Alarm[]): Generator<void, readonly Finding[], undefined> {
  const same = new Map<string, string[]>();
  for (const { name, watch, condition, alarmActions } of alarms) {
    yield;
    if (watch.type === 'composite') continue;
    const key = JSON.stringify([watch, condition, alarmActions]);
    const names = same.get(key);
    if (names === undefined) same.set(key, [name]);
    else names.push(name);
  }
  return [...same.values()]
    .filter((names) => names.length > 1)
    .map((names) => ({ kind: 'copies', names, why: `${names.length} alarms watch and tell exactly the same` }));
}
