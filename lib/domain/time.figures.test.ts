import { it } from 'vitest';
import { expectTable, outcomeOf } from '../../test/support/golden-table.ts';
import { readDashboardTime } from './dashboards/dashboard-time.ts';
import { resolveStep } from './promql/step.ts';
import { countOf, formatCount, listSome, nounOf } from './text/counts.ts';
import { estimateScanUsd, formatBytes, formatUsd } from './text/log-size.ts';
import { findNearest, nearestOrFirst, offerNames, suggest } from './text/nearest.ts';
import { shareChars } from './text/share-chars.ts';
import { takePart } from './text/text-part.ts';
import { formatAgo, formatDuration, parseDuration, parseTime, resolveRange } from './time.ts';

const NOW = Date.parse('2026-03-01T12:34:56Z');
const UNITS = [
  's',
  'sec',
  'secs',
  'second',
  'seconds',
  'm',
  'min',
  'mins',
  'minute',
  'minutes',
  'h',
  'hr',
  'hrs',
  'hour',
  'hours',
  'd',
  'day',
  'days',
  'w',
  'week',
  'weeks',
  'ms',
  'month',
  'y',
  '',
];
const TIMES = [
  'now',
  'NOW()',
  'now utc',
  'today',
  'yesterday GMT',
  'tomorrow',
  '2026/03/01',
  '2026/3/1',
  '2026/03/011',
  '2026-02-30',
  '2026-02-28 23:59',
  '2026-02-28T23:59:30.5',
  '2026-02-28T23:59:30.123456',
  '2026-02-28T10:00+0130',
  '2026-02-28T10:00-01:30',
  '2026-02-28T25:00',
  '99999999999',
  '100000000000',
  '9999999',
  '99999999',
  '123456789',
  '1772366400.25',
  'last hour',
  'the last 3 hours',
  'past 90 s',
  'previous minute',
  'last',
  'last day',
  'an hour ago',
  'a minute ago',
  '5 ago',
  '+2h',
  '-P1W',
  'P1W2D',
  'PT1H30M5S',
  'P',
  '2h ago',
  'now + 5m',
  'now-',
  'x'.repeat(60),
  '',
  ' -3h ',
];

it('reads times and lengths', async () => {
  const lengths = UNITS.flatMap((unit) => [`1${unit}`, `2.5 ${unit}`, `1h30${unit}`]).concat([
    '1h 30m',
    '1h,30m',
    'P1W',
    'P2D',
    'PT3H',
    'PT4M',
    'PT5S',
    'P1.5D',
    'P1M',
    'PT',
    '1234567890s',
    '0s',
  ]);
  await expectTable('time', [
    ...lengths.map((text) => [`length ${text}`, parseDuration(text)] as const),
    ...TIMES.map((text) => [`time ${text}`, outcomeOf(() => parseTime(text, NOW) - NOW)] as const),
    ...TIMES.map((text) => [`to ${text}`, outcomeOf(() => resolveRange('-30d', text, NOW))] as const),
    ...TIMES.map(
      (text) =>
        [`from ${text}`, outcomeOf(() => resolveRange(text, 'now', NOW, { start: 'from', end: 'to' }))] as const,
    ),
    ['named', outcomeOf(() => parseTime('x', NOW, 'since'))],
    ...[
      0, 499, 500, 1_000, 59_499, 59_500, 60_000, 3_599_000, 3_600_000, 3_660_000, 86_400_000, 90_061_000, 86_460_000,
      -5_000, 1e12,
    ].map((ms) => [`${ms} ms`, [formatDuration(ms), formatAgo(NOW - ms, NOW)]] as const),
    ...[
      '-P1Y',
      '-P1M',
      '-P1W',
      '-P1D',
      '-PT1H',
      '-PT1M',
      '-PT1S',
      '-PT0S',
      '-P1Y2M3W4DT5H6M7S',
      '-PT90M',
      '-PT61S',
      'PT1H',
      '2026-03-01',
      '2026-03-01T10:00:00',
      '2026-03-01T10:00:00+02:00',
      '2026-03-01T10:00',
      '2026-03-01T99:00:00',
      '03/01/2026',
      '',
    ].map((text) => [`dashboard ${text}`, readDashboardTime(text)] as const),
  ]);
});

it('chooses the step of a query', async () => {
  const spans = [0, 60, 3_600, 3_601, 7_200, 43_200, 86_400, 604_800, 2_592_000, 5_184_000, 5_184_001, 40_000_000];
  const texts = [
    undefined,
    '60',
    '30s',
    '5m',
    '1h',
    '1d',
    '1w',
    '500ms',
    '1.5m',
    '0',
    '-5',
    'x',
    '5 m',
    ' 5m ',
    '1y',
    '12345678901',
  ];
  await expectTable(
    'promql-step',
    spans.flatMap((seconds) =>
      texts.map((text) => [
        `${seconds} s, ${text}`,
        outcomeOf(() => resolveStep(text, { startEpochMs: 0, endEpochMs: seconds * 1_000 })),
      ]),
    ),
  );
});

it('counts, lists and finds what is near', async () => {
  const names = [
    'orders',
    'order',
    'Orders-API',
    'payments',
    'payment-worker',
    'checkout',
    'a',
    'ab',
    'abc',
    'x'.repeat(300),
  ];
  const asked = [
    'orders',
    'ordes',
    'ORDER',
    'pay',
    'payment',
    'chekcout',
    'zzz',
    '',
    'abd',
    'orders-api-v2',
    'x'.repeat(299),
    'or',
    'b',
  ];
  const bytes = [0, 1, 1_023, 1_024, 999_999, 1e6, 1e9, 1.5e9, 1e12, 5e15];
  await expectTable('text', [
    ...asked.flatMap((name) => [
      [
        `near ${name.slice(0, 20)}`,
        [findNearest(name, names), findNearest(name, names, 1), suggest(name, names)],
      ] as const,
      [
        `offer ${name.slice(0, 20)}`,
        [
          nearestOrFirst(name, new Set(names), 2),
          offerNames(name, new Set(names), 'They are', 3),
          offerNames(name, new Set(), 'None', 3),
        ],
      ] as const,
    ]),
    ...[0, 1, 2, 1_000, 1_234_567, 0.6].map(
      (count) =>
        [
          `count ${count}`,
          [
            formatCount(count),
            nounOf(count, 'row'),
            nounOf(count, 'is', 'are'),
            countOf(count, 'query', 'queries'),
            countOf(count, 'row'),
          ],
        ] as const,
    ),
    ...[0, 1, 2, 3, 9].map(
      (most) =>
        [
          `list ${most}`,
          [
            listSome(['a', 'b', 3], most),
            listSome(['a', 'b', 3], most, '; ', (left) => ` +${left}`),
            listSome([], most),
          ],
        ] as const,
    ),
    ...bytes.map(
      (size) => [`bytes ${size}`, [formatBytes(size), estimateScanUsd(size, 0.005), formatUsd(size / 1e9)]] as const,
    ),
    ...[0.001, 0.004, 0.005, 0.01, 0.1, 1, 12.345, 1_234.5].map((usd) => [`usd ${usd}`, formatUsd(usd)] as const),
    ...[[], [5], [1, 2, 3], [10, 10, 10], [1, 50, 100], [3, 3, 100]].flatMap((lengths) =>
      [-1, 0, 6, 10, 30, 60, 1_000].map(
        (most) => [`share ${lengths.join(',')} in ${most}`, String(shareChars(lengths, most))] as const,
      ),
    ),
    ...['', 'short', 'a\nb\nc\nd\ne\nf', 'x'.repeat(30), '😀'.repeat(9), 'a\u0000b\r\nc'].flatMap((text) =>
      [0, 1, 5, 8].flatMap((offset) =>
        [1, 8, 9, 12, 40].map(
          (most) =>
            [
              `part of ${JSON.stringify(text).slice(0, 20)} from ${offset}, ${most}`,
              takePart(text, offset, most),
            ] as const,
        ),
      ),
    ),
  ]);
});
