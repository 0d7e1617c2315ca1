import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../errors.ts';
import { type ChartArguments, planChart } from './arguments.ts';

const DURATION = {
  namespace: 'AWS/Lambda',
  metric_name: 'Duration',
  dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
  statistic: 'P99',
  period: 60,
};
const plan = (input: Partial<ChartArguments>) => planChart({ format: 'png', ...input });
const asText = (query: unknown) => JSON.stringify(query);

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isAppError(error)) return error.publicMessage;
    throw error;
  }
  throw new Error('was accepted');
}

describe('planChart', () => {
  it('means the same by one metric, however it is named', () => {
    const expected = {
      mode: 'metric',
      queries: [
        {
          isReturned: true,
          requestedSeconds: 60,
          metric: {
            namespace: 'AWS/Lambda',
            metricName: 'Duration',
            dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
            statistic: 'p99',
          },
        },
      ],
    };
    const { period, ...stat } = DURATION;
    expect(plan(DURATION)).toMatchObject(expected);
    expect(plan({ queries: [asText(DURATION)] })).toMatchObject(expected);
    expect(plan({ queries: [asText({ metric_stat: DURATION })] })).toMatchObject(expected);
    expect(plan({ queries: [asText({ metric_stat: stat })], period })).toMatchObject(expected);
    expect(plan({ queries: [asText({ id: 'x', ...DURATION })] })).toMatchObject({
      mode: 'metric',
      queries: [{ id: 'x' }],
    });
  });

  it('takes expressions as text or as queries, with the metrics that they need', () => {
    const { mode, queries } = plan({
      queries: [
        asText({ id: 'm1', return_data: 'false', ...DURATION }),
        'm1 * 2',
        asText({ id: 'e', label: 'double', expression: 'm1 * 2', period: '300' }),
        `SEARCH('{AWS/Lambda,FunctionName} Errors', 'Sum', 300)`,
      ],
    });
    expect(mode).toBe('queries');
    expect(queries).toMatchObject([
      { id: 'm1', isReturned: false, metric: { metricName: 'Duration' } },
      { id: 'q2', isReturned: true, expression: 'm1 * 2' },
      { id: 'e', label: 'double', expression: 'm1 * 2', requestedSeconds: 300 },
      { id: 'q4', expression: `SEARCH('{AWS/Lambda,FunctionName} Errors', 'Sum', 300)` },
    ]);
  });

  it.each<[string, Partial<ChartArguments>, RegExp]>([
    ['nothing', {}, /^nothing to draw is named → pass queries/],
    ['an empty list', { queries: [] }, /^nothing to draw/],
    ['a namespace alone', { namespace: 'AWS/Lambda' }, /^nothing to draw/],
    ['both ways at once', { queries: ['m1'], namespace: 'AWS/Lambda' }, /^queries and namespace exclude each other → /],
    ['JSON that cannot be read', { queries: ['{"id":'] }, /^queries\.0 is not JSON → /],
    ['a query of neither kind', { queries: ['{"id":"a"}'] }, /^query a has neither metric_stat nor expression → /],
    [
      'a member that does not exist',
      { queries: ['{"id":"a","expression":"1","color":"red"}'] },
      /^queries\.0 has an unknown member "color"/,
    ],
    [
      'a metric without a name',
      { queries: ['{"namespace":"AWS/Lambda"}'] },
      /^queries\.0\.metric_stat\.metric_name is missing: /,
    ],
    ['a statistic that is none', { queries: [asText({ ...DURATION, statistic: 'p101' })] }, /statistic of query q1/],
    ['an empty expression', { queries: [''] }, /^query q1 has neither metric_stat nor expression → /],
    ['an id twice', { queries: [asText({ id: 'a', ...DURATION }), asText({ id: 'a', ...DURATION })] }, /id a twice/],
    ['nothing returned', { queries: [asText({ id: 'a', return_data: false, ...DURATION })] }, /no query returns data/],
  ])('refuses %s', (_what, input, message) => {
    expect(refusal(() => plan(input))).toMatch(message);
  });
});
