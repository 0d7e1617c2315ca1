import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { isBreaching, type MissingData } from './alarm-rule.ts';
import { toPeriodValues } from './period-values.ts';
import { type ReplayRule, type ReplayState, replayAlarm } from './replay-alarm.ts';

const MINUTE_MS = 60_000;
const RULE: ReplayRule = {
  comparison: 'GreaterThanThreshold',
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  missingData: 'missing',
};

function historyOf(values: readonly (number | undefined)[]) {
  return {
    startEpochMs: 0,
    periodMs: MINUTE_MS,
    values: Float64Array.from(values, (value) => value ?? Number.NaN),
    count: values.filter((value) => value !== undefined).length,
  };
}

/** `0` is good, `X` bad, `-` missing; oldest first, as in the User Guide. */
function read(text: string): (number | undefined)[] {
  return text.split(' ').map((sign) => (sign === '-' ? undefined : sign === 'X' ? 2 : 0));
}

/** Once more, but counting lists, a datapoint at a time. */
function replayNaively(values: readonly (number | undefined)[], rule: ReplayRule, threshold: number): ReplayState[] {
  const { evaluationPeriods: n, datapointsToAlarm: m } = rule;
  const states: ReplayState[] = [];
  for (let end = n + 2; end <= values.length; end += 1) {
    const before = states.at(-1) ?? 'OK';
    const range = values.slice(end - n - 2, end).toReversed();
    const present = range.filter((value) => value !== undefined).slice(0, n);
    const isBad = (value: number): boolean => isBreaching(value, rule.comparison, threshold);
    const filled = [
      ...present.map(isBad),
      ...new Array<boolean>(n - present.length).fill(rule.missingData === 'breaching'),
    ];
    const firstGood = range.findIndex((value) => value !== undefined && !isBad(value));
    const unbroken = firstGood === -1 ? range : range.slice(0, firstGood);
    const oldestBad = unbroken.findLastIndex((value) => value !== undefined) + 1;
    const all: Record<MissingData, ReplayState> = {
      missing: 'INSUFFICIENT_DATA',
      ignore: before,
      breaching: 'ALARM',
      notBreaching: 'OK',
    };
    if (present.length === 0) states.push(all[rule.missingData]);
    else if (filled.filter(Boolean).length >= m) states.push('ALARM');
    else if (present.length < m && oldestBad >= m && rule.missingData === 'missing') states.push('ALARM');
    else if (present.length < m && oldestBad >= m && rule.missingData === 'ignore') states.push(before);
    else states.push('OK');
  }
  return states;
}

describe('replayAlarm', () => {
  // The tables of the User Guide, "How alarm state is evaluated when data is missing"; `keep` is the state before: OK.
  it.each([
    ['0 - X - X', 3, ['OK', 'OK', 'OK', 'OK']],
    ['0 - - - -', 3, ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', 3, ['INSUFFICIENT_DATA', 'OK', 'ALARM', 'OK']],
    ['0 X X - X', 3, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', 3, ['ALARM', 'OK', 'ALARM', 'OK']],
    ['0 - X - X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', 2, ['ALARM', 'OK', 'ALARM', 'OK']],
  ] as const)('evaluates %s with %i of 3 as CloudWatch does', (text, datapointsToAlarm, states) => {
    const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
    const found = treatments.map(
      (missingData) => replayAlarm(historyOf(read(text)), { ...RULE, datapointsToAlarm, missingData }, 1).endState,
    );
    expect(found).toEqual(states);
  });

  it('agrees with a naive evaluation on any history', () => {
    const rules = fc.integer({ min: 1, max: 6 }).chain((n) =>
      fc.record({
        comparison: fc.constantFrom(
          'GreaterThanThreshold',
          'GreaterThanOrEqualToThreshold',
          'LessThanThreshold',
          'LessThanOrEqualToThreshold',
        ),
        evaluationPeriods: fc.constant(n),
        datapointsToAlarm: fc.integer({ min: 1, max: n }),
        missingData: fc.constantFrom('missing', 'ignore', 'breaching', 'notBreaching'),
      }),
    );
    const series = fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }), { maxLength: 60 });
    fc.assert(
      fc.property(series, rules, fc.integer({ min: 0, max: 3 }), (values, rule, threshold) => {
        const states = replayNaively(values, rule, threshold);
        const starts = states.flatMap((state, index) =>
          state === 'ALARM' && states[index - 1] !== 'ALARM' ? [(index + rule.evaluationPeriods + 2) * MINUTE_MS] : [],
        );
        const replay = replayAlarm(historyOf(values), rule, threshold);
        expect(replay.evaluations).toBe(states.length);
        expect(replay.alarmsEpochMs).toEqual(starts);
        expect(replay.endState).toBe(states.at(-1) ?? 'OK');
        const inAlarm = states.filter((state) => state === 'ALARM').length;
        expect(replay.alarmShare).toBe(states.length === 0 ? 0 : inAlarm / states.length);
      }),
      { numRuns: 500 },
    );
  });

  it('counts alarms by the week', () => {
    const week = Array.from({ length: 7 * 1_440 + 4 }, (_, minute) =>
      minute % 1_440 >= 700 && minute % 1_440 < 710 ? 2 : 0,
    );
    const replay = replayAlarm(historyOf(week), RULE, 1);
    expect(replay.alarmsEpochMs).toHaveLength(7);
    expect(replay.alarmsPerWeek).toBeCloseTo(7, 5);
    expect(replay.alarmShare).toBeCloseTo((7 * 8) / (7 * 1_440), 5);
  });

  it('evaluates nothing where there is nothing', () => {
    for (const values of [[], [1], [1, 1, 1, 1]]) {
      expect(replayAlarm(historyOf(values), RULE, 0)).toMatchObject({
        evaluations: 0,
        alarmsPerWeek: 0,
        alarmShare: 0,
      });
    }
  });
});

describe('toPeriodValues', () => {
  it('begins with the first datapoint and keeps gaps', () => {
    const points = [
      { epochMs: 130_000, value: 1 },
      { epochMs: 250_000, value: 2 },
      { epochMs: 900_000, value: 9 },
    ];
    const history = toPeriodValues(points, 60, 360_000);
    expect(history.startEpochMs).toBe(120_000);
    expect([...history.values]).toEqual([1, Number.NaN, 2, Number.NaN]);
    expect(history.count).toBe(2);
    expect(toPeriodValues([], 60, 360_000)).toMatchObject({ count: 0 });
  });
});
