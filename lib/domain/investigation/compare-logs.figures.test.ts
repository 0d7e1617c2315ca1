import { it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { expectTable } from '../../../test/support/golden-table.ts';
import { compareLogs, type LogComparison } from './compare-logs.ts';
import { KnownNames } from './known-names.ts';
import { affinityOf, errorsOf, hearErrors, mentionedBy, tellFields } from './log-links.ts';
import type { LogLine } from './log-sample.ts';
import type { MetricShift } from './metric-shift.ts';

const ONSET = Date.UTC(2026, 4, 20, 14, 0);

function lines(
  count: number,
  template: string,
  { fields = {}, atMs = 0, isError = false }: { fields?: object; atMs?: number; isError?: boolean } = {},
): LogLine[] {
  return Array.from({ length: count }, (_, index) => ({
    epochMs: ONSET + atMs + (count - index) * 1_000,
    template,
    severity: isError ? 'error' : 'info',
    fields: new Map(Object.entries(fields).map(([name, value]) => [name, String(value)])),
    text: `${template} ${index}`,
  })) as LogLine[];
}

const told = ({ patterns, fields, errorsBefore, errorsAfter }: LogComparison): unknown => [
  `${errorsBefore} ${errorsAfter}`,
  patterns
    .map((one) =>
      [
        one.change,
        one.template,
        one.before,
        one.after,
        (one.firstEpochMs - ONSET) / 1_000,
        one.example,
        one.deviations.toFixed(3),
        [...one.fields].join(';'),
      ].join(' '),
    )
    .join(),
  fields
    .map((one) =>
      [
        one.change,
        one.name,
        one.value,
        (one.firstEpochMs - ONSET) / 1_000,
        one.before.toFixed(4),
        one.after.toFixed(4),
        one.deviations.toFixed(3),
      ].join(' '),
    )
    .join(),
];

it('compares counts of patterns', async () => {
  const rows: (readonly [string, unknown])[] = [];
  const base = lines(96, 'usual');
  for (const scale of [1, 2, 5])
    for (const isError of [false, true])
      for (const [before, after] of [
        [0, 1],
        [0, 2],
        [0, 3],
        [0, 4],
        [0, 5],
        [1, 0],
        [1, 3],
        [3, 0],
        [6, 9],
        [9, 0],
        [10, 0],
        [11, 20],
        [20, 0],
        [20, 40],
        [20, 41],
        [20, 60],
        [50, 0],
        [100, 90],
        [0, 900],
      ] as const)
        rows.push([
          `${before} → ${after}, ×${scale}${isError ? ', errors' : ''}`,
          told(
            finish(
              compareLogs(
                [...base, ...lines(before, 'x', { isError, atMs: -900_000, fields: { a: 1, n: before } })],
                [...base, ...lines(after, 'x', { isError, atMs: 400_000, fields: { a: 1 } })],
                scale,
                ONSET,
              ),
            ),
          ),
        ]);
  for (const atMs of [-182_000, -181_000, -180_000, 0, 179_000, 180_000, 181_000])
    rows.push([
      `one line at ${atMs} ms`,
      [1, 2].map((count) => told(finish(compareLogs(base, [...base, ...lines(count, 'x', { atMs })], 1, ONSET)))),
    ]);
  const mixed = [
    ...lines(6, 'x', { fields: { a: 1, b: 1 } }),
    ...lines(6, 'x', { fields: { a: 1, b: 2 } }),
    ...lines(1, 'x', { fields: { a: 1, c: 3 } }),
  ];
  rows.push(['fields of all lines', told(finish(compareLogs(base, mixed, 1, ONSET)))]);
  await expectTable('investigation/log-patterns', rows);
});

it('compares values of fields', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const [before, old, young] of [
    [20, 10, 10],
    [21, 10, 10],
    [22, 10, 3],
    [100, 95, 5],
    [100, 96, 4],
    [100, 94, 6],
    [100, 0, 5],
    [100, 0, 6],
    [400, 10, 4],
    [400, 10, 5],
    [30, 400, 10],
    [30, 100, 8],
    [30, 4, 6],
  ] as const)
    rows.push([
      `${young} of ${old + young} new, ${before} before`,
      told(
        finish(
          compareLogs(
            lines(before, 'x', { fields: { v: 1 } }),
            [
              ...lines(old, 'x', { fields: { v: 1 } }),
              ...lines(young, 'x', { fields: { v: 2, other: 1 }, atMs: 5_000 }),
            ],
            1,
            ONSET,
          ),
        ),
      ),
    ]);
  const many = (count: number, total = 120) =>
    Array.from({ length: total }, (_, index) => lines(1, 'x', { fields: { v: index % count } })).flat();
  for (const count of [1, 59, 60, 61, 62]) {
    rows.push([
      `${count} values before`,
      told(finish(compareLogs(many(count), lines(80, 'x', { fields: { v: 'new' } }), 1, ONSET))),
    ]);
    rows.push([
      `${count} values and a new one`,
      told(
        finish(
          compareLogs(
            lines(80, 'x', { fields: { v: 'old' } }),
            [...many(count), ...lines(30, 'x', { fields: { v: 'new' } })],
            1,
            ONSET,
          ),
        ),
      ),
    ]);
    rows.push([
      `errors beside ${count} values`,
      told(finish(compareLogs([], [...many(count), ...lines(30, 'e', { isError: true, fields: { v: 1 } })], 1, ONSET))),
    ]);
  }
  for (const [bad, others, good, rest] of [
    [7, 0, 20, 20],
    [8, 0, 20, 20],
    [9, 0, 4, 3],
    [9, 0, 4, 4],
    [9, 0, 5, 4],
    [12, 8, 2, 40],
    [11, 9, 2, 40],
    [13, 7, 2, 40],
    [20, 0, 20, 20],
    [20, 0, 19, 21],
    [20, 0, 24, 20],
    [20, 0, 0, 40],
    [20, 0, 40, 0],
    [60, 40, 30, 70],
    [60, 40, 29, 72],
    [60, 40, 20, 70],
    [900, 0, 1, 90],
  ] as const)
    rows.push([
      `errors ${bad}:${others}, others ${good}:${rest}`,
      told(
        finish(
          compareLogs(
            [],
            [
              ...lines(bad, 'e', { isError: true, fields: { host: 'a' }, atMs: 2_000 }),
              ...lines(others, 'e', { isError: true, fields: { host: 'b' } }),
              ...lines(good, 'x', { fields: { host: 'a' } }),
              ...lines(rest, 'x', { fields: { host: 'b' } }),
            ],
            1,
            ONSET,
          ),
        ),
      ),
    ]);
  await expectTable('investigation/log-fields', rows);
});

it('hears of whom errors speak', async () => {
  const rows: (readonly [string, unknown])[] = [];
  const names = ['shop-pricing', 'shop-front', 'shop.db+1', 'db'];
  const shift = (metricName: string) => [{ metric: { metricName } }] as unknown as readonly MetricShift[];
  const metrics = [
    'DatabaseConnections',
    'Errors',
    'RequestLatency',
    'SlotsUsed',
    'CPU',
    'ConnectedPeers',
    'QueueDepths',
  ];
  for (const template of [
    'pricing answered 502',
    'repricing',
    'pricings',
    'SHOP-PRICING down',
    'call of shop-front',
    'front',
    'shop',
    'shop.db+1 x',
    'shopxdb+1',
    'db',
    'no slots',
    'remaining connection slots',
    'connect',
    'latency of requests',
    'queue depth reached',
    'größepricing',
    'pricing2',
    'pricings, then pricing',
    '\u{1d4d0}pricing\u{1d4d0}',
  ])
    for (const isError of [true, false]) {
      const comparison = finish(compareLogs([], lines(9, template, { isError, fields: { peer: 'db' } }), 1, ONSET));
      const finding = { group: 'g', resource: 'shop-front', comparison };
      rows.push([
        `${template}${isError ? '' : ', no error'}`,
        [
          errorsOf(finding).length,
          names.filter((name) => mentionedBy(finish(hearErrors(finding)), name, new KnownNames(names))).join(),
          names
            .filter((name) =>
              mentionedBy(finish(hearErrors({ ...finding, resource: 'other' })), name, new KnownNames([])),
            )
            .join(),
          metrics.filter((name) => affinityOf(finish(hearErrors(finding)), shift(name))).join(),
          tellFields(finding).join(),
        ],
      ]);
    }
  const field = (value: string, change: 'new' | 'gone' | 'concentrated', after: number) => ({
    name: 'v',
    value,
    change,
    firstEpochMs: 0,
    before: 0,
    after,
    deviations: 9,
  });
  const once = (after: number, change: 'new' | 'gone' = 'new') => ({
    ...finish(compareLogs([], lines(9, `${'long '.repeat(30)}${after}`), 1, ONSET)).patterns[0],
    after,
    change,
  });
  for (const [name, fields, patterns] of [
    ['three fields', [field('1', 'new', 1), field('2', 'concentrated', 0.666), field('3', 'new', 1)], []],
    ['gone', [field('1', 'gone', 1)], [once(1, 'gone')]],
    ['single lines', [], [once(1), once(2)]],
    ['a line three times', [], [once(3)]],
    ['a line two times', [], [once(2)]],
  ] as const)
    rows.push([
      name,
      tellFields({
        group: 'g',
        resource: 'r',
        comparison: { patterns, fields, errorsBefore: 0, errorsAfter: 0 } as unknown as LogComparison,
      }).join(),
    ]);
  await expectTable('investigation/log-links', rows);
});
