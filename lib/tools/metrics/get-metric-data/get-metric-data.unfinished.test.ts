/** Periods that are not final, in every way in which a series can be made. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fc } from '../../../../test/support/property.ts';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { metricOutput } from './output.ts';

/** What the frame adds to every answer is left out. */
const answerShape = z.object(metricOutput.shape);
const NOW = Date.parse('2026-03-01T12:00:00Z');
const SETTLING_MS = 180_000;
const ERRORS = {
  namespace: 'AWS/Lambda',
  metric_name: 'Errors',
  dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
  statistic: 'Sum',
};

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterAll(async () => {
  await bench.close();
});

async function ask(args: unknown) {
  const result = await bench.run('get_metric_data', args);
  expect(result.isError).toBeUndefined();
  return { text: bench.text(result), structured: answerShape.parse(result.structuredContent) };
}

type Series = z.output<typeof metricOutput>['series'][number];

/** Holds for every series: nothing that is shown or hidden exceeds the maximum, and what is not final is marked. */
function checkSeries(series: Series, endEpochMs: number, text: string): void {
  const periodMs = (series.period_seconds ?? 60) * 1_000;
  const open = new Set(series.open?.map(({ time }) => time));
  for (const { time, value } of [...(series.datapoints ?? []), ...(series.open ?? [])]) {
    const overEpochMs = Date.parse(time) + periodMs;
    expect(value).toBeLessThanOrEqual(series.max?.value ?? Number.NaN);
    const isFinal = overEpochMs <= NOW - SETTLING_MS && overEpochMs <= Math.max(endEpochMs, Date.parse(time));
    expect(`${time} ${open.has(time)}`).toBe(`${time} ${!isFinal}`);
  }
  if (open.size > 0) {
    expect(text).toMatch(/not final|none of them final/);
    if (series.count > open.size) expect(open).not.toContain(series.last?.time);
  }
}

describe('an incident that runs, asked by long views', () => {
  it.each([
    ['-7d', undefined],
    ['-30d', undefined],
    ['-7d', 86_400],
    ['-30d', 86_400],
  ])('from %s by periods of %s is in headline, maximum and sum', async (start_time, period) => {
    const { text, structured } = await ask({ ...ERRORS, start_time, period });
    const [series] = structured.series;
    const [headline = ''] = text.split('\n');
    const highest = series?.max?.value ?? 0;
    expect(highest).toBeGreaterThan(100);
    expect(headline).toContain(`maximum ${highest.toLocaleString('en-US')}`);
    expect(series?.sum).toBeGreaterThanOrEqual(highest);
    expect(series?.sparkline.replace(/…$/, '')).not.toMatch(/·$/);
  });

  it('says the same of a metric, of math on it, of SEARCH and of Metrics Insights', async () => {
    const { text, structured } = await ask({
      start_time: '-3h',
      queries: [
        { id: 'm1', metric_stat: { ...ERRORS, period: 3_600 } },
        { id: 'e1', expression: 'm1 * 1' },
        { id: 'e2', expression: 'FILL(m1, 0)' },
        {
          id: 's1',
          expression: 'SEARCH(\'{AWS/Lambda,FunctionName} MetricName="Errors" "shop-checkout"\', \'Sum\', 3600)',
        },
        {
          id: 'i1',
          expression:
            'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) WHERE FunctionName = \'shop-checkout\'',
          period: 3_600,
        },
      ],
    });
    expect(structured.series.map(({ id }) => id)).toEqual(['m1', 'e1', 'e2', 's1', 'i1']);
    const [first] = structured.series;
    for (const series of structured.series) {
      checkSeries(series, NOW, text);
      expect({ last: series.last, max: series.max, open: series.open }).toEqual({
        last: first?.last,
        max: first?.max,
        open: first?.open,
      });
    }
  });
});

describe('an incident that runs, asked by a short view', () => {
  it('is told as what it left, by the metric and by the ratio', async () => {
    const left = /has been above all before since \S+: [\d.]+ to [\d.]+, before at most [\d.]+; (was )?last /;
    expect((await ask({ ...ERRORS, start_time: '-3h' })).text.split('\n')[0]).toMatch(left);
    const ratio = await ask({
      start_time: '-3h',
      queries: [
        { id: 'e', metric_stat: ERRORS, return_data: false },
        { id: 'i', metric_stat: { ...ERRORS, metric_name: 'Invocations' }, return_data: false },
        { id: 'rate', expression: '100 * e / i' },
      ],
    });
    expect(ratio.text.split('\n')[0]).toMatch(left);
  });
});

describe('an end inside a period', () => {
  it('is moved to its end, and that is said', async () => {
    const cut = await ask({ ...ERRORS, period: 3_600, start_time: '-5h', end_time: '2026-03-01T10:17:23Z' });
    const whole = await ask({ ...ERRORS, period: 3_600, start_time: '-5h', end_time: '2026-03-01T11:00:00Z' });
    expect(cut.structured.series).toEqual(whole.structured.series);
    expect(cut.text).toContain('Note: the range ends at 2026-03-01T11:00:00Z, so that its last period is a whole one.');
  });

  it('hides and cuts nothing, whatever is asked', async () => {
    const cases = fc.record({
      expression: fc.constantFrom(
        undefined,
        'm1 * 1',
        'FILL(m1, 0)',
        "SEARCH('{AWS/Lambda,FunctionName} Errors', 'Sum', 900)",
      ),
      period: fc.constantFrom(60, 300, 900, 3_600),
      endSecondsAgo: fc.integer({ min: 0, max: 4_000 }),
      spanSeconds: fc.integer({ min: 120, max: 20_000 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ expression, period, endSecondsAgo, spanSeconds }) => {
        const end = NOW - endSecondsAgo * 1_000;
        const { text, structured } = await ask({
          start_time: new Date(end - spanSeconds * 1_000).toISOString(),
          end_time: new Date(end).toISOString(),
          include_datapoints: 'always',
          queries: [
            { id: 'm1', metric_stat: { ...ERRORS, period } },
            ...(expression === undefined ? [] : [{ id: 'e1', expression }]),
          ],
        });
        for (const series of structured.series)
          if (series.count > 0) checkSeries(series, Date.parse(structured.end_time), text);
      }),
      { numRuns: 25 },
    );
  });
});
