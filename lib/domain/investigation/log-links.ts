/** What the errors of one resource say of others: by name, or by the words of their metrics. Pure. */
import { splitWords } from '../alarms/advice/metric-words.ts';
import type { LogComparison, PatternChange } from './compare-logs.ts';
import type { MetricShift } from './metric-shift.ts';
import { mentionsOf } from './resource.ts';

export interface LogFinding {
  /** How a query names it: by name, or by ARN where it is a linked account's. */
  readonly group: string;
  /** Whose logs they are. */
  readonly resource: string;
  readonly comparison: LogComparison;
}

/** Words of metrics that stand in errors of every kind. */
const COMMON = new Set(
  'request requests error errors failed failures count number latency duration time timeout invocation invocations message messages event events function api service average total rate usage value response read write'.split(
    ' ',
  ),
);
const ENDS_A_WORD = /[\p{L}\p{N}]$/u;
const BEGINS_A_WORD = /^[\p{L}\p{N}]/u;
const STEM_CHARS = 6;
const MIN_WORK_LINES = 5;
const WORK_MS = 3 * 60_000;
const MIN_WORD_CHARS = 5;

/** New and grown error patterns. */
export function errorsOf({ comparison }: LogFinding): readonly PatternChange[] {
  return comparison.patterns.filter(({ isError, change }) => isError && change !== 'gone');
}

/** Whether they name the resource, or a field that all of them have does. */
export function mentionedBy(finding: LogFinding, resource: string, all: readonly string[]): boolean {
  const words = mentionsOf([...new Set([...all, finding.resource])]).get(resource) ?? [];
  return errorsOf(finding).some(({ template, fields }) => {
    const text = ` ${[template, ...fields.values()].join(' ').toLowerCase()} `;
    return words.some((word) => holdsWord(text, word));
  });
}

/** Whether they speak of what a metric counts: "remaining connection slots" of DatabaseConnections. */
export function affinityOf(finding: LogFinding, shifts: readonly MetricShift[]): boolean {
  const told = new Set(errorsOf(finding).flatMap(({ template }) => splitWords(template).flatMap(stemOf)));
  return shifts.some(({ metric }) =>
    splitWords(metric.metricName)
      .flatMap(stemOf)
      .some((stem) => told.has(stem)),
  );
}

/** What was logged once at the onset, and is no error: a setting that was read, a thing that was switched. */
export function isSingleLine({ isError, change, after }: PatternChange): boolean {
  return !isError && change === 'new' && after <= 2;
}

/** Sentences on fields that tell good from bad, and on single lines at the onset. */
export function tellFields({ comparison }: LogFinding): readonly string[] {
  const fields = comparison.fields.flatMap(({ name, value, change, after }) => {
    if (change === 'new') return [`${name}=${value} is new`];
    return change === 'concentrated' ? [`${name}=${value} has ${Math.round(after * 100)} % of the errors`] : [];
  });
  const lines = comparison.patterns
    .filter(isSingleLine)
    .map(({ template }) => `logged once at that time: "${template.slice(0, 100)}"`);
  return [...fields.slice(0, 2), ...lines.slice(0, 1)];
}

/** Whether it logs, from the onset on, what it did not before and what is no trouble: a job that runs. */
export function beganWork({ comparison }: LogFinding, onsetEpochMs: number): boolean {
  return comparison.patterns.some(
    ({ isError, change, after, firstEpochMs, template }) =>
      change === 'new' &&
      !isError &&
      after >= MIN_WORK_LINES &&
      /\bINFO\b/.test(template) &&
      Math.abs(firstEpochMs - onsetEpochMs) <= WORK_MS,
  );
}

function stemOf(word: string): string[] {
  return word.length < MIN_WORD_CHARS || COMMON.has(word) ? [] : [word.slice(0, STEM_CHARS)];
}

/** Whether it stands there with no letter or digit beside it. */
function holdsWord(text: string, word: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (!ENDS_A_WORD.test(text.slice(Math.max(0, at - 2), at)) && !BEGINS_A_WORD.test(text.slice(end, end + 2)))
      return true;
  }
  return false;
}
