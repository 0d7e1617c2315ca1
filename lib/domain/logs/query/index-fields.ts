/** Which fields can have a field index (CloudWatch Logs User Guide, "Field index syntax and quotas"). */

/** Indexed in every log group of class Standard without a policy, and not counted against the quota. */
const DEFAULT_INDEXED: ReadonlySet<string> = new Set([
  '@logStream',
  '@aws.region',
  '@aws.account',
  '@source.log',
  '@data_source_name',
  '@data_source_type',
  '@data_format',
  'traceId',
  'severityText',
  'attributes.session.id',
]);

/** Fields that CloudWatch makes and that a policy may name. */
const GENERATED_INDEXABLE: ReadonlySet<string> = new Set([
  '@logStream',
  '@ingestionTime',
  '@requestId',
  '@type',
  '@initDuration',
  '@duration',
  '@billedDuration',
  '@memorySize',
  '@maxMemoryUsed',
  '@xrayTraceId',
  '@xraySegmentId',
]);

/** Fields of one index policy. */
export const MAX_INDEXED_FIELDS = 20;
/** Characters of the name of an indexed field. */
const MAX_FIELD_CHARS = 100;

export function isDefaultIndexed(field: string): boolean {
  return DEFAULT_INDEXED.has(field);
}

/** Whether an index on the field can exist, by default or by a policy. An own field that begins with `@` is written `@@…`. */
export function isIndexable(field: string): boolean {
  if (isDefaultIndexed(field) || GENERATED_INDEXABLE.has(field)) return true;
  const isGenerated = field.startsWith('@') && !field.startsWith('@@');
  return !isGenerated && field !== '' && field.length <= MAX_FIELD_CHARS;
}
