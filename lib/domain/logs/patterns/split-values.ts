/**
 * One pattern, several outcomes: a value of a small set that is new, or of failure and grown, makes a pattern of its own
 * (`payment settled outcome=failure`), although the words of the message stay the same. Pure.
 */

import { isBeyondChance, singles } from '../fields/field-changes.ts';
import { type FieldTally, type ValueCount, valuesOf } from '../fields/field-tally.ts';
import { isFailure, kindOfField } from '../fields/field-words.ts';
import type { SeenEvents } from './digest-messages.ts';
import type { LogPattern } from './log-pattern.ts';
import { isSaying } from './message-template.ts';
import { PLACEHOLDER } from './message-template-mask.ts';
import { type Change, changeOf } from './pattern-changes.ts';

/** Values of one field of one pattern that may tell it apart. */
const MAX_WORDS = 20;
const MAX_CHILDREN = 5;
/** A value that is new in so many patterns at once is a matter of the field. */
const MIN_COMMON = 3;
const MIN_NEW_EVENTS = 3;
/** Chance with which an unchanged value would be absent before; some of very many values are, so that the bar is high. */
const MAX_CHANCE = 1e-5;
/** Failures are asked about, and there are few of them. */
const MAX_FAILURE_CHANCE = 0.03;
const MIN_FAILURES = 2;
const MAX_SINGLES_SHARE = 0.02;
const MIN_SHARE_GROWTH = 1.5;

interface Found {
  readonly name: string;
  readonly value: string;
  readonly isBad: boolean;
  readonly change: Change;
  readonly counted: ValueCount;
  readonly seenBefore: number;
}

/** The patterns, and after each what was split from it; its own counts are those of what remains. */
export function splitValues(patterns: readonly LogPattern[]): LogPattern[] {
  const found = patterns.map((pattern) => findValues(pattern));
  const times = new Map<string, number>();
  for (const key of found.flatMap((values) => values.map(keyOf))) times.set(key, (times.get(key) ?? 0) + 1);
  return patterns.flatMap((pattern, index) => {
    const own = (found[index] ?? []).filter((each) => each.isBad || (times.get(keyOf(each)) ?? 0) < MIN_COMMON);
    return own.length === 0 ? [pattern] : split(pattern, own);
  });
}

function keyOf({ name, value }: Found): string {
  return `${name}=${value}`;
}

function findValues({ template, now, before, change, seen }: LogPattern): Found[] {
  if (seen.now === undefined || seen.before === undefined || !before || now === 0 || change === undefined) return [];
  const [all, allBefore] = [countOf(seen.now), countOf(seen.before)];
  const per = Math.max(1, now / Math.max(1, all), before / Math.max(1, allBefore));
  const found: Found[] = [];
  for (const name of seen.now.fields.keys()) {
    const kind = kindOfField(name);
    const values = valuesOf(seen.now.fields, name);
    if (kind === 'release' || kind === 'place' || isSaying(name) || isTold(template, name)) continue;
    if (values === undefined || values.size > MAX_WORDS || seen.before.fields.get(name) === 'open') continue;
    const known: ReadonlyMap<string, ValueCount> = valuesOf(seen.before.fields, name) ?? new Map();
    for (const [value, counted] of values) {
      const seenBefore = known.get(value)?.events ?? 0;
      const isBad = isFailure(name, value);
      const became = isBad
        ? changeOfFailure(counted.events, seenBefore, all, allBefore, per)
        : isNewWord(counted.events / all, counted.events, seenBefore, known, allBefore);
      if (became !== undefined) found.push({ name, value, isBad, change: became, counted, seenBefore });
    }
  }
  return found;
}

/** Events of which messages were read. */
function countOf({ steps, fields }: SeenEvents): number {
  const timed = [...steps.values()].reduce((sum, count) => sum + count, 0);
  return timed > 0 ? timed : mostOf(fields);
}

function mostOf(fields: FieldTally): number {
  return Math.max(
    0,
    ...[...fields.keys()].map((name) =>
      [...(valuesOf(fields, name)?.values() ?? [])].reduce((sum, { events }) => sum + events, 0),
    ),
  );
}

function changeOfFailure(now: number, before: number, all: number, allBefore: number, per: number): Change | undefined {
  if (before === 0)
    return now >= MIN_FAILURES && isBeyondChance(now / all, allBefore, MAX_FAILURE_CHANCE) ? 'new' : undefined;
  const hasShareGrown = now / all >= (before / Math.max(1, allBefore)) * MIN_SHARE_GROWTH;
  const change = changeOf({ now: now * per, before: before * per, eventsPerSample: per, isError: true });
  return change === 'grown' && hasShareGrown ? change : undefined;
}

function isNewWord(
  share: number,
  now: number,
  before: number,
  known: ReadonlyMap<string, ValueCount>,
  allBefore: number,
): Change | undefined {
  const isSmallSet = known.size > 0 && known.size <= MAX_WORDS && singles(known) <= MAX_SINGLES_SHARE;
  const isNew = before === 0 && now >= MIN_NEW_EVENTS && isBeyondChance(share, allBefore, MAX_CHANCE);
  return isSmallSet && isNew ? 'new' : undefined;
}

/** Whether the template already says this field's value. */
function isTold(template: string, name: string): boolean {
  const at = template.indexOf(`${name}=`);
  if (at < 0) return false;
  const told = template.slice(at + name.length + 1).split(/[\s"]/, 1)[0] ?? '';
  return !PLACEHOLDER.test(told);
}

/** By the field that tells most failures, or else most events; other fields that say the same go with it. */
function split(pattern: LogPattern, found: readonly Found[]): LogPattern[] {
  const byName = [...Map.groupBy(found, ({ name }) => name).values()];
  const weight = (values: readonly Found[], isBad: boolean) =>
    values.reduce((sum, each) => sum + (each.isBad === isBad ? each.counted.events : 0), 0);
  const [chosen = []] = byName.sort((a, b) => weight(b, true) - weight(a, true) || weight(b, false) - weight(a, false));
  const children = chosen.slice(0, MAX_CHILDREN).map((value) => toChild(pattern, value, found));
  const now = Math.max(0, pattern.now - children.reduce((sum, child) => sum + child.now, 0));
  const before = Math.max(0, (pattern.before ?? 0) - children.reduce((sum, child) => sum + (child.before ?? 0), 0));
  const isError = pattern.severity === 'error';
  return [{ ...pattern, now, before, change: changeOf({ now, before, isError }) }, ...children];
}

function toChild(
  pattern: LogPattern,
  { name, value, isBad, change, counted, seenBefore }: Found,
  found: readonly Found[],
) {
  const scale = (window: 'now' | 'before', events: number) => {
    const seen = pattern.seen[window];
    return Math.round(
      (events * ((window === 'now' ? pattern.now : pattern.before) ?? 0)) /
        Math.max(1, seen === undefined ? 0 : countOf(seen)),
    );
  };
  const same = found.filter(
    (other) =>
      other.name !== name &&
      other.counted.events === counted.events &&
      other.counted.firstEpochMs === counted.firstEpochMs,
  );
  const template = [{ name, value }, ...same].reduce(
    (text, field) => addValue(text, field.name, field.value),
    pattern.template,
  );
  const isTimed = pattern.firstEpochMs !== undefined && counted.firstEpochMs !== undefined;
  const { firstEpochMs: _first, ...rest } = pattern;
  return {
    ...rest,
    template,
    severity: isBad ? ('error' as const) : pattern.severity,
    now: scale('now', counted.events),
    before: scale('before', seenBefore),
    change,
    texts: [counted.text],
    mark: { name, value },
    ...(isTimed && { firstEpochMs: counted.firstEpochMs }),
    // Its messages are counted with those of the pattern that it was split from.
    seen: { now: undefined, before: undefined },
  };
}

function addValue(template: string, name: string, value: string): string {
  const shown = /\s/.test(value) ? `"${value}"` : value;
  const at = template.indexOf(`${name}=<`);
  const end = template.indexOf('>', at);
  if (at < 0 || end < 0) return `${template} ${name}=${shown}`;
  return `${template.slice(0, at)}${name}=${shown}${template.slice(end + 1)}`;
}
