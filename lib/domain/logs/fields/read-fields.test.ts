import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { isFailure, kindOfField } from './field-words.ts';
import { readFields } from './read-fields.ts';

const read = (message: string) => Object.fromEntries(readFields(message).map(({ name, value }) => [name, value]));

describe('readFields', () => {
  it.each([
    ['{"level":"INFO","outcome":"failure","ms":12,"id":"9f3c0a1b2c3d"}', { level: 'INFO', outcome: 'failure' }],
    ['{"app":{"version":"2.14.0"},"http":{"statusCode":503}}', { 'app.version': '2.14.0', 'http.statusCode': '503' }],
    ['2026-03-01 12:00 worker job=17 state=failed host=ip-10-0-1-7', { state: 'failed', host: 'ip-10-0-1-7' }],
    ['done:state=failed,reason="no space left"', { state: 'failed', reason: 'no space left' }],
    ['2026-03-01T12:00:00Z\tINFO\t{"tenant":"acme","ok":false}', { tenant: 'acme', ok: 'false' }],
    ['{"stream":"stdout","log":"level=info az=us-east-1a"}', { stream: 'stdout', level: 'info', az: 'us-east-1a' }],
    ['START RequestId: 7c1f5d8e-0000-4000-a000-000000000001 Version: 42', { version: '42' }],
    ['{"user":"a sentence of far too many words for a value","at":"2026-03-01T12:00:00Z","n":null}', {}],
    ['GET /search?state=failed 200', {}],
    ['', {}],
  ] as const)('%j', (message, fields) => {
    expect(read(message)).toEqual(fields);
  });

  it('takes the log line inside a field, and the first of two equal names', () => {
    expect(read('{"log":"{\\"region\\":\\"eu\\",\\"region\\":\\"us\\"}"}')).toEqual({ region: 'eu' });
  });

  it('reads what stands before JSON first, and the JSON only as JSON', () => {
    expect(Object.entries(read('state=failed {"host":"h","state":"ok"}'))).toEqual([
      ['state', 'failed'],
      ['host', 'h'],
    ]);
    expect(read('{"region":"us","log":"region=eu zone=z"}')).toEqual({ region: 'us', zone: 'z' });
    expect(read('kind')).toEqual({});
  });

  it('keeps to its bounds', () => {
    const after = (chars: number) => read(`${' '.repeat(chars)}state=failed`);
    expect([3_987, 3_988, 3_989, 3_995].map((chars) => after(chars).state)).toEqual([
      'failed',
      'failed',
      'faile',
      undefined,
    ]);
    const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);
    const pairs = (count: number) =>
      names(count)
        .map((name) => `${name}=a`)
        .join(' ');
    const members = (count: number) => JSON.stringify(Object.fromEntries(names(count).map((name) => [name, 'a'])));
    for (const written of [pairs, members, (count: number) => JSON.stringify({ log: pairs(count) })])
      expect([59, 60, 61, 70].map((count) => readFields(written(count)).length)).toEqual([59, 60, 60, 60]);
    const named = (chars: number) => readFields(JSON.stringify({ ['n'.repeat(chars)]: 'a' })).length;
    expect([79, 80, 81].map(named)).toEqual([1, 1, 0]);
  });

  it('takes apart a line in a line, and not deeper', () => {
    const nested = (depth: number, inner: string): string =>
      depth === 0 ? inner : JSON.stringify({ log: nested(depth - 1, inner) });
    expect([0, 1, 2, 3].map((depth) => read(nested(depth, 'state=failed')))).toEqual([
      { state: 'failed' },
      { state: 'failed' },
      { state: 'failed' },
      {},
    ]);
    expect([0, 1, 2, 3].map((depth) => read(nested(depth, '{"state":"failed"}')).state)).toEqual([
      'failed',
      'failed',
      undefined,
      undefined,
    ]);
  });

  it.each(['', 'null', 'undefined', '-', '<Token-1>', 'a<b'])('takes %j for no value', (value) => {
    const json = JSON.stringify({ statusCode: value, host: value, mode: value, version: value });
    expect(read(json)).toEqual({});
    expect(read(`statusCode="${value}" host="${value}" mode="${value}"`)).toEqual({});
  });

  it('gives few short fields, whatever the text', () => {
    const piece = fc.constantFrom(
      '{"a":',
      '"b"',
      'k=v ',
      '}',
      '[',
      '\\',
      '"',
      '=',
      '\u001b[31m',
      'x'.repeat(300),
      ':',
      '\ud800',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 200 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (message) => {
        const fields = readFields(message);
        expect(fields.length).toBeLessThanOrEqual(60);
        expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
        for (const { name, value } of fields) {
          expect(name.length).toBeLessThanOrEqual(80);
          expect(value).toMatch(/^[^\p{Cc}\p{Cs}]{1,100}$/u);
        }
      }),
    );
  });
});

it.each([
  ['version', 'release'],
  ['app.gitCommit', 'release'],
  ['image_tag', 'release'],
  ['host', 'place'],
  ['kubernetes.pod_name', 'place'],
  ['availability-zone', 'place'],
  ['http.status_code', 'code'],
  ['errorCode', 'code'],
  ['outcome', 'other'],
  ['conversion', 'other'],
  ['ghost', 'other'],
  ['constructor', 'other'],
])('%s is of kind %s', (name, kind) => {
  expect(kindOfField(name)).toBe(kind);
});

it.each([
  ['outcome', 'failure', true],
  ['code', 'GATEWAY_DOWN', true],
  ['state', 'TimedOut', true],
  ['success', 'false', true],
  ['is_ok', 'false', true],
  ['timedOut', 'true', true],
  ['retry', 'false', false],
  ['cached', 'true', false],
  ['direction', 'download', false],
  ['state', 'completed', false],
])('%s=%s is a failure: %s', (name, value, expected) => {
  expect(isFailure(name, value)).toBe(expected);
});
