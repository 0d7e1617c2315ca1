/** From messages of two windows to patterns and fields: values that tell patterns apart, tokens where others have words. */
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import { startDigest } from './digest-messages.ts';
import type { PatternLook, WindowName } from './log-pattern.ts';
import { toTemplate } from './message-template.ts';
import { reportFields } from './pattern-fields.ts';
import { reportPatterns } from './pattern-report.ts';

const STEP_MS = 60_000;

function read(window: WindowName, messages: readonly string[], eventsPerSample = 1): PatternLook {
  const digest = startDigest(STEP_MS);
  for (const [index, message] of messages.entries()) digest.add(message, index * 1_000);
  return { window, isErrorsOnly: false, isWhole: true, eventsPerSample, rows: digest.groups() };
}

function listed(window: WindowName, counts: Readonly<Record<string, number>>): PatternLook {
  const rows = Object.entries(counts).map(([text, count]) => ({ texts: [text], template: toTemplate(text), count }));
  return { window, isErrorsOnly: false, isWhole: true, eventsPerSample: 1, rows };
}

const times = (count: number, write: (index: number) => string) => Array.from({ length: count }, (_, at) => write(at));
const changesOf = (looks: readonly PatternLook[]) =>
  finish(reportPatterns(looks))
    .filter(({ change }) => change !== 'steady')
    .map(({ template, change, now, before, severity }) => `${change} ${now}/${before} ${severity} ${template}`);

describe('a value that tells patterns apart', () => {
  it.each([
    [
      'JSON',
      (word: string, index: number) => `{"level":"INFO","msg":"payment settled","outcome":"${word}","id":${index}}`,
      'INFO payment settled outcome=failure',
    ],
    [
      'text',
      (word: string, index: number) => `order ${index} handled:state=${word}`,
      'order <num> handled:state=failure',
    ],
    [
      'deep JSON',
      (word: string, index: number) => `{"msg":"sent","result":{"gateway":{"kind":"${word}","try":${index}}}}`,
      'sent result.gateway.kind=failure',
    ],
  ])('is new in %s', (_name, write, pattern) => {
    const before = times(60, (index) => write('success', index));
    const now = [...before, ...times(4, (index) => write('failure', index))];
    expect(changesOf([read('before', before), read('now', now)])).toEqual([`new 4/0 error ${pattern}`]);
  });

  it('is a code among codes, and goes with what says the same', () => {
    const write = (code: string, at: string) => (index: number) =>
      `{"level":"WARN","msg":"charge refused","code":"${code}","gateway_state":"${at}","n":${index}}`;
    const before = times(50, write('INSUFFICIENT_FUNDS', 'up'));
    const now = [...before, ...times(9, write('GATEWAY_DOWN', 'down'))];
    expect(changesOf([read('before', before), read('now', now)])).toEqual([
      'new 9/0 error WARN charge refused code=GATEWAY_DOWN gateway_state=down',
    ]);
  });

  it('is a boolean of success', () => {
    const write = (isOk: boolean) => () => JSON.stringify({ msg: 'job ended', success: isOk });
    const looks = [
      read('before', times(40, write(true))),
      read('now', [...times(30, write(true)), ...times(5, write(false))]),
    ];
    expect(changesOf(looks)).toEqual(['new 5/0 error job ended success=false']);
  });

  it('has grown: what remains is counted without it', () => {
    const write = (word: string) => () => `{"msg":"sync","outcome":"${word}"}`;
    const before = [...times(50, write('done')), ...times(2, write('failed'))];
    const now = [...times(50, write('done')), ...times(40, write('failed'))];
    const patterns = finish(reportPatterns([read('before', before), read('now', now)]));
    expect(patterns).toMatchObject([
      { template: 'sync', now: 50, before: 50, change: 'steady' },
      { template: 'sync outcome=failed', now: 40, before: 2, change: 'grown' },
    ]);
  });

  it('is not one of many names, nor one that is new everywhere at once', () => {
    const names = times(40, (index) => `name${'abcdefghij'.charAt(index % 10)}${'klmn'.charAt(index % 4)}`);
    const write = (message: string, name: string, mode: string) =>
      `{"msg":"${message}","user":"${name}","mode":"${mode}"}`;
    const lines = (mode: string, from: number) =>
      ['opened', 'closed', 'moved', 'sent'].flatMap((message) =>
        names.slice(from, from + 20).map((name) => write(message, name, mode)),
      );
    const looks = [read('before', lines('fast', 0)), read('now', lines('slow', 20))];
    expect(changesOf(looks)).toEqual([]);
    expect(reportFields(finish(reportPatterns(looks)))).toMatchObject([
      {
        name: 'mode',
        values: [
          { value: 'slow', change: 'new' },
          { value: 'fast', change: 'gone' },
        ],
      },
    ]);
  });
});

describe('fields beside the patterns', () => {
  it('are releases and hosts, not what came with a new pattern', () => {
    const write = (version: string) => (index: number) =>
      `{"msg":"served","version":"${version}","host":"h${index % 2}"}`;
    const now = [
      ...times(40, write('2.14.0')),
      ...times(9, () => '{"msg":"slow","table":"orders","version":"2.14.0"}'),
    ];
    const patterns = finish(reportPatterns([read('before', times(40, write('2.13.7'))), read('now', now)]));
    expect(reportFields(patterns)).toMatchObject([
      {
        name: 'version',
        values: [
          { value: '2.14.0', change: 'new', shareNow: 1, shareBefore: 0, firstEpochMs: 0 },
          { value: '2.13.7', change: 'gone', shareNow: 0, shareBefore: 1 },
        ],
      },
    ]);
  });
});

describe('a token of CloudWatch where others have a word', () => {
  it('is one pattern with what is constant in the other window', () => {
    const looks = [listed('before', { 'pool is ready now': 50 }), listed('now', { 'pool is <Token-1> now': 52 })];
    expect(finish(reportPatterns(looks))).toMatchObject([
      { template: 'pool is <*> now', now: 52, before: 50, change: 'steady' },
    ]);
  });

  it('stays apart from a word that is in the same window', () => {
    const looks = [
      listed('before', { 'pool is <Token-1> now': 50 }),
      listed('now', { 'pool is <Token-1> now': 50, 'pool is broken now': 9 }),
    ];
    expect(changesOf(looks)).toEqual(['new 9/0 none pool is broken now']);
  });

  it('is shared out to what messages tell more finely', () => {
    const write = (code: string) => () => `{"msg":"charged","status":${code}}`;
    const looks = [
      listed('before', { '{"msg":"charged","status":200}': 1_000 }),
      listed('now', { '{"msg":"charged","status":<Token-1>}': 1_000 }),
      read('before', times(100, write('200')), 10),
      read('now', [...times(80, write('200')), ...times(20, write('503'))], 10),
    ];
    expect(finish(reportPatterns(looks))).toMatchObject([
      { template: 'charged status=2xx', now: 800, before: 1_000, change: 'steady' },
      { template: 'charged status=5xx', now: 200, before: 0, change: 'new', severity: 'error' },
    ]);
  });
});

it('keeps little, however many messages there are', () => {
  const digest = startDigest(STEP_MS);
  for (let index = 0; index < 3_000; index += 1) digest.add(`job ${index} done user=u${index}x host=h${index}`, index);
  const [group, ...others] = digest.groups();
  expect(others).toEqual([]);
  expect(group).toMatchObject({ template: 'job <num> done user=<*> host=<*>', count: 3_000 });
  expect(group?.texts).toHaveLength(5);
  expect(group?.seen?.fields.get('host')).toBe('open');
  expect(group?.seen?.firstEpochMs).toBe(0);
});
