/** Values of fields that came, went, or took another share of the events between two windows. Pure. */

import { type FieldTally, type ValueCount, valuesOf } from './field-tally.ts';
import { type FieldKind, kindOfField } from './field-words.ts';

export interface ValueChange {
  readonly value: string;
  readonly change: 'new' | 'gone' | 'grown';
  /** Events of the sample. */
  readonly now: number;
  readonly before: number;
  /** Of the events with this field, 0 to 1. */
  readonly shareNow: number;
  readonly shareBefore: number;
  /** The first event of a new value, where times are known. */
  readonly firstEpochMs?: number;
}

export interface FieldChange {
  readonly name: string;
  readonly kind: FieldKind;
  /** At most {@link MAX_VALUES_TOLD}: new ones first, then those that went; in each the larger share first. */
  readonly values: readonly ValueChange[];
  /** Values that the list leaves out. */
  readonly others: number;
}

const MAX_VALUES_TOLD = 4;
const KINDS: readonly FieldKind[] = ['release', 'place', 'code', 'other'];
/**
 * Chance with which a value of unchanged share would be absent from the other window. Names of releases and places are
 * asked about; of the many other fields of a log some look new by chance, so that the bar is higher.
 */
const MAX_CHANCE: Readonly<Record<FieldKind, number>> = { release: 0.003, place: 0.001, code: 1e-4, other: 1e-5 };
const MIN_EVENTS = 3;
/** Events with the field that the other window must have: a field that came with its event is told by the event. */
const MIN_KNOWN = 3;
/** Of a set that is still open, new values are to be expected. */
const MAX_SINGLES_SHARE = 0.02;
const MIN_GROWTH = 2;
const MIN_DEVIATIONS = 6;

/** The most telling first: releases, places, codes, others; in each the larger change of share first. */
export function compareFields(before: FieldTally, now: FieldTally): readonly FieldChange[] {
  const changes = [...new Set([...now.keys(), ...before.keys()])].flatMap((name) => {
    const [valuesNow, valuesBefore] = [valuesOf(now, name), valuesOf(before, name)];
    return valuesNow === undefined || valuesBefore === undefined ? [] : compareField(name, valuesBefore, valuesNow);
  });
  const largest = ({ values }: FieldChange) =>
    Math.max(...values.map(({ shareNow, shareBefore }) => Math.abs(shareNow - shareBefore)));
  return changes.sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || largest(b) - largest(a) || (a.name < b.name ? -1 : 1),
  );
}

type Values = ReadonlyMap<string, ValueCount>;

function compareField(name: string, before: Values, now: Values): FieldChange[] {
  const kind = kindOfField(name);
  const [totalBefore, totalNow] = [sum(before), sum(now)];
  if (Math.min(totalBefore, totalNow) < MIN_KNOWN) return [];
  const isOpen = kind === 'other' && Math.max(singles(before), singles(now)) > MAX_SINGLES_SHARE;
  const changes = [...new Set([...now.keys(), ...before.keys()])].flatMap((value): ValueChange[] => {
    const counts = { now: now.get(value)?.events ?? 0, before: before.get(value)?.events ?? 0 };
    const change = changeOfValue(counts, { now: totalNow, before: totalBefore }, MAX_CHANCE[kind]);
    if (change === undefined || (isOpen && change !== 'grown')) return [];
    const firstEpochMs = change === 'new' ? now.get(value)?.firstEpochMs : undefined;
    const shares = { shareNow: counts.now / totalNow, shareBefore: counts.before / totalBefore };
    return [{ value, change, ...counts, ...shares, ...(firstEpochMs !== undefined && { firstEpochMs }) }];
  });
  if (changes.length === 0) return [];
  const rank = ({ change }: ValueChange) => ['new', 'gone', 'grown'].indexOf(change);
  const weight = ({ shareNow, shareBefore }: ValueChange) => shareNow + shareBefore;
  const sorted = changes.sort((a, b) => rank(a) - rank(b) || weight(b) - weight(a) || (a.value < b.value ? -1 : 1));
  return [
    { name, kind, values: sorted.slice(0, MAX_VALUES_TOLD), others: Math.max(0, sorted.length - MAX_VALUES_TOLD) },
  ];
}

interface Pair {
  readonly now: number;
  readonly before: number;
}

function changeOfValue({ now, before }: Pair, total: Pair, maxChance: number): ValueChange['change'] | undefined {
  if (before === 0)
    return now >= MIN_EVENTS && isBeyondChance(now / total.now, total.before, maxChance) ? 'new' : undefined;
  if (now === 0)
    return before >= MIN_EVENTS && isBeyondChance(before / total.before, total.now, maxChance) ? 'gone' : undefined;
  const [share, shareBefore] = [now / total.now, before / total.before];
  const pooled = (now + before) / (total.now + total.before);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / total.now + 1 / total.before));
  return share >= shareBefore * MIN_GROWTH && share - shareBefore >= MIN_DEVIATIONS * deviation ? 'grown' : undefined;
}

/** Whether a value of this share would hardly be absent from so many events. */
export function isBeyondChance(share: number, events: number, maxChance: number): boolean {
  return (1 - share) ** events <= maxChance;
}

/** Share of events whose value came once: about the share that values not seen yet have (Good and Turing). */
export function singles(values: Values): number {
  const once = [...values.values()].filter(({ events }) => events === 1).length;
  return once / Math.max(1, sum(values));
}

function sum(values: Values): number {
  return [...values.values()].reduce((total, { events }) => total + events, 0);
}
