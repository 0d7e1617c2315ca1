import { it } from 'vitest';
import { valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import type { AlarmRule } from './alarm-rule.ts';
import { canFire, makeFireable } from './can-fire.ts';
import { isQuiet, judgeRule } from './judge-rule.ts';
import type { PeriodValues } from './period-values.ts';
import { type ReplayRule, replayAlarm } from './replay-alarm.ts';

const PERIOD_MS = 300_000;
/** Not zero: with zero plus would be minus. */
const START_MS = 20_000 * 86_400_000;
const COMPARISONS: readonly AlarmRule['comparison'][] = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];
const TREATMENTS: readonly AlarmRule['missingData'][] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const COUNTS = [
  [1, 1],
  [2, 3],
  [3, 3],
  [1, 5],
] as const;

/** `#` breaches, `.` does not, a blank is a gap. */
const PATTERNS = [
  '....................',
  '####################',
  '......##....##......',
  '......###...####....',
  '.....# # #.....#  # ',
  '......#     #     # ',
  '....     #          ',
  '         ##  #      ',
  '#.#.#.#.#.#.#.#.#.#.',
  '.....#.##.###.####..',
  '   #   #   #   #   #',
  '....##  ..  ##  ..  ',
];

function historyOf(pattern: string, periodMs = PERIOD_MS): PeriodValues {
  const values = Float64Array.from(pattern, (sign) => (sign === '#' ? 5 : sign === '.' ? 1 : Number.NaN));
  return { startEpochMs: START_MS, periodMs, values, count: values.filter((value) => !Number.isNaN(value)).length };
}

function rulesOf(comparison: AlarmRule['comparison'] = 'GreaterThanThreshold'): ReplayRule[] {
  return TREATMENTS.flatMap((missingData) =>
    COUNTS.map(([datapointsToAlarm, evaluationPeriods]) => ({
      comparison,
      missingData,
      datapointsToAlarm,
      evaluationPeriods,
    })),
  );
}
const nameOf = ({ missingData, datapointsToAlarm, evaluationPeriods }: ReplayRule) =>
  `${datapointsToAlarm} of ${evaluationPeriods}, ${missingData}`;

it('does what CloudWatch would have done', async () => {
  const patterns = PATTERNS.flatMap((pattern) =>
    rulesOf().map((rule) => [`${pattern} ${nameOf(rule)}`, replayAlarm(historyOf(pattern), rule, 3)] as const),
  );
  const history = { startEpochMs: START_MS, periodMs: PERIOD_MS, values: valuesOf('whole numbers', 30), count: 30 };
  const limits = COMPARISONS.flatMap((comparison) =>
    [-1, 0, 2, 4, 5].map((threshold) => {
      const rule = { comparison, missingData: 'missing', datapointsToAlarm: 1, evaluationPeriods: 1 } as const;
      return [`${comparison} ${threshold}`, replayAlarm(history, rule, threshold)] as const;
    }),
  );
  await expectTable('advice/replay-alarm', [...patterns, ...limits]);
});

function fireableOf(history: PeriodValues, rule: ReplayRule): string {
  const fireable = makeFireable(history, rule);
  return fireable === undefined ? 'none' : nameOf(fireable);
}

it('can fire with the datapoints that there are', async () => {
  const gaps = [1, 2, 3, 4, 5, 6, 7, 8, 13, 30].flatMap((every) =>
    rulesOf().map((rule) => {
      const pattern = Array.from({ length: 240 }, (_, at) => (at % every === 0 ? '.' : ' ')).join('');
      const history = historyOf(pattern);
      return [`one of ${every}, ${nameOf(rule)}`, [canFire(history, rule), fireableOf(history, rule)]] as const;
    }),
  );
  const blocks = [20, 40, 60, 80].flatMap((length) =>
    [60_000, 3_600_000].map((periodMs) => {
      const pattern = `${'.'.repeat(length)}${' . '.repeat(20)}`;
      const rule = {
        comparison: 'LessThanThreshold',
        missingData: 'ignore',
        datapointsToAlarm: 3,
        evaluationPeriods: 4,
      } as const;
      const history = historyOf(pattern, periodMs);
      return [
        `${length} in a row, then gaps, ${periodMs}`,
        [canFire(history, rule), fireableOf(history, rule)],
      ] as const;
    }),
  );
  await expectTable('advice/can-fire', [
    ...gaps,
    ...blocks,
    ['nothing', canFire(historyOf('    '), rulesOf()[0] as ReplayRule)],
    ['no rule for nothing', fireableOf(historyOf(' '.repeat(500)), rulesOf()[0] as ReplayRule)],
    ['too short to tell', canFire(historyOf('. .'), rulesOf()[0] as ReplayRule) ?? 'not known'],
    ['a rule is kept where nothing tells', fireableOf(historyOf('. .'), rulesOf()[0] as ReplayRule)],
  ]);
});

it('judges usual times and incidents apart', async () => {
  const at = (from: number, to: number, side?: 'above' | 'below') => ({
    startEpochMs: START_MS + from * PERIOD_MS,
    endEpochMs: START_MS + to * PERIOD_MS,
    ...(side !== undefined && { side }),
  });
  const incidents = [
    [],
    [at(6, 8)],
    [at(6, 8, 'above'), at(12, 14, 'below')],
    [at(-5, -1), at(0, 3), at(19, 30)],
    [at(2, 5), at(5, 6), at(9, 10), at(20, 22)],
    [at(0, 20)],
  ];
  const rows = PATTERNS.flatMap((pattern) =>
    incidents.flatMap((list, index) =>
      rulesOf()
        .slice(0, 4)
        .map((rule) => [`${pattern} ${nameOf(rule)} ${index}`, judgeRule(historyOf(pattern), rule, 3, list)] as const),
    ),
  );
  const quiet = [
    [1, 0.01],
    [1.01, 0],
    [0, 0.011],
    [0, 0],
  ].map(
    ([alarmsPerWeek = 0, alarmShare = 0]) =>
      [
        `${alarmsPerWeek} a week, ${alarmShare}`,
        isQuiet({ lengthMs: 1, alarms: 1, alarmsPerWeek, alarmShare }),
      ] as const,
  );
  await expectTable('advice/judge-rule', [...rows, ...quiet]);
});
