/** What the errors of one resource say of others: by name, or by the words of their metrics. Pure. */
import { splitWords } from '../alarms/advice/metric-words.ts';
import type { LogComparison, PatternChange } from './compare-logs.ts';
import type { KnownNames } from './known-names.ts';
import type { MetricShift } from './metric-shift.ts';
import { coreName, nameParts } from './resource.ts';

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
const WORDS = /[\p{L}\p{N}]+/gu;
const ONE_WORD = /^[\p{L}\p{N}]+$/u;
const ENDS_A_WORD = /[\p{L}\p{N}]$/u;
const BEGINS_A_WORD = /^[\p{L}\p{N}]/u;
const STEM_CHARS = 6;
const LOUD = 10;
const MIN_WORK_LINES = 5;
const WORK_MS = 3 * 60_000;
const MIN_WORD_CHARS = 5;
/** Of a template: what failed is said at its beginning. */
const MAX_HEARD_CHARS = 2_000;

/** A status in an access line says that something failed, not what. */
const STATUS_ONLY = /^(?!.{0,60}\b(?:ERROR|FATAL|CRITICAL|SEVERE|WARN)\b).*(?:=5xx\b|" 5xx\b|status <?5xx)/;

/** A warning that is written again and again. */
function isLoud({ template, after }: PatternChange): boolean {
  return after >= LOUD && /\bWARN/.test(template);
}

/** New and grown patterns of errors and of loud warnings, those that say most first: what failed in words, then the more. */
export function errorsOf({ comparison }: LogFinding): readonly PatternChange[] {
  return comparison.patterns
    .filter((pattern) => pattern.change !== 'gone' && (pattern.isError || isLoud(pattern)))
    .map((pattern) => ({ pattern, says: saysOf(pattern) }))
    .sort((a, b) => b.says - a.says || b.pattern.deviations - a.pattern.deviations)
    .map(({ pattern }) => pattern);
}

function saysOf({ template, after }: PatternChange): number {
  return STATUS_ONLY.test(template) ? 0 : after < LOUD ? 1 : 2;
}

/** A text in which words are looked up many times. */
export interface Speech {
  readonly lower: string;
  /** Letters and digits between anything else. */
  readonly words: ReadonlySet<string>;
}

/** What the errors of a finding say; fields that all lines of a pattern have are said too. */
export interface ErrorSpeech {
  readonly finding: LogFinding;
  readonly errors: readonly Speech[];
  /** Beginnings of the words of its templates, without those of errors of every kind. */
  readonly stems: ReadonlySet<string>;
}

export function hear(text: string): Speech {
  const lower = text.toLowerCase();
  return { lower, words: new Set(lower.match(WORDS)) };
}

/** Yields after each pattern. */
export function* hearErrors(finding: LogFinding): Generator<void, ErrorSpeech, undefined> {
  const errors: Speech[] = [];
  const stems = new Set<string>();
  for (const { template: whole, fields } of errorsOf(finding)) {
    const template = whole.slice(0, MAX_HEARD_CHARS);
    errors.push(hear([template, ...fields.values()].join(' ')));
    for (const stem of splitWords(template).flatMap(stemOf)) stems.add(stem);
    yield;
  }
  return { finding, errors, stems };
}

/** Whether they name the resource, or a field that all of them have does. */
export function mentionedBy({ finding, errors }: ErrorSpeech, resource: string, known: KnownNames): boolean {
  // In each line a service names itself.
  const own = coreName(finding.resource);
  const itself = new Set([own.toLowerCase(), ...nameParts(own)]);
  const words = known.mentionsOf(resource, finding.resource).filter((word) => !itself.has(word));
  return errors.some((speech) => speaksOf(speech, words));
}

/** Whether one of the words stands in it as a word. */
export function speaksOf({ lower, words: said }: Speech, words: readonly string[]): boolean {
  return words.some((word) => said.has(word) || (!ONE_WORD.test(word) && holdsWord(lower, word)));
}

/** Whether they speak of what a metric counts: "remaining connection slots" of DatabaseConnections. */
export function affinityOf({ stems }: ErrorSpeech, shifts: readonly MetricShift[]): boolean {
  return shifts.some(({ metric }) =>
    splitWords(metric.metricName)
      .flatMap(stemOf)
      .some((stem) => stems.has(stem)),
  );
}

/** What is logged of a setting that was read, a thing that was switched, a start. Warnings come up by chance now and then. */
const OF_CHANGE =
  /\b(?:config\w*|settings?|propert(?:y|ies)|parameters?|(?:feature)?flags?|toggles?|(?:re)?load(?:ed|ing)?|refresh\w*|chang\w*|updat\w*|set|deploy\w*|roll\w*|releas\w*|migrat\w*|rotat\w*|switch\w*|(?:en|dis)abled?|(?:re)?start\w*|version|was|now|limit|timeout\w*|appl(?:y|ied|ying)|overrid\w*)\b/i;

/** What was logged once at the onset, is no trouble, and speaks of a change. */
export function isSingleLine({ isError, change, after, template }: PatternChange): boolean {
  return !isError && change === 'new' && after <= 2 && !/\bWARN/.test(template) && OF_CHANGE.test(template);
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
