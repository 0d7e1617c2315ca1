/**
 * By the service's model: JSON values → what the model promises. What does not fit is left out: nulls, values of another
 * type, times that are none, members that the model does not know. Pure.
 */
import type { NormalizedSchema } from '@smithy/core/schema';

/**
 * Members whose values are words of the service. A model of today knows some of them; those of tomorrow are words too,
 * and a sentence in their place is somebody's text.
 */
const WORD_MEMBERS: ReadonlySet<string> = new Set([
  'ActionsSuppressedBy',
  'ComparisonOperator',
  'EvaluationState',
  'ExtendedStatistic',
  'HistoryItemType',
  'StateValue',
  'Stat',
  'Statistic',
  'Status',
  'StatusCode',
  'TreatMissingData',
  'Unit',
  'anomalyDetectorStatus',
  'dataProtectionStatus',
  'indexCategory',
  'logGroupClass',
  'policyType',
  'priority',
  'queryLanguage',
  'scope',
  'source',
  'state',
  'status',
  'type',
]);
const WORD = /^[\w%():./, -]{1,60}$/;
/** Datapoints, which may be no number at all. */
const VALUES = 'Values';
/** Numbers that may be any; all others are counts, sizes, and times in milliseconds or seconds. */
const REAL_MEMBERS: ReadonlySet<string> = new Set(['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum', 'Threshold']);
/** Counts that the service sends as fractions. */
const COUNT_MEMBERS: ReadonlySet<string> = new Set([
  'bytesScanned',
  'estimatedBytesSkipped',
  'estimatedRecordsSkipped',
  'logGroupsScanned',
  'recordsMatched',
  'recordsScanned',
]);
/** The times that JavaScript has; no count or size is beyond them. */
const MAX_WHOLE = 8.64e15;
/** How the services write numbers that JSON does not have. */
const NUMBER_WORDS: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What of a value fits; undefined where nothing of it does. */
export type Read = (value: unknown) => unknown;

export interface MemberReader {
  readonly read: Read;
  /** Of the items of a list of structures or lists, which may be many and large. */
  readonly readItem?: Read;
}

/** Made once for each structure of the models; by its static schema, so that structures may hold themselves. */
const structures = new WeakMap<object, ReadonlyMap<string, MemberReader>>();

/** The readers of a structure's members, by name. */
export function readersOf(schema: NormalizedSchema): ReadonlyMap<string, MemberReader> {
  const key: unknown = schema.getSchema();
  if (typeof key !== 'object' || key === null) return new Map();
  const known = structures.get(key);
  if (known !== undefined) return known;
  const readers = new Map([...schema.structIterator()].map(([name, member]) => [name, makeReader(member, name)]));
  structures.set(key, readers);
  return readers;
}

/** Also of values that were read before: a time may be a Date, a blob bytes. */
export function readStructure(schema: NormalizedSchema, value: unknown): Record<string, unknown> | undefined {
  if (!isMembers(value)) return undefined;
  const kept: Record<string, unknown> = {};
  for (const [name, { read }] of readersOf(schema)) {
    const member = value[name];
    const fitting = member === undefined || member === null ? undefined : read(member);
    if (fitting !== undefined) kept[name] = fitting;
  }
  return kept;
}

/** @param member whose value it is; the items of a list and the values of a map have the name of theirs */
function makeReader(schema: NormalizedSchema, member: string): MemberReader {
  if (schema.isStructSchema()) return { read: (value) => readStructure(schema, value) };
  if (schema.isListSchema()) return makeListReader(schema.getValueSchema(), member);
  if (schema.isMapSchema()) return { read: makeMapReader(schema.getValueSchema(), member) };
  if (schema.isTimestampSchema()) return { read: readTime };
  if (schema.isBlobSchema()) return { read: readBytes };
  if (schema.isBooleanSchema()) return { read: (value) => (typeof value === 'boolean' ? value : undefined) };
  if (schema.isNumericSchema()) return { read: makeNumberReader(member) };
  if (schema.isStringSchema()) return { read: WORD_MEMBERS.has(member) ? readWord : readText };
  return { read: (value) => value ?? undefined };
}

function makeListReader(item: NormalizedSchema, member: string): MemberReader {
  const isNested = item.isStructSchema() || item.isListSchema() || item.isMapSchema();
  const { read } = makeReader(item, member);
  const readList: Read = (values) => {
    if (!Array.isArray(values)) return undefined;
    const kept: unknown[] = [];
    for (const value of values) {
      const fitting = read(value);
      if (fitting !== undefined) kept.push(fitting);
    }
    return kept;
  };
  return { read: readList, ...(isNested && { readItem: read }) };
}

function makeMapReader(item: NormalizedSchema, member: string): Read {
  const { read } = makeReader(item, member);
  return (map) => {
    if (!isMembers(map)) return undefined;
    const kept = Object.entries(map).map(([key, value]) => [key, read(value)] as const);
    return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
  };
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readWord(value: unknown): string | undefined {
  return typeof value === 'string' && WORD.test(value) ? value : undefined;
}

/** In JSON epoch seconds, with a fraction. */
function readTime(value: unknown): Date | undefined {
  const time = typeof value === 'number' ? new Date(Math.round(value * 1_000)) : value;
  return time instanceof Date && !Number.isNaN(time.getTime()) ? time : undefined;
}

function readBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' && BASE64.test(value) ? new Uint8Array(Buffer.from(value, 'base64')) : undefined;
}

function makeNumberReader(member: string): Read {
  const isFine = testOf(member);
  return (value) => {
    const number = typeof value === 'number' ? value : NUMBER_WORDS.get(value);
    return number !== undefined && isFine(number) ? number : undefined;
  };
}

function testOf(member: string): (value: number) => boolean {
  if (member === VALUES) return () => true;
  if (REAL_MEMBERS.has(member)) return Number.isFinite;
  return COUNT_MEMBERS.has(member) ? isCountable : (value) => Number.isInteger(value) && isCountable(value);
}

function isCountable(value: number): boolean {
  return Math.abs(value) <= MAX_WHOLE;
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
