import { it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { clusterMessages } from './log-clusters.ts';
import { toTemplate } from './message-template.ts';
import { maskText } from './message-template-mask.ts';
import { CHANGES, changeOf, compareChanges, formatGrowth } from './pattern-changes.ts';
import { findProbe, toCountQuery, toFilter } from './pattern-probe.ts';
import { reportPatterns } from './pattern-report.ts';
import { ERROR_REGEX, markFailure, SEVERITIES, severityOf } from './pattern-severity.ts';

const MESSAGES = [
  '',
  ' ',
  'plain words only',
  'order 123 failed after 45ms',
  'took 1.5s',
  'id=8d4e2f60-1c7b-4f6e-9a53-000102030405',
  '2026-03-01T12:00:00.123Z ERROR db: timeout',
  '[2026-03-01 12:00:00,123] WARN x',
  '10.0.0.1:8080 refused',
  'fe80::1 down',
  'user=alice action="log in" ms=12',
  'GET /v1/users/42?x=1 200 12',
  'at com.example.Foo.bar(Foo.java:42)',
  '{"level":"error","msg":"boom","n":1}',
  '{"a":{"b":[1,2,{"c":"d"}]}}',
  '{"message":"order 5 failed","stack":"at x\\n at y"}',
  'email a@b.example sent',
  'https://example.com/a/b?c=d#e',
  'arn:aws:sqs:eu-central-1:123456789012:q',
  'i-0123456789abcdef0 stopped',
  '0xdeadbeef',
  'deadbeefcafe',
  'hash 5f4dcc3b5aa765d61d8327deb882cf99',
  'version 1.2.3-rc1',
  'v2 up',
  'cpu 93% of 100',
  '1,234,567 rows',
  '-5 +3 1e9',
  "it's 'quoted' and \"double\"",
  'key: value, other: 5',
  'a=1 b=two c="three four" d=[1,2]',
  'RequestId: 11111111-2222-3333-4444-555555555555 Duration: 12.3 ms',
  'START RequestId: abc Version: $LATEST',
  'x'.repeat(500),
  `${'word '.repeat(200)}end`,
  'Ümlaut größe 5',
  '日本語 12',
  'a\tb\nc',
  'Mon Mar 01 12:00:00 2026 x',
  '12:34:56 tick',
  'Sun, 01 Mar 2026 12:00:00 GMT',
  '1772366400 epoch',
  'host ip-10-0-1-2.ec2.internal',
  '/var/log/app-2026-03-01.log opened',
  'C:\\temp\\x.txt',
  'AKIAEXAMPLE',
  'base64 aGVsbG8gd29ybGQhIQ==',
  '<xml attr="5">t</xml>',
  'panic: runtime error: index out of range [5] with length 3',
  'Traceback (most recent call last):',
  'FATAL',
  'level=warn',
  'severity=INFO',
  'no error here',
  'errors=0',
  'status=500',
  'HTTP 503',
  'failed=0 ok=5',
  'java.lang.NullPointerException: x',
  'DEBUG trace',
  '[error] x',
  'E0301 12:00 x',
  '"}',
  '{"a":',
  'a="unclosed',
  "a='x' b='y z'",
  '((nested [deep {x=1}]))',
];

it('makes templates of messages', async () => {
  await expectTable(
    'patterns/templates',
    MESSAGES.map((text) => [
      JSON.stringify(text).slice(0, 80),
      [
        toTemplate(text),
        maskText(text),
        severityOf(text),
        markFailure(text),
        new RegExp(ERROR_REGEX.replace(/^\(\?i\)/, ''), 'i').test(text),
      ],
    ]),
  );
});

it('tells the severity by the label first', async () => {
  const labels = [
    undefined,
    'ERROR',
    'error',
    'Warn',
    'WARNING',
    'INFO',
    'DEBUG',
    'TRACE',
    'FATAL',
    'CRITICAL',
    'NONE',
    '',
    'else',
    'NOTICE',
  ];
  await expectTable('patterns/severity', [
    ...labels.flatMap((label) =>
      ['x failed', 'all fine', 'WARN x'].map((text) => [`${label}, ${text}`, severityOf(text, label)] as const),
    ),
    ['all', SEVERITIES],
  ]);
});

it('puts messages together', async () => {
  const list = (count: number, make: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => make(at)).map((text) => ({
      text,
      template: toTemplate(text),
      counts: [1 + (text.length % 3), text.length % 2],
    }));
  const words = [
    'red',
    'green',
    'blue',
    'black',
    'white',
    'grey',
    'pink',
    'cyan',
    'teal',
    'navy',
    'lime',
    'gold',
    'rose',
    'plum',
  ];
  const word = (at: number): string => words[at % words.length] ?? '';
  const cases: Readonly<Record<string, ReturnType<typeof list>>> = {
    none: [],
    all: list(MESSAGES.length, (at) => MESSAGES[at] ?? ''),
    ...Object.fromEntries(
      [2, 3, 4, 5, 6, 11, 12, 13, 14].map((count) => [
        `${count} words`,
        list(count, (at) => `colour ${word(at)} was chosen by the user today`),
      ]),
    ),
    ...Object.fromEntries(
      [4, 5, 11, 12, 13].map((count) => [`${count} short`, list(count, (at) => `${word(at)} done`)]),
    ),
    'two places': list(40, (at) => `user ${word(at)} took ${word(at * 3 + 1)} from shelf ${at}`),
    'with strangers': list(30, (at) =>
      at % 7 === 0 ? `disk ${word(at)} full` : `service ${word(at)} answered slowly again`,
    ),
    lists: list(12, (at) => `ids [${Array.from({ length: at % 4 }, (_, index) => index).join(', ')}] were dropped`),
    json: list(12, (at) => JSON.stringify({ level: 'info', user: word(at), n: at })),
    'the same': list(5, () => 'nothing varies'),
    long: list(8, (at) => `${'word '.repeat(170)}${word(at)}`),
    lengths: list(20, (at) => `a ${'b '.repeat(at % 5)}c`),
  };
  await expectTable(
    'patterns/clusters',
    Object.entries(cases).map(([name, messages]) => [name, finish(clusterMessages(messages))]),
  );
});

it('compares two windows', async () => {
  const counts = [0, 1, 2, 3, 4, 5, 6, 10, 15, 30, 100];
  const rows = counts.flatMap((now) =>
    counts.flatMap((before) =>
      [1, 10].flatMap((eventsPerSample) =>
        [false, true].map(
          (isError) =>
            [
              `${now} after ${before}, ${eventsPerSample}, ${isError}`,
              changeOf({ now, before, eventsPerSample, isError }),
            ] as const,
        ),
      ),
    ),
  );
  const ranked = [...CHANGES, undefined].flatMap((change) =>
    (['error', 'info'] as const).flatMap((severity) =>
      [1, 9].map((now) => ({
        severity: SEVERITIES.find((one) => one.toLowerCase().startsWith(severity)) ?? SEVERITIES[0],
        now,
        before: 4,
        template: `${change}${now}`,
        ...(change !== undefined && { change }),
      })),
    ),
  );
  await expectTable('patterns/changes', [
    ...rows,
    ...[
      [1, 0],
      [5, 5],
      [10, 5],
      [7, 5],
      [5, 10],
      [1_000, 1],
      [0, 5],
      [3, 2],
    ].map(([now = 0, before = 0]) => [`growth ${now} of ${before}`, formatGrowth(now, before)] as const),
    [
      'ranked',
      ranked
        .toSorted(compareChanges)
        .map(({ template, severity }) => `${template} ${severity}`)
        .join(', '),
    ],
  ]);
});

it('reports patterns of both windows', async () => {
  const look = (window: 'now' | 'before', texts: readonly string[], more: object = {}) => ({
    window,
    isErrorsOnly: false,
    isWhole: true,
    eventsPerSample: 1,
    rows: texts.map((text, at) => ({ texts: [text], template: toTemplate(text), count: 3 * at + 4 })),
    ...more,
  });
  const [few, others] = [MESSAGES.slice(2, 12), MESSAGES.slice(6, 20)];
  const cases = {
    'now only': [look('now', few)],
    both: [look('now', few), look('before', others)],
    'cut before': [look('now', few), look('before', others, { isWhole: false })],
    sampled: [look('now', few, { eventsPerSample: 20 }), look('before', others, { eventsPerSample: 5 })],
    'errors besides': [
      look('now', few, { isWhole: false }),
      look('now', others, { isErrorsOnly: true }),
      look('before', few),
      look('before', MESSAGES.slice(50, 60), { isErrorsOnly: true }),
    ],
  };
  await expectTable(
    'patterns/report',
    Object.entries(cases).flatMap(([name, looks]) =>
      finish(reportPatterns(looks)).map((pattern, at) => [`${name}, ${at}`, pattern] as const),
    ),
  );
});

it('finds words that tell a pattern from others', async () => {
  const own = [
    ['order 1 failed for alice', 'order 2 failed for bob'],
    ['x'],
    ['payment declined "quoted" by /bank/', 'payment declined "quoted" by /bank/ again'],
    ['timeout', 'timeout'],
    [],
  ];
  const others = [['order 3 paid', 'failed over'], [], ['payment accepted'], ['timeout of x']];
  await expectTable('patterns/probes', [
    ...own.flatMap((mine, at) =>
      others.map((rest, index) => {
        const probe = findProbe(mine, rest);
        return [`${at}, ${index}`, probe && [probe, toFilter(probe)]] as const;
      }),
    ),
    ['query', toCountQuery([['a b', 'c'], ['d"e']], '5m')],
  ]);
});
