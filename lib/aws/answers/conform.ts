/** Takes out of an answer what does not fit the service's model: nulls, values of another type, times that are none. Pure but for its argument. */
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
const WORD = /^[\w%():./, -]{1,60}$/;

/**
 * What of a value fits; lists and structures are changed in place, since answers have up to 100,000 values.
 * @returns undefined where nothing of it fits
 */
export function conform(schema: NormalizedSchema, value: unknown): unknown {
  if (schema.isStructSchema()) return isMembers(value) ? conformStruct(schema, value) : undefined;
  if (schema.isListSchema()) return Array.isArray(value) ? conformList(schema, value) : undefined;
  if (schema.isMapSchema()) return isMembers(value) ? conformMap(schema.getValueSchema(), value) : undefined;
  return testOf(schema, schema.getMemberName())(value) ? value : undefined;
}

function conformStruct(schema: NormalizedSchema, members: Record<string, unknown>): Record<string, unknown> {
  for (const [name, member] of schema.structIterator()) {
    const value = members[name];
    if (value === undefined) continue;
    const kept = conform(member, value);
    if (kept === undefined || (WORD_MEMBERS.has(name) && typeof kept === 'string' && !WORD.test(kept)))
      delete members[name];
    else members[name] = kept;
  }
  return members;
}

function conformList(schema: NormalizedSchema, values: unknown[]): unknown[] {
  const item = schema.getValueSchema();
  const isNested = item.isStructSchema() || item.isListSchema() || item.isMapSchema();
  if (!isNested) {
    const test = testOf(item, schema.getMemberName());
    return values.every(test) ? values : values.filter(test);
  }
  let misfits = 0;
  for (const [index, value] of values.entries()) {
    const kept = conform(item, value);
    if (kept === undefined) misfits += 1;
    values[index] = kept;
  }
  return misfits === 0 ? values : values.filter((value) => value !== undefined);
}

function conformMap(item: NormalizedSchema, map: Record<string, unknown>): Record<string, unknown> {
  for (const [key, value] of Object.entries(map)) {
    if (conform(item, value) === undefined) delete map[key];
  }
  return map;
}

function testOf(schema: NormalizedSchema, member: string): (value: unknown) => boolean {
  if (schema.isTimestampSchema()) return isTime;
  if (schema.isBlobSchema()) return (value) => value instanceof Uint8Array;
  if (schema.isBooleanSchema()) return (value) => typeof value === 'boolean';
  if (schema.isNumericSchema()) return numberTestOf(member);
  if (schema.isStringSchema()) return (value) => typeof value === 'string';
  return (value) => value !== null && value !== undefined;
}

function numberTestOf(member: string): (value: unknown) => boolean {
  if (member === VALUES) return (value) => typeof value === 'number';
  if (REAL_MEMBERS.has(member)) return Number.isFinite;
  return COUNT_MEMBERS.has(member) ? isCountable : (value) => Number.isInteger(value) && isCountable(value);
}

function isCountable(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= MAX_WHOLE;
}

function isTime(value: unknown): boolean {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
