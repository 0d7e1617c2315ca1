import type { MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { decideState, evaluateAlarm } from './alarm-evaluation.ts';
import { formatDouble } from './state-reason.ts';

const MINUTE_MS = 60_000;
const BASE: MetricAlarm = {
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanThreshold',
  Statistic: 'Maximum',
};

/** States after each change; `values` are minutes, undefined = no datapoint. */
function replay(values: readonly (number | undefined)[], config: MetricAlarm = {}) {
  const points = {
    startEpochMs: 0,
    periodMs: MINUTE_MS,
    values: Float64Array.from(values, (value) => value ?? Number.NaN),
  };
  return evaluateAlarm({ config: { ...BASE, ...config }, points, initialState: 'OK' });
}

describe('evaluateAlarm', () => {
  it('needs M of the last N datapoints, both ways', () => {
    const transitions = replay([1, 1, 1, 20, 1, 20, 1, 1, 1]);
    expect(transitions.map(({ to, epochMs }) => [to, Math.floor(epochMs / MINUTE_MS)])).toEqual([
      ['ALARM', 6],
      ['OK', 7],
    ]);
    expect(transitions[0]?.reason).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [20.0 (01/01/70 00:05:00), 20.0 (01/01/70 00:03:00)] were greater than the threshold (10.0) (minimum 2 datapoints for OK -> ALARM transition).',
    );
    expect(JSON.parse(transitions[0]?.reasonData ?? '')).toMatchObject({
      period: 60,
      statistic: 'Maximum',
      threshold: 10,
      recentDatapoints: [20, 1, 20],
      startDate: '1970-01-01T00:03:00.000+0000',
    });
  });

  it('does not fire at the threshold itself unless it says "or equal"', () => {
    expect(replay([10, 10, 10])).toEqual([]);
    expect(replay([10, 10, 10], { ComparisonOperator: 'GreaterThanOrEqualToThreshold' })[0]?.to).toBe('ALARM');
    expect(replay([10, 10, 10], { ComparisonOperator: 'LessThanThreshold' })).toEqual([]);
    expect(replay([10, 10, 10], { ComparisonOperator: 'LessThanOrEqualToThreshold' })[0]?.to).toBe('ALARM');
  });

  it.each([
    ['missing', ['INSUFFICIENT_DATA']],
    [undefined, ['INSUFFICIENT_DATA']],
    ['breaching', ['ALARM']],
    ['notBreaching', []],
    ['ignore', []],
  ])('treats missing data as %s', (treatment, expected) => {
    const config = treatment === undefined ? {} : { TreatMissingData: treatment };
    const values = [1, 1, 1, undefined, undefined, undefined, undefined, undefined];
    expect(replay(values, config).map((transition) => transition.to)).toEqual(expected);
  });

  // The tables of the User Guide, "Configuring how CloudWatch alarms treat missing data": oldest first, X breaches.
  it.each([
    [3, '0-X-X', 'OK', 'OK', 'OK', 'OK'],
    [3, '0----', 'OK', 'OK', 'OK', 'OK'],
    [3, '-----', 'INSUFFICIENT_DATA', 'retained', 'ALARM', 'OK'],
    [3, '0XX-X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [3, '--X--', 'ALARM', 'retained', 'ALARM', 'OK'],
    [2, '0-X-X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [2, '00X0X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [2, '0-X--', 'OK', 'OK', 'ALARM', 'OK'],
    [2, '----0', 'OK', 'OK', 'ALARM', 'OK'],
    [2, '---X-', 'ALARM', 'retained', 'ALARM', 'OK'],
  ])('decides %d of 3 over %s as the User Guide says', (needed, marks, ...expected) => {
    const window = marks
      .split('')
      .reverse()
      .map((mark) => (mark === '-' ? undefined : mark === 'X'));
    const states = ['missing', 'ignore', 'breaching', 'notBreaching'].map((TreatMissingData) =>
      decideState(
        { EvaluationPeriods: 3, DatapointsToAlarm: needed, TreatMissingData },
        window,
        'retained' as StateValue,
      ),
    );
    expect(states).toEqual(expected);
  });

  it('says how many datapoints were unknown', () => {
    expect(replay([undefined, undefined, undefined])[0]?.reason).toBe('Insufficient Data: 3 datapoints were unknown.');
    const single = replay([undefined], { EvaluationPeriods: 1, DatapointsToAlarm: 1 });
    expect(single[0]?.reason).toBe('Insufficient Data: 1 datapoint was unknown.');
  });

  it('changes where a look at each period by itself says so', () => {
    const runs = fc.array(
      fc.record({ value: fc.constantFrom(undefined, 1, 20), length: fc.integer({ min: 1, max: 9 }) }),
      { maxLength: 12 },
    );
    const settings = fc.record({
      EvaluationPeriods: fc.integer({ min: 1, max: 5 }),
      DatapointsToAlarm: fc.integer({ min: 1, max: 5 }),
      TreatMissingData: fc.constantFrom('missing', 'ignore', 'breaching', 'notBreaching'),
    });
    fc.assert(
      fc.property(runs, settings, (parts, { EvaluationPeriods, DatapointsToAlarm, TreatMissingData }) => {
        const config = {
          EvaluationPeriods,
          DatapointsToAlarm: Math.min(DatapointsToAlarm, EvaluationPeriods),
          TreatMissingData,
        };
        const values = parts.flatMap(({ value, length }) => Array.from({ length }, () => value));
        let state: StateValue = 'OK';
        const expected: (readonly [number, StateValue])[] = [];
        for (let end = EvaluationPeriods; end <= values.length; end += 1) {
          const seen = values.slice(Math.max(0, end - EvaluationPeriods - 2), end).toReversed();
          const to = decideState(
            config,
            seen.map((value) => (value === undefined ? undefined : value > 10)),
            state,
          );
          if (to !== state) expected.push([end, to]);
          state = to;
        }
        const transitions = replay(values, config).map(({ epochMs, to }) => [Math.floor(epochMs / MINUTE_MS), to]);
        expect(transitions).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('gives nothing for a range shorter than its periods', () => {
    expect(replay([99])).toEqual([]);
    expect(replay([])).toEqual([]);
  });
});

describe('formatDouble', () => {
  it.each([
    [0, '0.0'],
    [3000, '3000.0'],
    [0.125, '0.125'],
    [-1.5, '-1.5'],
    [12_000_000, '1.2E7'],
    [20_000_000, '2.0E7'],
    [0.0005, '5.0E-4'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('writes %d as %s', (value, text) => {
    expect(formatDouble(value)).toBe(text);
  });
});
