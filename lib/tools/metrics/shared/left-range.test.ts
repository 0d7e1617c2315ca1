import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../domain/metrics/series-analysis/findings.ts';
import { analyzeMetricSeries, type MetricAnalysis } from './analyze-fetched.ts';
import { findLeftRange } from './left-range.ts';
import { viewSeries } from './view-series.ts';

const MINUTE_MS = 60_000;
const COUNT = 120;
const timestampsEpochMs = Array.from({ length: COUNT }, (_, at) => at * MINUTE_MS);

function view(valueAt: (at: number) => number) {
  const values = timestampsEpochMs.map((_, at) => valueAt(at));
  const series = { id: 'm', label: 'm', timestampsEpochMs, values, status: 'Complete' as const, messages: [] };
  return viewSeries(series, undefined, {
    startEpochMs: 0,
    endEpochMs: COUNT * MINUTE_MS,
    nowEpochMs: 2 * COUNT * MINUTE_MS,
    sparklineWidth: 10,
    periodSeconds: 60,
    unit: undefined,
    statistic: undefined,
  });
}

const burning = view((at) => (at >= 100 ? 50 + (at % 3) : 1 + (at % 2)));

async function withFirst(finding: Finding): Promise<MetricAnalysis> {
  const analysis = await analyzeMetricSeries(burning);
  if (analysis === undefined) throw new Error('no analysis');
  return { ...analysis, findings: [finding] };
}

const place = { startEpochMs: 100 * MINUTE_MS, size: 9 };

describe('findLeftRange', () => {
  it('is where every value since is far above all before', () => {
    expect(findLeftRange(burning, undefined)).toMatchObject({ sinceEpochMs: 100 * MINUTE_MS, isAbove: true });
    expect(
      findLeftRange(
        view((at) => 1 + (at % 2)),
        undefined,
      ),
    ).toBeUndefined();
  });

  it('gives way to a finding that tells the same', async () => {
    for (const finding of [
      { ...place, kind: 'shift' as const, before: 1, after: 50 },
      { ...place, kind: 'outliers' as const, value: 52, expected: 1, count: 20 },
    ])
      expect(findLeftRange(burning, await withFirst(finding)), finding.kind).toBeUndefined();
  });

  it('stays beside findings that say the opposite, or not since when', async () => {
    for (const finding of [
      { ...place, kind: 'shift' as const, before: 50, after: 1 },
      { ...place, kind: 'outliers' as const, value: 1, expected: 20, count: 6 },
      { ...place, kind: 'spread' as const, before: 1, after: 9, isRelative: false },
      { ...place, kind: 'hour' as const },
    ])
      expect(findLeftRange(burning, await withFirst(finding)), finding.kind).toBeDefined();
  });

  it('is told where outliers are named by a curve that was fitted to the incident', async () => {
    const outliers = (expected: number): Finding => ({ ...place, kind: 'outliers', value: 60, expected, count: 3 });
    expect(findLeftRange(burning, await withFirst(outliers(56)))).toMatchObject({ isAbove: true });
    expect(findLeftRange(burning, await withFirst(outliers(2)))).toBeUndefined();
  });
});
