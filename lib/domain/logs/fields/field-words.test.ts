import { describe, expect, it } from 'vitest';
import { type FieldKind, isFailure, isSharedValue, kindOfField } from './field-words.ts';

const KINDS: readonly FieldKind[] = ['release', 'place', 'code', 'other'];

it.each([
  ['release', 'version app_version appVersion build releaseId commit git.sha image-tag ver rev deploymentId revision'],
  [
    'place',
    'host hostname ec2InstanceId node pod_name az availability-zone region cluster tenantId route featureFlag queue',
  ],
  ['code', 'code errorCode http.statusCode status exit_status'],
  ['other', 'mode message version.major verbose hosts codex user'],
])('%s: %s', (kind, names) => {
  for (const name of names.split(' ')) expect([name, kindOfField(name)]).toEqual([name, kind]);
});

describe('isSharedValue', () => {
  const kindsOf = (value: string) => KINDS.filter((kind) => isSharedValue(kind, value));

  it.each([
    ['a word', 'failed', KINDS],
    ['words', 'no space left', ['other']],
    ['too many words', 'no space left on disk', []],
    ['a number', '42', ['release', 'place', 'code']],
    ['a number of seven digits', '1234567', ['release', 'place', 'code']],
    ['a code with dots', '4.2.1', ['release', 'place', 'code']],
    ['a path', '/v1/users', []],
    ['a host', 'ip-10-0-1-7', ['release', 'place', 'code', 'other']],
    ['a year', 'build2026', ['release', 'place', 'code']],
    ['a hash', 'deadbeefcafe', ['release', 'place', 'code']],
    ['an image', 'repo/app:1.2@sha', ['release', 'place']],
    ['a date', '2026-03-01', []],
    ['a time', '12:00:00', []],
    ['an epoch', '1772366400', []],
    ['an id', '8d4e2f60-1c7b-4f6e-9a53-000102030405', []],
    ['a price', '$5', ['release', 'place']],
    ['a dash', '-', ['code']],
    ['nothing', '', []],
  ] as const)('%s, %j', (_, value, kinds) => {
    expect(kindsOf(value)).toEqual(kinds);
  });

  it('keeps to lengths', () => {
    expect([64, 65].map((chars) => isSharedValue('other', 'x'.repeat(chars)))).toEqual([true, false]);
    expect([64, 65].map((chars) => isSharedValue('code', 'x'.repeat(chars)))).toEqual([true, false]);
    for (const kind of ['release', 'place'] as const)
      expect([100, 101].map((chars) => isSharedValue(kind, 'x'.repeat(chars)))).toEqual([true, false]);
  });
});

describe('isFailure', () => {
  it.each([
    ['state', 'failed', true],
    ['state', 'paid', false],
    ['code', 'GATEWAY_DOWN', true],
    ['code', 'DOWNTOWN', false],
    ['success', 'false', true],
    ['result.is_ok', 'false', true],
    ['ok.mode', 'false', false],
    ['mode', 'false', false],
    ['timedOut', 'true', true],
    ['error', 'true', true],
    ['success', 'true', false],
    ['error', 'none', false],
  ])('%s=%s: %s', (name, value, expected) => {
    expect(isFailure(name, value)).toBe(expected);
  });
});
