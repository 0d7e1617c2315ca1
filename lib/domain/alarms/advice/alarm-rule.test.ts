import { describe, expect, it } from 'vitest';
import { type AlarmRule, type Comparison, directionOf, fitPeriod, isBreaching, ruleOfAdvice } from './alarm-rule.ts';

const ADVICE = {
  statistic: 'p90',
  periodSeconds: 60,
  comparison: 'GreaterThanThreshold',
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  treatMissingData: 'breaching',
};

describe('a comparison', () => {
  it.each<[Comparison, 'above' | 'below', readonly [boolean, boolean, boolean]]>([
    ['GreaterThanThreshold', 'above', [false, false, true]],
    ['GreaterThanOrEqualToThreshold', 'above', [false, true, true]],
    ['LessThanThreshold', 'below', [true, false, false]],
    ['LessThanOrEqualToThreshold', 'below', [true, true, false]],
  ])('%s is bad %s the threshold, and at it as its name says', (comparison, direction, breaching) => {
    expect([9, 10, 11].map((value) => isBreaching(value, comparison, 10))).toEqual(breaching);
    expect(directionOf({ comparison })).toBe(direction);
    expect(ruleOfAdvice({ ...ADVICE, comparison })?.comparison).toBe(comparison);
  });
});

describe('ruleOfAdvice', () => {
  it('takes what the catalogue says as it is', () => {
    const { treatMissingData, ...rest } = ADVICE;
    expect(ruleOfAdvice(ADVICE)).toEqual({ ...rest, missingData: treatMissingData });
  });

  it.each(['missing', 'ignore', 'breaching', 'notBreaching'])('knows missing data that are %s', (treatMissingData) => {
    expect(ruleOfAdvice({ ...ADVICE, treatMissingData })?.missingData).toBe(treatMissingData);
  });

  it('has no rule for a band, and takes an unknown treatment for the default of CloudWatch', () => {
    expect(ruleOfAdvice({ ...ADVICE, comparison: 'GreaterThanUpperThreshold' })).toBeUndefined();
    expect(ruleOfAdvice({ ...ADVICE, treatMissingData: 'odd' })?.missingData).toBe('missing');
  });
});

describe('fitPeriod', () => {
  const rule: AlarmRule = {
    statistic: 'Sum',
    periodSeconds: 60,
    comparison: 'GreaterThanThreshold',
    evaluationPeriods: 2_000,
    datapointsToAlarm: 1_900,
    missingData: 'missing',
  };

  it.each([
    // published every, period, periods that fit, datapoints
    [60, 60, 1_440, 1_440],
    [61, 120, 720, 720],
    [3_540, 3_540, 24, 24],
    [3_600, 3_600, 168, 168],
    [86_400, 86_400, 7, 7],
    [604_800, 604_800, 1, 1],
    [700_000, 700_020, 1, 1],
  ])('of a metric published every %i s asks %i s, %i periods', (published, periodSeconds, periods, datapoints) => {
    const fitted = { periodSeconds, evaluationPeriods: periods, datapointsToAlarm: datapoints };
    expect(fitPeriod(rule, published)).toEqual({ ...rule, ...fitted });
  });
});
