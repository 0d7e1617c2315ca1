import { it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { expectTable } from '../../../test/support/golden-table.ts';
import { MINUTE_MS } from '../time.ts';
import { compareLogs } from './compare-logs.ts';
import type { LogFinding } from './log-links.ts';
import { readLogLine } from './log-sample.ts';
import { layerOf, type MetricRole, roleOf } from './metric-role.ts';
import type { MetricShift } from './metric-shift.ts';
import { type Evidence, orderResources, rankSuspects } from './rank-suspects.ts';

const ONSET = Date.UTC(2026, 4, 20, 14, 0);

function moved(
  resource: string,
  metricName: string,
  minute = 0,
  {
    namespace = 'AWS/Lambda',
    before = 1,
    after = 60,
    deviations = 40,
    role,
    ...more
  }: Partial<MetricShift> & {
    namespace?: string;
    before?: number;
    after?: number;
    deviations?: number;
    role?: MetricRole;
  } = {},
): MetricShift {
  return {
    metric: {
      namespace,
      metricName,
      dimensions: [],
      resource,
      role: role ?? roleOf(metricName),
      layer: layerOf({ namespace, dimensions: [] }),
      distance: 1,
    },
    statistic: 'Sum',
    shift: { index: 0, before, after, deviations, direction: after > before ? 'up' : 'down' },
    atEpochMs: ONSET + minute * MINUTE_MS,
    periodMs: MINUTE_MS,
    isRegular: false,
    isSlow: false,
    ...more,
  };
}

const logs = (resource: string, message: string, more: object = {}): LogFinding => {
  const lines = Array.from({ length: 30 }, (_, index) =>
    readLogLine(ONSET + index * 2_000, JSON.stringify({ level: 'ERROR', message, ...more })),
  );
  return { group: `/aws/lambda/${resource}`, resource, comparison: finish(compareLogs([], lines, 1, ONSET)) };
};

const told = (evidence: Partial<Evidence>): unknown => {
  const whole = {
    onsetEpochMs: ONSET,
    shifts: [],
    logs: [],
    configChanges: [],
    isRecurring: false,
    own: [],
    resources: [],
    ...evidence,
  };
  return [
    finish(orderResources(whole))
      .map(({ resource, shifts }) => `${resource} ${shifts.length}`)
      .join(),
    finish(rankSuspects(whole))
      .map(({ subject, why, score }) => `${score} ${subject}: ${why}`)
      .join(' / '),
  ];
};

it('weighs time, part, layer and size', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const minute of [-60, -16, -15, -14, -7, -6, -5, -2, -1, 0, 1, 2, 3, 6, 11, 12, 60])
    for (const isSlow of [false, true])
      rows.push([
        `${isSlow ? 'slow, ' : ''}minute ${minute}`,
        told({ shifts: [moved('a', 'Errors', 0, { after: 8 }), moved('b', 'Errors', minute, { isSlow })] }),
      ]);
  for (const namespace of ['AWS/ApiGateway', 'AWS/Lambda', 'AWS/RDS', 'AWS/SQS'])
    for (const role of ['load', 'fault', 'latency', 'capacity', 'backlog', 'other'] as const)
      rows.push([
        `${namespace} ${role}`,
        told({
          shifts: [
            moved('a', 'M', 0, { namespace, role, after: 5, deviations: 9 }),
            moved('b', 'Errors', 0, { after: 5, deviations: 9 }),
          ],
        }),
      ]);
  for (const isRegular of [false, true])
    for (const isRecurring of [false, true])
      rows.push([
        `regular ${isRegular}, asked ${isRecurring}`,
        told({ isRecurring, shifts: [moved('a', 'Errors', 0, { isRegular }), moved('b', 'Errors', 1)] }),
      ]);
  for (const after of [0, 10, 24, 25, 26, 50, 99, 100, 101, 140])
    rows.push([
      `load 100 → ${after}`,
      told({ shifts: [moved('a', 'Invocations', 0, { before: 100, after }), moved('b', 'Errors', 0, { after: 3 })] }),
    ]);
  for (const periods of [0.5, 1, 2, 5])
    for (const minute of [0, 0.9, 1, 1.1, 3])
      rows.push([
        `periods of ${periods} min, the second at ${minute}`,
        told({
          shifts: [
            moved('a', 'Errors', 0, { periodMs: periods * MINUTE_MS }),
            moved('b', 'Errors', minute, { periodMs: periods * MINUTE_MS }),
          ],
        }),
      ]);
  for (const after of [1.3, 1.5, 2, 2.5, 3, 6, 30])
    rows.push([
      `weak beside strong, ${after}`,
      told({ shifts: [moved('a', 'Errors', 1), moved('b', 'Errors', 0, { after, deviations: 4 })] }),
    ]);
  for (const deviations of [1, 3, 4, 5])
    rows.push([
      `alone, ${deviations}σ`,
      told({ shifts: [moved('a', 'Errors', 0, { before: 100, after: 101, deviations })] }),
    ]);
  await expectTable('investigation/suspects-weights', rows);
});

it('explains load by the load at the door', async () => {
  const rows: (readonly [string, unknown])[] = [];
  const door = (after: number, minute = 0, namespace = 'AWS/ApiGateway') =>
    moved('api', 'Count', minute, { namespace, before: 300, after });
  const inside = (minute = 0, after = 1_500) => moved('front', 'Invocations', minute, { before: 300, after });
  for (const after of [100, 300, 900, 1_100, 1_500, 2_000, 2_500, 4_000])
    rows.push([`door → ${after}`, told({ shifts: [door(after), inside()] })]);
  for (const after of [330, 420, 440, 600])
    rows.push([`small, inside → ${after}`, told({ shifts: [door(300), inside(0, after)] })]);
  for (const minute of [-3, -2, -1, 0, 1, 2, 3, 4])
    rows.push([`door at ${minute}`, told({ shifts: [door(1_500, minute), inside()] })]);
  for (const namespace of ['AWS/Lambda', 'AWS/SQS', 'AWS/RDS'])
    rows.push([`no door: ${namespace}`, told({ shifts: [door(1_500, 0, namespace), inside()] })]);
  rows.push([
    'two doors',
    told({ shifts: [door(1_500), moved('second', 'Count', 0, { namespace: 'AWS/ELB', before: 300, after: 1_500 })] }),
  ]);
  rows.push([
    'one resource',
    told({
      shifts: [
        moved('api', 'Count', 0, { namespace: 'AWS/ApiGateway', before: 300, after: 1_500 }),
        moved('api', 'Invocations', 0, { before: 300, after: 1_500 }),
      ],
    }),
  ]);
  rows.push([
    'several metrics',
    told({
      shifts: ['Errors', 'Duration', 'Throttles', 'Faults', 'Rejected', 'Errors'].map((name, index) =>
        moved('a', name, -index),
      ),
    }),
  ]);
  rows.push([
    'a weak one among them',
    told({ shifts: [moved('a', 'Errors'), moved('a', 'Duration', -4, { after: 1.4, deviations: 4 })] }),
  ]);
  rows.push([
    'many',
    told({ shifts: Array.from({ length: 7 }, (_, index) => moved(`f${index}`, 'Errors', 7 - index)) }),
  ]);
  await expectTable('investigation/suspects-load', rows);
});

it('follows logs and changes of configuration', async () => {
  const rows: (readonly [string, unknown])[] = [];
  const front = moved('shop-front', 'Errors');
  const database = (minute: number, more: Partial<MetricShift> & { after?: number; deviations?: number } = {}) =>
    moved('shop-db', 'DatabaseConnections', minute, { namespace: 'AWS/RDS', ...more });
  for (const message of [
    'shop-db refused',
    'remaining connection slots',
    'broken',
    'shop-front and shop-db',
    'shop-front',
  ])
    for (const minute of [-2, 0, 1, 2])
      for (const more of [{}, { after: 1.2, deviations: 2 }])
        rows.push([
          `"${message}", ${minute}${'after' in more ? ', weak' : ''}`,
          told({ shifts: [front, database(minute, more)], logs: [logs('shop-front', message)] }),
        ]);
  rows.push(['from elsewhere', told({ shifts: [front, database(0)], logs: [logs('other', 'shop-db refused')] })]);
  rows.push([
    'of two',
    told({
      shifts: [front, database(0), moved('shop-pricing', 'Errors')],
      logs: [logs('shop-front', 'pricing and shop-db'), logs('shop-pricing', 'shop-db')],
    }),
  ]);
  const fields = {
    patterns: [],
    errorsBefore: 0,
    errorsAfter: 9,
    patternsLeft: 0,
    fields: (['gone', 'new', 'concentrated'] as const).map((change) => ({
      name: change,
      value: 'x',
      change,
      firstEpochMs: ONSET,
      before: 0,
      after: 0.7,
      deviations: 9,
    })),
  };
  rows.push([
    'fields',
    told({ shifts: [front, database(0)], logs: [{ group: 'g', resource: 'shop-front', comparison: fields }] }),
  ]);
  for (const minute of [-30, -16, -15, -14, -1, 0, 1, 2])
    rows.push([
      `configuration at ${minute}`,
      told({
        shifts: [front, moved('shop-pricing', 'Errors')],
        configChanges: [
          { atEpochMs: ONSET + minute * MINUTE_MS, name: 'Update', text: '', resources: ['no', 'shop-pricing'] },
        ],
      }),
    ]);
  for (const name of [
    'shop-pricing',
    'a/shop-pricing',
    'arn:aws:x:shop-pricing',
    'ShopPricing',
    'shop_pricing',
    'xshop-pricing',
    'shop-pricing-2',
    'pricing',
    '',
  ])
    rows.push([
      `configuration of "${name}"`,
      told({
        shifts: [front, moved('shop-pricing', 'Errors')],
        configChanges: [{ atEpochMs: ONSET, name: 'Update', text: '', resources: [name] }],
      }),
    ]);
  await expectTable('investigation/suspects-links', rows);
});
