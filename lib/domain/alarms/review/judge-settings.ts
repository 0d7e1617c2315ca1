/** Alarms that nobody hears, and copies of each other. Pure. */
import { cleanLine } from '../../text/clean-text.ts';
import { type Alarm, alarmNameOf } from '../alarm.ts';
import type { Finding } from './finding.ts';

/** `ALARM("checkout")`, `NOT OK(arn:aws:…:alarm:checkout)` */
const RULE_REFERENCE = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|'([^']+)'|([^\s)"']+))\s*\)/gi;

/** Names of the alarms that composite alarms are made of, or whose actions they suppress: they need no actions of their own. */
export function namesInRules(alarms: readonly Alarm[]): ReadonlySet<string> {
  return new Set(
    alarms.flatMap(({ watch, suppression }) => [
      ...(watch.type === 'composite'
        ? [...watch.rule.matchAll(RULE_REFERENCE)].map(([, double, single, bare]) =>
            alarmNameOf(double ?? single ?? bare ?? ''),
          )
        : []),
      ...(suppression?.suppressor === undefined ? [] : [alarmNameOf(suppression.suppressor)]),
    ]),
  );
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

/** Alarms that watch the same under the same condition, and tell the same. */
export function findCopies(alarms: readonly Alarm[]): Finding[] {
  const same = Map.groupBy(
    alarms.filter(({ watch }) => watch.type !== 'composite'),
    ({ watch, condition, alarmActions }) => JSON.stringify([watch, condition, alarmActions]),
  );
  return [...same.values()]
    .filter((copies) => copies.length > 1)
    .map((copies) => ({
      kind: 'copies',
      names: copies.map(({ name }) => name),
      why: `${copies.length} alarms watch and tell exactly the same`,
    }));
}
