import { it } from 'vitest';
import { ALL_KINDS, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { averageLine, chooseBucketMs } from './average-line.ts';
import { betweenMs, drawLine, orderPoints, roundValue, usualDistanceMs } from './chart-line.ts';
import { decodeTimes, encodeTimes } from './encode-times.ts';
import { axisFactor, formatMeasure, formatTicks } from './format-measure.ts';
import { chooseLogRange, linearReach, splitLogAxis } from './log-axis.ts';
import { colorOf, DARK, dashOf, LIGHT, STATE_NAMES } from './palette.ts';
import { formatMoment, formatTimeTicks, nameZone } from './time-labels.ts';
import { chooseRange, listIncrements, splitAxis } from './value-axis.ts';

const UNITS = [
  'Bytes',
  'Kilobytes',
  'Megabits',
  'Bytes/Second',
  'Percent',
  'Count',
  'Count/Second',
  'Seconds',
  'Milliseconds',
  'Microseconds',
  'None',
  '',
];
const NUMBERS = [0, 1e-9, 0.001, 0.5, 1, 59, 60, 100, 999, 1_000, 1_024, 3_600, 86_400, 1e6, 1.5e9, 1e13, 1e300];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

it('labels measures', async () => {
  const rows = UNITS.flatMap((unit) =>
    NUMBERS.map(
      (number) =>
        [
          `${number} ${unit}`,
          [
            formatMeasure(number, unit),
            formatMeasure(-number, unit),
            axisFactor(number, unit),
            formatTicks([0, number / 2, number], unit),
          ],
        ] as const,
    ),
  );
  await expectTable('chart/format-measure', rows);
});

it('chooses the range of an axis and its lines', async () => {
  const ranges = [
    [undefined, undefined],
    [0, 0],
    [5, 5],
    [-5, -5],
    [0, 10],
    [90, 100],
    [-3, 7],
    [99, 101],
    [1e-9, 2e-9],
    [1e15, 3e15],
    [-8, -2],
    [3, 100],
  ] as const;
  const rows = ranges.flatMap(([low, high]) =>
    [[], [50], [-20, 120], [1e9]].flatMap((thresholds) =>
      ['Percent', 'Count', 'Bytes'].map((unit) => {
        const range = chooseRange(low, high, thresholds, unit);
        const increments = listIncrements(range, (range.max - range.min) / 8, unit);
        return [
          `${low} to ${high}, ${thresholds.join(',')}, ${unit}`,
          [range, increments, splitAxis(range, increments[0] ?? 1)],
        ] as const;
      }),
    ),
  );
  const edges = [
    [0, 1, 0],
    [0, 1, -1],
    [1, 0, 1],
    [0, 1e9, 1],
    [0.1, 0.9, 0.1],
    [-1, 1, 0.25],
  ].map(
    ([min = 0, max = 0, increment = 0]) =>
      [
        `${min} to ${max} by ${increment}`,
        [splitAxis({ min, max }, increment), listIncrements({ min, max }, increment, 'Count')],
      ] as const,
  );
  const logs = [
    [0, 100],
    [1, 1e6],
    [-50, 1e4],
    [1e-6, 1],
    [-1e5, -10],
    [0, 0],
    [5, 5],
    [-1, 0],
  ].flatMap(([min = 0, max = 0]) =>
    [0.001, 1, 30].flatMap((reach) =>
      ['Count', 'Bytes', 'Seconds'].map((unit) => {
        const range = chooseLogRange({ min, max }, reach);
        return [`log ${min} to ${max}, ${reach}, ${unit}`, [range, splitLogAxis(range, reach, unit)]] as const;
      }),
    ),
  );
  const reaches = [
    [[1, 10, 100]],
    [[0, null, 5], [-0.5]],
    [[]],
    [[0, 0]],
    [[1e-9, 1]],
    [Array.from(valuesOf('positive noise', 40))],
  ].map((lists) => [`reach of ${JSON.stringify(lists).slice(0, 40)}`, linearReach(lists)] as const);
  await expectTable('chart/value-axis', [...rows, ...edges, ...logs, ...reaches]);
});

it('draws lines, averages them and packs their times', async () => {
  const rows = ALL_KINDS.flatMap((kind) =>
    [1, 2, 30].flatMap((length) =>
      [undefined, MINUTE_MS, 5 * MINUTE_MS].map((periodMs) => {
        const points = Array.from(valuesOf(kind, length), (value, at) => ({
          epochMs: (at + (at % 9 > 6 ? 0.5 : 0)) * MINUTE_MS,
          value,
        })).filter((_, at) => at % 11 !== 3);
        const line = drawLine(points, periodMs);
        return [
          `${kind}, ${length}, ${periodMs}`,
          [usualDistanceMs(points), line, averageLine(line, 4 * MINUTE_MS), encodeTimes(line.times)],
        ] as const;
      }),
    ),
  );
  const buckets = [0, DAY_MS, 30 * DAY_MS, 400 * DAY_MS].flatMap((span) =>
    [10, 500].flatMap((most) =>
      [0, MINUTE_MS, 7 * MINUTE_MS].map(
        (period) => [`${span}, ${most}, ${period}`, chooseBucketMs(span, most, period)] as const,
      ),
    ),
  );
  const times = [[], [5], [0, 60, 120, 180], [0, 60, 121, 180, 240], [0, 1, 3, 6, 10], [7, 7, 7]];
  await expectTable('chart/chart-line', [
    ...rows,
    ...buckets,
    ...times.map((list) => [`times ${list.join(',')}`, [encodeTimes(list), decodeTimes(encodeTimes(list))]] as const),
    ['order', orderPoints([3, 1, 2, 1, Number.NaN, 4, 9], [1, 2, Number.NaN, 4, 5, Number.POSITIVE_INFINITY])],
    ['between', [betweenMs(0, 100, 30), betweenMs(0, 20, 30), betweenMs(0, 60, 30), betweenMs(5, 1_000, 0)]],
    ['rounded', [0, 1 / 3, 123_456.789_123, 1e-12, -2.000_000_04, 1e300].map(roundValue)],
  ]);
});

it('labels times', async () => {
  const increments = [
    1_000,
    30_000,
    MINUTE_MS,
    6 * 3_600_000,
    DAY_MS - 1,
    DAY_MS,
    7 * DAY_MS,
    28 * DAY_MS,
    31 * DAY_MS,
    299 * DAY_MS,
    300 * DAY_MS,
    365 * DAY_MS,
  ];
  const start = Date.parse('2025-12-31T21:30:00Z');
  await expectTable('chart/time-labels', [
    ...increments.map(
      (increment) =>
        [
          String(increment),
          formatTimeTicks(
            [0, 1, 2, 3].map((at) => start + at * increment),
            increment,
            'utc',
          ),
        ] as const,
    ),
    ['moment', formatMoment(start, 'utc')],
    ['zone', nameZone('utc', start)],
    ['local', [nameZone('local', start) !== '', formatMoment(start, 'local').endsWith(nameZone('local', start))]],
  ]);
});

it('has colours apart', async () => {
  const places = Array.from({ length: 40 }, (_, at) => at);
  await expectTable('chart/palette', [
    ...Object.entries(LIGHT).map(([name, colour]) => [`light ${name}`, colour] as const),
    ...Object.entries(DARK).map(([name, colour]) => [`dark ${name}`, colour] as const),
    ...places.map((at) => [String(at), `${colorOf(LIGHT, at)} ${colorOf(DARK, at)} ${dashOf(at).join('-')}`] as const),
    ['states', STATE_NAMES],
  ]);
});
