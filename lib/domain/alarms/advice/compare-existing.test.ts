import { describe, expect, it } from 'vitest';
import type { AlarmTemplate } from './alarm-template.ts';
import { type ExistingAlarm, relate } from './compare-existing.ts';

const TEMPLATE: AlarmTemplate = {
  names: { alarmName: 'a', logicalId: 'A', resourceName: 'a' },
  description: '',
  namespace: 'N',
  metricName: 'M',
  dimensions: [],
  statistic: 'p90',
  periodSeconds: 60,
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  missingData: 'missing',
  condition: { kind: 'threshold', comparison: 'GreaterThanThreshold', threshold: 100 },
};
const CONDITION = {
  operator: 'GreaterThanThreshold',
  threshold: 100,
  periodSeconds: 60,
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
};

function existing(condition: ExistingAlarm['condition'] = {}, rest: Partial<ExistingAlarm> = {}): ExistingAlarm {
  return { type: 'metric', statistic: 'p90', condition: { ...CONDITION, ...condition }, ...rest };
}

describe('relate', () => {
  it.each([
    ['the same', {}, 'duplicate'],
    ['the same, missing data said', { treatMissingData: 'missing' }, 'duplicate'],
    ['a lower threshold', { threshold: 90 }, 'stricter'],
    ['a higher threshold', { threshold: 110 }, 'looser'],
    ['or equal', { operator: 'GreaterThanOrEqualToThreshold' }, 'stricter'],
    ['fewer datapoints', { datapointsToAlarm: 1 }, 'stricter'],
    ['more datapoints', { datapointsToAlarm: 5 }, 'looser'],
    ['longer periods', { periodSeconds: 300 }, 'looser'],
    ['other missing data', { treatMissingData: 'breaching' }, 'similar'],
    ['the other side', { operator: 'LessThanThreshold' }, undefined],
    ['no threshold', { threshold: undefined }, undefined],
  ] as const)('%s → %s', (_, condition, relation) => {
    expect(relate(existing(condition), TEMPLATE)).toBe(relation);
  });

  it('compares the same statistic only, however it is written', () => {
    expect(relate(existing({}, { statistic: 'p90.0' }), TEMPLATE)).toBe('duplicate');
    expect(relate(existing({}, { statistic: 'p9' }), TEMPLATE)).toBeUndefined();
    expect(relate(existing({}, { statistic: 'Average' }), TEMPLATE)).toBeUndefined();
  });

  it('turns around for low values', () => {
    const low: AlarmTemplate = {
      ...TEMPLATE,
      condition: { kind: 'threshold', comparison: 'LessThanThreshold', threshold: 10 },
    };
    expect(relate(existing({ operator: 'LessThanThreshold', threshold: 20 }), low)).toBe('stricter');
    expect(relate(existing({ operator: 'LessThanThreshold', threshold: 5 }), low)).toBe('looser');
  });

  it('takes thresholds that differ by rounding for the same, zero too', () => {
    const at = (threshold: number): AlarmTemplate => ({
      ...TEMPLATE,
      condition: { kind: 'threshold', comparison: 'GreaterThanThreshold', threshold },
    });
    const related = (own: number, wanted: number) => relate(existing({ threshold: own }), at(wanted));
    expect([related(0, 0), related(0.1 + 0.2, 0.3), related(1e9, 1e9 + 1)]).toEqual(Array(3).fill('duplicate'));
    expect([related(1e9, 1e9 + 2), related(1e9 + 2, 1e9), related(0, 1), related(0, -1)]).toEqual([
      'stricter',
      'looser',
      'stricter',
      'looser',
    ]);
  });

  it('compares bands by their width', () => {
    const operator = 'GreaterThanUpperThreshold';
    const band: AlarmTemplate = { ...TEMPLATE, condition: { kind: 'band', comparison: operator, width: 3 } };
    const of = (text: string) => existing({ operator, threshold: undefined }, { type: 'anomaly', band: text });
    expect(relate(of('ANOMALY_DETECTION_BAND(m1, 3)'), band)).toBe('duplicate');
    expect(relate(of('ANOMALY_DETECTION_BAND(m1)'), band)).toBe('stricter');
    expect(relate(of('ANOMALY_DETECTION_BAND(m1, 4.5)'), band)).toBe('looser');
    expect(relate(existing({ operator }), band)).toBeUndefined();
    expect(relate(of('ANOMALY_DETECTION_BAND(m1, 3)'), TEMPLATE)).toBeUndefined();
  });
});
