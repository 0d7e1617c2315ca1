import { expect, it } from 'vitest';
import { isDefaultIndexed, isIndexable, MAX_INDEXED_FIELDS } from './index-fields.ts';

it('knows what is indexed, and what can be', () => {
  const byDefault = [
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
  ];
  const generated = [
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
  ];
  for (const field of byDefault)
    expect([field, isDefaultIndexed(field), isIndexable(field)]).toEqual([field, true, true]);
  for (const field of [...generated, 'a', '@@a', 'x'.repeat(100)])
    expect([field, isDefaultIndexed(field), isIndexable(field)]).toEqual([field, false, true]);
  for (const field of ['', '@message', '@a', 'x'.repeat(101)])
    expect([field, isIndexable(field)]).toEqual([field, false]);
  expect(MAX_INDEXED_FIELDS).toBe(20);
});
