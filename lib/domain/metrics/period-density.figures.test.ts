import { it } from 'vitest';
import { createRandom } from '../../../test/analysis/random.ts';
import { ALL_KINDS, valuesOf } from '../../../test/analysis/small-series.ts';
import { expectTable, outcomeOf } from '../../../test/support/golden-table.ts';
import { describeBreak, findBreak } from './describe-break.ts';
import { describeExcess, describeNewest, describePoint } from './describe-newest.ts';
import { METRIC_UNITS, normalizeUnit } from './metric-unit.ts';
import { formatNumber, formatValue } from './metric-value.ts';
import { alignDown, choosePeriod, finestStoredSeconds, widenStart } from './period.ts';
import { countExpected, detectPublishingSeconds, findUsualGapSeconds } from './period-density.ts';
import { listPoints, settledEnd, settleSeries } from './period-state.ts';
import { summarize, toPoints } from './series-summary.ts';
import { thinPoints } from './series-thin.ts';
import { drawSparkline } from './sparkline.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Not zero: with zero plus would be minus. */
const START_MS = 20_000 * DAY_MS;
const pointsOf = (values: Float64Array, stepMs = MINUTE_MS) =>
  Array.from(values, (value, at) => ({ epochMs: START_MS + at * stepMs, value }));

it('tells how often a series has datapoints', async () => {
  const random = createRandom(5);
  const gaps: Readonly<Record<string, () => number>> = {
    even: () => 60,
    'now and then missing': () => (random.uniform() < 0.15 ? 120 : 60),
    'often missing': () => 60 * (1 + Math.floor(3 * random.uniform())),
    'of lengths without a common part': () => [6, 10, 15][Math.floor(3 * random.uniform())] ?? 6,
    'of two lengths': () => (random.uniform() < 0.5 ? 90 : 150),
    drifting: () => 300 + 20 * random.normal(),
    'at random': () => 1 + 400 * random.uniform(),
    'with a stranger': () => (random.uniform() < 0.05 ? 61 : 60 * (1 + Math.floor(2 * random.uniform()))),
    equal: () => 0,
  };
  const rows = Object.entries(gaps).flatMap(([name, gap]) =>
    [1, 3, 4, 5, 8, 9, 10, 30, 100].map((count) => {
      let at = START_MS;
      const times = Array.from({ length: count }, () => (at += gap() * 1_000));
      return [`${name}, ${count}`, [detectPublishingSeconds(times), findUsualGapSeconds(times)]] as const;
    }),
  );
  const counted = [0, 1, 59, 60, 61, 600].map(
    (seconds) => [`${seconds} s`, [30, 600].map((now) => countExpected(0, seconds * 1_000, now * 1_000, 60))] as const,
  );
  await expectTable('metrics/period-density', [...rows, ...counted]);
});

it('chooses a period', async () => {
  const now = 500 * DAY_MS;
  const ages = [1 / 24, 3 / 24, 3.1 / 24, 1, 7, 14.9, 15.1, 62, 64, 400, 456];
  const stored = ages.map((days) => [`stored ${days}`, finestStoredSeconds(now - days * DAY_MS, now)] as const);
  const chosen = ages.flatMap((days) =>
    [undefined, 1, 10, 30, 60, 90, 300, 3_600, 86_400, 100_000].flatMap((requestedSeconds) =>
      [undefined, 10, 60, 300, 86_400].map(
        (publishingPeriodSeconds) =>
          [
            `${days} d, asked ${requestedSeconds}, published ${publishingPeriodSeconds}`,
            outcomeOf(() =>
              choosePeriod({
                startEpochMs: now - days * DAY_MS,
                endEpochMs: now,
                nowEpochMs: now,
                targetDatapoints: 60,
                maxDatapoints: 1_440,
                publishingPeriodSeconds,
                requestedSeconds,
              }),
            ),
          ] as const,
      ),
    ),
  );
  const aligned = [0, 59_999, 60_000, 61_000].map(
    (ms) =>
      [
        `align ${ms}`,
        [alignDown(ms, 60), widenStart(ms, ms + 60_000, 300), widenStart(ms, ms + 400_000, 300)],
      ] as const,
  );
  await expectTable('metrics/period', [...stored, ...chosen, ...aligned]);
});

it('tells final datapoints from others', async () => {
  const words = {
    value: (value: number) => `${value}`,
    time: (epochMs: number) => `${(epochMs - START_MS) / MINUTE_MS}`,
  };
  const statistics = ['Sum', 'SampleCount', 'Maximum', 'Minimum', 'Average', 'p99', 'tc90', 'TS(1:2)', undefined];
  const rows = statistics.flatMap((statistic) =>
    [0, 5, 20, 59, 60, 61, 62, 63, 64, 65, 66, 70].flatMap((now) =>
      [30, 60, 62].map((end) => {
        const values = valuesOf('whole numbers', 13).map((value, at) => (at === 12 ? value * 9 - 8 : value));
        const question = {
          periodMs: 5 * MINUTE_MS,
          startEpochMs: START_MS + 2 * MINUTE_MS,
          endEpochMs: START_MS + end * MINUTE_MS,
          nowEpochMs: START_MS + now * MINUTE_MS,
        };
        const settled = settleSeries(pointsOf(values, 5 * MINUTE_MS), question, statistic);
        const said = [
          describeNewest(settled, words),
          describeNewest(settled, { value: words.value }),
          describeExcess(settled, words),
        ];
        return [
          `${statistic}, ${now}, to ${end}`,
          [
            ...said,
            settledEnd(question),
            settled.summary,
            listPoints(settled).map((point) => describePoint(point, words)),
          ],
        ] as const;
      }),
    ),
  );
  const none = settleSeries([], { periodMs: 0, startEpochMs: 0, endEpochMs: 1, nowEpochMs: 9e6 }, 'Sum');
  await expectTable('metrics/period-state', [
    ...rows,
    ['none', [none, describeNewest(none, words), settledEnd({ periodMs: 0, endEpochMs: 5, nowEpochMs: 9e6 })]],
  ]);
});

it('sums up, thins and draws', async () => {
  const words = {
    value: (value: number) => formatNumber(value),
    time: (epochMs: number) => `${(epochMs - START_MS) / MINUTE_MS}`,
  };
  const rows = ALL_KINDS.flatMap((kind) =>
    [1, 2, 3, 9, 40, 100].map((length) => {
      const points = pointsOf(valuesOf(kind, length));
      const range = { startEpochMs: START_MS, endEpochMs: START_MS + length * MINUTE_MS, stepMs: MINUTE_MS };
      return [
        `${kind}, ${length}`,
        {
          line: drawSparkline(points, { ...range, width: 24 }),
          low: drawSparkline(points, { ...range, width: 7, low: 0 }),
          summary: summarize(points),
          thin: thinPoints(points, 8)
            .map(({ epochMs }) => (epochMs - START_MS) / MINUTE_MS)
            .join(' '),
          found: findBreak(points),
          said: describeBreak(points, words),
        },
      ] as const;
    }),
  );
  await expectTable('metrics/series', [
    ...rows,
    ['points', toPoints([3, 1, 2, 2, Number.NaN], [1, 2, 3, Number.NaN, 5])],
    [
      'gaps',
      drawSparkline(
        [3, 4, 9].map((at) => ({ epochMs: START_MS + at * MINUTE_MS, value: at })),
        { startEpochMs: START_MS, endEpochMs: START_MS + 12 * MINUTE_MS, width: 6, stepMs: MINUTE_MS },
      ),
    ],
  ]);
});

it('writes numbers and units', async () => {
  const numbers = [
    0,
    1,
    -1,
    0.1,
    0.123_456,
    9.995,
    99.95,
    999.5,
    1_000,
    1_023,
    1_024,
    12_345.678,
    999_999,
    1e6,
    1.5e9,
    1e15,
    1e21,
    1e-7,
    5e-324,
    Number.MAX_VALUE,
  ];
  const units = [undefined, ...METRIC_UNITS, 'Else'];
  const rows = units.flatMap((unit) =>
    numbers.flatMap((number) =>
      [`${number} ${unit}`].map((name) => [name, [formatValue(number, unit), formatValue(-number, unit)]] as const),
    ),
  );
  const named = ['bytes', 'PERCENT', 'byte', 'x', '', 'count/second'].map(
    (text) => [text, outcomeOf(() => normalizeUnit(text, 'unit'))] as const,
  );
  await expectTable('metrics/metric-value', [
    ...rows,
    ...named,
    ...numbers.map((number) => [String(number), formatNumber(number)] as const),
  ]);
});
