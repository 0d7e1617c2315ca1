import { it } from 'vitest';
import { valuesOf } from '../../../test/analysis/small-series.ts';
import { expectTable } from '../../../test/support/golden-table.ts';
import { summarizeActivity } from './alarm-activity.ts';
import type { StateChange } from './alarm-history.ts';
import { describeRhythm, findRhythm } from './alarm-rhythm.ts';
import { findInvestigationWindows } from './alarm-windows.ts';
import { findValueNow } from './value-now.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Not zero: with zero plus would be minus. */
const START_MS = 20_000 * 24 * HOUR_MS;
const change = (
  minute: number,
  to: StateChange['to'],
  from: StateChange['from'] = to === 'OK' ? 'ALARM' : 'OK',
  alarmName = 'a',
): StateChange => ({
  alarmName,
  epochMs: START_MS + minute * MINUTE_MS,
  from,
  to,
  reasonData: { datapoints: [], triggeringAlarms: [] },
});
const firings = (minutes: readonly number[], lasts = 5) =>
  minutes.flatMap((minute) => [change(minute, 'ALARM'), change(minute + lasts, 'OK')]);

it('tells what alarms did', async () => {
  const random = valuesOf('positive noise', 40);
  const lists: Readonly<Record<string, readonly StateChange[]>> = {
    none: [],
    one: firings([30]),
    'still on': [change(30, 'ALARM')],
    'on before': [change(30, 'OK')],
    'no data': [change(10, 'INSUFFICIENT_DATA'), change(20, 'ALARM', 'INSUFFICIENT_DATA'), change(40, 'OK')],
    ...Object.fromEntries(
      [3, 4, 5, 6, 9].map((count) => [
        `flaps ${count} times`,
        firings(
          Array.from({ length: count }, (_, at) => 60 + at * 8),
          4,
        ),
      ]),
    ),
    ...Object.fromEntries(
      [10, 20, 29, 30, 31, 60].map((every) => [
        `each ${every} min`,
        firings(
          Array.from({ length: 6 }, (_, at) => 5 + at * every),
          3,
        ),
      ]),
    ),
    ...Object.fromEntries(
      [2, 3, 4, 5, 8].map((days) => [
        `daily, ${days} days`,
        firings(Array.from({ length: days }, (_, at) => 125 + at * 1_440 + (at % 3))),
      ]),
    ),
    'daily with a gap': firings([0, 1, 3, 4, 6, 7].map((day) => 125 + day * 1_440)),
    hourly: firings(Array.from({ length: 20 }, (_, at) => 7 + at * 60)),
    'at random': firings(Array.from(random, (value, at) => Math.round(at * 90 + 60 * value))),
    'newest first': firings([30, 90]).toReversed(),
  };
  const rows = Object.entries(lists).flatMap(([name, list]) => {
    const rhythm = findRhythm(list);
    const range = { startEpochMs: START_MS, endEpochMs: START_MS + 8 * 24 * HOUR_MS };
    const now = { state: 'ALARM' as const, sinceEpochMs: START_MS + 30 * MINUTE_MS };
    return [
      [name, [rhythm, rhythm && describeRhythm(rhythm), summarizeActivity(list, range)]],
      [
        `${name}, now on`,
        [
          summarizeActivity(list, { ...range, endEpochMs: START_MS + 3 * HOUR_MS }, { current: now }),
          summarizeActivity(list, range, { evaluationMs: 10 * MINUTE_MS }),
        ],
      ],
    ] as const;
  });
  const windows = [
    [change(60, 'ALARM'), change(61, 'ALARM', 'OK', 'b')],
    [change(60, 'OK'), change(200, 'OK')],
    [change(60, 'OK'), change(200, 'ALARM')],
    [change(60, 'ALARM'), change(73, 'ALARM', 'OK', 'slow'), change(300, 'ALARM')],
    [change(60, 'ALARM'), change(67, 'ALARM')],
    [change(60, 'ALARM'), change(68, 'ALARM')],
    [],
  ].map(
    (list, at) =>
      [
        `windows ${at}`,
        findInvestigationWindows(
          list,
          (name) =>
            name === 'slow'
              ? { periodSeconds: 300, evaluationPeriods: 3 }
              : { periodSeconds: 60, evaluationPeriods: 1 },
          START_MS + 301 * MINUTE_MS,
        ),
      ] as const,
  );
  await expectTable('alarms/activity', [...rows, ...windows]);
});

it('tells the value now', async () => {
  const operators = [
    'GreaterThanThreshold',
    'GreaterThanOrEqualToThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
    'GreaterThanUpperThreshold',
    'LessThanLowerThreshold',
    'LessThanLowerOrGreaterThanUpperThreshold',
    'Odd',
    undefined,
  ];
  const seriesOf = (values: readonly number[], label = 'a') => ({
    label,
    timestampsEpochMs: values.map((_, at) => START_MS + at * MINUTE_MS),
    values,
  });
  const courses = [
    [5],
    [1, 9],
    [1, 1, 1, 1, 1, 1, 1, 5, 6, 7],
    [9, 9, 9, 9, 5, 3, 2],
    [5, 5, 5, 5, 5, 5],
    [0, 0, -3],
    [2, 4],
    [1, 2, 1, 2, 1, 9, 1, 2],
    [10, 10.5, 10, 10.9, 10.9, 10.9],
    [5, 5, 5, 5, 5, 50],
  ];
  const band = [seriesOf(Array<number>(12).fill(2)), seriesOf(Array<number>(12).fill(6))];
  const rows = operators.flatMap((operator) =>
    courses.flatMap((course, at) =>
      [0, 5, undefined].flatMap((threshold) =>
        [20, course.length + 1.5].map((now) => {
          const condition = { operator, threshold, periodSeconds: 60 };
          const asked = {
            condition,
            statistic: at % 2 === 0 ? 'Sum' : 'Average',
            startEpochMs: START_MS,
            nowEpochMs: START_MS + now * MINUTE_MS,
          };
          const isBand = operator?.includes('er') === true && /Upper|Lower/.test(operator);
          return [
            `${operator}, ${at}, ${threshold}, ${now}`,
            findValueNow(
              [
                seriesOf(course),
                seriesOf(
                  course.map((value) => value / 2),
                  'b',
                ),
              ],
              isBand && threshold === undefined ? band : undefined,
              asked,
            ),
          ] as const;
        }),
      ),
    ),
  );
  await expectTable(
    'alarms/value-now',
    rows.filter(([, now]) => now !== undefined),
  );
});
