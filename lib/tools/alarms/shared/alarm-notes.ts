/** Remarks on an alarm that several tools make: since when, muted by what, suppressed by what. */

import type { MuteRule } from '../../../aws/ports/alarms.ts';
import { type ActionSuppression, type Alarm, alarmNameOf, stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { listSome } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime } from '../../../domain/time.ts';

/** Names that one line shows. */
export const MAX_NAMES = 5;
const MAX_RULE_CHARS = 100;

/** ` for 34m (since 2026-03-01T11:26:00Z)`, or nothing where the service does not say. */
export function describeSince(alarm: Alarm, nowEpochMs: number): string {
  const sinceEpochMs = stateSinceEpochMs(alarm);
  return sinceEpochMs === 0
    ? ''
    : ` for ${formatDuration(nowEpochMs - sinceEpochMs)} (since ${formatTime(sinceEpochMs)})`;
}

/** E.g. `nightly-backup (cron(0 23 * * *) for PT2H)`. */
export function describeRule({ name, schedule, duration, timeZone, ...rule }: MuteRule): string {
  const parts = [
    ...(schedule === undefined ? [] : [schedule + (duration === undefined ? '' : ` for ${duration}`)]),
    ...(timeZone === undefined ? [] : [`in ${timeZone}`]),
    ...(rule.startsEpochMs === undefined ? [] : [`from ${formatTime(rule.startsEpochMs)}`]),
    ...(rule.expiresEpochMs === undefined ? [] : [`until ${formatTime(rule.expiresEpochMs)}`]),
    ...(rule.description === undefined || rule.description === '' ? [] : [clip(rule.description, MAX_RULE_CHARS)]),
  ];
  return cleanLine(parts.length === 0 ? name : `${name} (${parts.join(', ')})`);
}

/** Why the actions of a composite alarm do not run now; empty when they do. */
export function describeSuppression(suppression: ActionSuppression | undefined): string {
  if (suppression?.suppressedBy === undefined) return '';
  const suppressor = cleanLine(alarmNameOf(suppression.suppressor ?? 'its suppressor alarm'));
  switch (suppression.suppressedBy) {
    case 'Alarm':
      return `ACTIONS SUPPRESSED while ${suppressor} is in ALARM`;
    case 'WaitPeriod':
      return `ACTIONS SUPPRESSED for the wait period: ${suppressor} may still go into ALARM`;
    case 'ExtensionPeriod':
      return `ACTIONS SUPPRESSED for the extension period: ${suppressor} left ALARM just now`;
    default:
      return `ACTIONS SUPPRESSED by ${cleanLine(suppression.suppressedBy)}`;
  }
}

const EVALUATION_STATES: ReadonlyMap<string, string> = new Map([
  ['EVALUATION_ERROR', 'its configuration must be corrected, the reason tells how'],
  ['EVALUATION_FAILURE', 'CloudWatch fails to evaluate it for now: watch it by hand'],
]);

/** E.g. `PARTIAL_DATA: …`, and why it is so (MetricAlarm and LogAlarm, EvaluationState); empty where all was evaluated. */
export function describeEvaluation({ evaluationState, kind }: Pick<Alarm, 'evaluationState' | 'kind'>): string {
  if (evaluationState === undefined) return '';
  const partial =
    kind === 'log'
      ? 'more than the 500 groups that one query gives; those beyond are not judged'
      : 'a quota kept CloudWatch from reading all data, e.g. more than 10,000 metrics or 500 series of one query';
  const why = evaluationState === 'PARTIAL_DATA' ? partial : EVALUATION_STATES.get(evaluationState);
  return cleanLine(why === undefined ? evaluationState : `${evaluationState}: ${why}`);
}

/** At most {@link MAX_NAMES} of them, and how many more. */
export function listNames(names: readonly string[]): string {
  return listSome(names.map(cleanLine), MAX_NAMES);
}

export function unlessEmpty<Item>(items: readonly Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : [...items];
}
