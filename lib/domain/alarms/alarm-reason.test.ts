import { describe, expect, it } from 'vitest';
import { parseReasonData } from './alarm-reason.ts';

const told = (value: object) => parseReasonData(JSON.stringify(value));

describe('parseReasonData', () => {
  it('reads evaluated datapoints newest first, those without a time last', () => {
    const evaluatedDatapoints = [
      { timestamp: '2026-03-01T11:59:00.000+0000', value: 2 },
      { value: 9 },
      { timestamp: '2026-03-01T12:01:00.000+0200', value: 1, sampleCount: 4 },
      { timestamp: '2026-03-01T12:01:00.000Z', value: 3 },
      { timestamp: 'never', value: 8 },
      null,
      { timestamp: '2026-03-01T12:02:00.000Z' },
      { timestamp: 7, value: 'x' },
    ];
    expect(told({ evaluatedDatapoints, recentDatapoints: [5] }).datapoints).toEqual([
      { epochMs: Date.UTC(2026, 2, 1, 12, 1), value: 3 },
      { epochMs: Date.UTC(2026, 2, 1, 11, 59), value: 2 },
      { epochMs: Date.UTC(2026, 2, 1, 10, 1), value: 1, samples: 4 },
      { value: 9 },
      { value: 8 },
    ]);
    expect(told({ evaluatedDatapoints: evaluatedDatapoints.slice(0, 1) }).datapoints).toHaveLength(1);
  });

  it('reads recent datapoints the other way round where there are no others', () => {
    expect(told({ recentDatapoints: [1, null, 'x', 2, 3], evaluatedDatapoints: [null] }).datapoints).toEqual([
      { value: 3 },
      { value: 2 },
      { value: 1 },
    ]);
  });

  it('takes numbers, a statistic and ARNs for what they are', () => {
    const arns = [{ arn: 'a' }, { arn: 7 }, 'b', null, { arn: 'c' }];
    expect(told({ threshold: 0, period: 60, statistic: 'Sum', triggeringAlarms: arns })).toEqual({
      datapoints: [],
      threshold: 0,
      periodSeconds: 60,
      statistic: 'Sum',
      triggeringAlarms: ['a', 'c'],
    });
    const odd = { threshold: '5', period: null, statistic: 5, triggeringAlarms: {}, recentDatapoints: 'x' };
    expect(told(odd)).toEqual({ datapoints: [], triggeringAlarms: [] });
  });

  it.each([undefined, null, '', '{', '[1]', '7', [], 7])('finds nothing in %j', (data) => {
    expect(parseReasonData(data)).toEqual({ datapoints: [], triggeringAlarms: [] });
  });
});
