import { it } from 'vitest';
import { ALL_KINDS, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import type { AlarmRule } from './alarm-rule.ts';
import { clearDrift } from './clear-drift.ts';
import { deriveCounter } from './derive-counter.ts';
import { deriveThreshold } from './derive-threshold.ts';
import type { KnownIncident } from './known-incidents.ts';
import { toPeriodValues } from './period-values.ts';
import { placeBetween, placeThreshold, quantileOf } from './place-threshold.ts';
import { roundOutward } from './round-outward.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A midnight that is not zero: with zero plus would be minus. */
const START_MS = 20_000 * DAY_MS;
const COMPARISONS: readonly AlarmRule['comparison'][] = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];
const ruleOf = (comparison: AlarmRule['comparison'], periodSeconds = 300): AlarmRule => ({
  statistic: 'Sum',
  periodSeconds,
  comparison,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  missingData: 'missing',
});
const pointsOf = (values: Float64Array, stepMs: number) =>
  Array.from(values, (value, at) => ({ epochMs: START_MS + at * stepMs, value }));
const incident = (from: number, to: number, more: Partial<KnownIncident> = {}): KnownIncident => ({
  startEpochMs: START_MS + from * 5 * MINUTE_MS,
  endEpochMs: START_MS + to * 5 * MINUTE_MS,
  ...more,
});

it('rounds as a person would, away from what is usual', async () => {
  const numbers = [0, 1, 3, 99, 100, 101, 123.456, 0.000_123_4, 999_999, 5e-324, 1.5e300, 1_234_567_890];
  const rows = numbers.flatMap((value) =>
    [value, -value].flatMap((one) =>
      [0, 0.05, 0.5].flatMap((share) =>
        (['above', 'below'] as const).map(
          (direction) =>
            [`${one} ${direction}, ${share}`, roundOutward(one, direction, Math.abs(one) * share)] as const,
        ),
      ),
    ),
  );
  await expectTable('advice/round-outward', rows);
});

it('places a threshold beyond the usual values', async () => {
  const bounds = [false, true].flatMap((isPercent) =>
    [false, true].flatMap((isNeverNegative) =>
      [false, true].map((isWhole) => ({ top: isPercent ? 100 : undefined, isNeverNegative, isWhole })),
    ),
  );
  const levels = [
    [10, 5],
    [5, 10],
    [99, 60],
    [95, 90],
    [1, 20],
    [0, 20],
    [100, 50],
    [3, 3],
    [2, 1],
    [1e308, -1e308],
    [-5, 3],
    [7.5, 7],
  ];
  const placed = levels.flatMap(([level = 0, median = 0]) =>
    COMPARISONS.flatMap((comparison) =>
      bounds.map(
        (one) =>
          [
            `${level}, ${median}, ${comparison}, ${JSON.stringify([one.top !== undefined, one.isNeverNegative, one.isWhole].map(Number))}`,
            placeThreshold({ level, median }, ruleOf(comparison), one),
          ] as const,
      ),
    ),
  );
  const between = [
    [0, 1],
    [0, 2],
    [0, 5.5],
    [5, 0],
    [3, 4],
    [3, 3.001],
    [-1e308, 1e308],
    [10, 7],
  ].flatMap(([usual = 0, other = 0]) =>
    COMPARISONS.slice(1, 3).flatMap((comparison) =>
      bounds
        .slice(0, 2)
        .map(
          (one) =>
            [
              `between ${usual} and ${other}, ${comparison}, ${one.isWhole}`,
              placeBetween(usual, other, ruleOf(comparison), one),
            ] as const,
        ),
    ),
  );
  const quantiles = [0, 0.25, 0.99, 1].map(
    (share) => [`quantile ${share}`, quantileOf(Float64Array.of(1, 2, 4, 4, 9), share)] as const,
  );
  await expectTable('advice/place-threshold', [...placed, ...between, ...quantiles]);
});

it('clears a steady drift', async () => {
  const rows = [80, 100, 0, 50].flatMap((threshold) =>
    [-2, -0.5, 0, 0.5, 1, 2, 13, 20].flatMap((perDay) =>
      [10, 52, 66, 85].flatMap((now) =>
        (['above', 'below'] as const).flatMap((direction) =>
          [false, true].map(
            (isBound) =>
              [
                `${threshold}, ${perDay} a day, now ${now}, ${direction}, ${isBound}`,
                clearDrift(threshold, { perDay, now }, direction, {
                  top: isBound ? 100 : undefined,
                  isNeverNegative: isBound,
                }),
              ] as const,
          ),
        ),
      ),
    ),
  );
  await expectTable(
    'advice/clear-drift',
    rows.filter(([, moved]) => moved !== undefined),
  );
});

it('derives a threshold from a history', async () => {
  const lists = [[], [incident(100, 130, { side: 'above', jump: 9 })], [incident(300, 340)]];
  const rows = ALL_KINDS.flatMap((kind) =>
    COMPARISONS.slice(0, 3).flatMap((comparison) =>
      [19, 20, 287, 288, 600].flatMap((length) => {
        const values = toPeriodValues(
          pointsOf(valuesOf(kind, length), 5 * MINUTE_MS),
          300,
          START_MS + length * 5 * MINUTE_MS,
        );
        return lists.slice(0, length === 600 ? 3 : 1).map(
          (incidents, index) =>
            [
              `${kind}, ${length}, ${comparison}, ${index}`,
              deriveThreshold(values, ruleOf(comparison), {
                unit: length === 600 ? 'Percent' : undefined,
                incidents,
                drift: index === 2 ? { perDay: 1, now: 3 } : undefined,
              }),
            ] as const,
        );
      }),
    ),
  );
  const [early, late] = [incident(100, 130), incident(300, 340, { side: 'below' })];
  const constants = [
    [8, 20],
    [20, 8],
    [-5, 20],
    [-5, -9],
    [3, 4],
    [3, 3],
  ].flatMap(([first = 0, second = 0]) =>
    COMPARISONS.map((comparison) => {
      const values = Float64Array.from({ length: 600 }, (_, at) =>
        at >= 100 && at < 130 ? first : at >= 300 && at < 340 ? second : 3,
      );
      const history = toPeriodValues(pointsOf(values, 5 * MINUTE_MS), 300, START_MS + 600 * 5 * MINUTE_MS);
      const options = { unit: undefined, incidents: [early, late] };
      return [
        `3, then ${first}, then ${second}, ${comparison}`,
        deriveThreshold(history, ruleOf(comparison), options),
      ] as const;
    }),
  );
  await expectTable('advice/derive-threshold', [...rows, ...constants]);
});

it('derives a count of rare faults', async () => {
  const rows = [0, 1, 2, 5, 30, 200].flatMap((every) =>
    [1, 3].flatMap((most) =>
      [60, 300, 900, 3_600].map((periodSeconds) => {
        const values = Float64Array.from({ length: 2_016 }, (_, at) =>
          every > 0 && at % every === 0 ? 1 + (at % most) : 0,
        );
        const history = {
          points: pointsOf(values, 5 * MINUTE_MS),
          endEpochMs: START_MS + 7 * DAY_MS,
          incidents: [incident(400, 420)],
        };
        return [
          `one of ${every}, up to ${most}, ${periodSeconds} s`,
          deriveCounter(history, ruleOf('GreaterThanThreshold', periodSeconds)),
        ] as const;
      }),
    ),
  );
  const negative = { points: [{ epochMs: START_MS, value: -1 }], endEpochMs: START_MS + DAY_MS, incidents: [] };
  await expectTable('advice/derive-counter', [
    ...rows,
    ['below zero', deriveCounter(negative, ruleOf('GreaterThanThreshold'))],
    ['no points', deriveCounter({ ...negative, points: [] }, ruleOf('GreaterThanThreshold'))],
    [
      'a burst',
      deriveCounter(
        {
          points: pointsOf(valuesOf('nearly always 0', 3_000), MINUTE_MS),
          endEpochMs: START_MS + 3_000 * MINUTE_MS,
          incidents: [],
        },
        ruleOf('GreaterThanThreshold', 60),
      ),
    ],
  ]);
});
