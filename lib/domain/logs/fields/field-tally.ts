/** Counts the values of fields; a field of very many values holds data, and is only known to be open. Pure. */
import type { LogField } from './read-fields.ts';

/** Values of a field that are counted one by one. */
export const MAX_VALUES = 50;
/** Fields of one tally. */
const MAX_NAMES = 100;

export interface ValueCount {
  events: number;
  /** Undefined where the time of events is not known. */
  firstEpochMs?: number | undefined;
  /** A message with it. */
  readonly text: string;
}

export type FieldTally = Map<string, Map<string, ValueCount> | 'open'>;

export interface CountedEvent {
  readonly text: string;
  readonly fields: readonly LogField[];
  readonly epochMs: number | undefined;
}

/** Counts one event. */
export function countFields(tally: FieldTally, { text, fields, epochMs }: CountedEvent): void {
  for (const { name, value } of fields) count(tally, name, value, { events: 1, firstEpochMs: epochMs, text });
}

/** Adds what another one counted. */
export function addTally(sum: FieldTally, other: ReadonlyMap<string, ReadonlyMap<string, ValueCount> | 'open'>): void {
  for (const [name, values] of other) {
    if (values === 'open') sum.set(name, 'open');
    else for (const [value, counted] of values) count(sum, name, value, counted);
  }
}

function count(tally: FieldTally, name: string, value: string, counted: ValueCount): void {
  let values = tally.get(name);
  if (values === 'open') return;
  if (values === undefined) {
    if (tally.size >= MAX_NAMES) return;
    values = new Map();
    tally.set(name, values);
  }
  const known = values.get(value);
  if (known === undefined) values.set(value, { ...counted });
  else {
    known.events += counted.events;
    known.firstEpochMs = earlier(known.firstEpochMs, counted.firstEpochMs);
  }
  if (values.size > MAX_VALUES) tally.set(name, 'open');
}

export function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/** The values of a field; undefined for one that is open, or not there. */
export function valuesOf(tally: FieldTally, name: string): ReadonlyMap<string, ValueCount> | undefined {
  const values = tally.get(name);
  return values === 'open' ? undefined : values;
}
