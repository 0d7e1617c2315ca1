import { describe, expect, it } from 'vitest';
import {
  MAX_CALLS,
  MAX_GROUP_SEARCHES,
  MAX_LIST_PAGES,
  MAX_LOG_GROUPS,
  planAlarmWave,
  planLogWave,
  planMetricWave,
} from './plan-calls.ts';

/** What an alarm and its own series take: from a metric alarm to a composite one of three levels. */
const FIRST_WAVE = Array.from({ length: 16 }, (_, calls) => calls);
const METRIC_READS = 6;

/** As if every part used all it may. */
function spend(first: number, pages: (most: number) => number): number {
  const alarms = planAlarmWave(MAX_CALLS - first);
  const second = first + pages(alarms.historyPages) + alarms.dashboards + 3;
  const metrics = planMetricWave(MAX_CALLS - second);
  const found = second + metrics.named + metrics.trail + MAX_LIST_PAGES + METRIC_READS + MAX_GROUP_SEARCHES + 1;
  // Each query is started, and stopped where it comes too late.
  return found + 1 + 2 * 2 * planLogWave(MAX_CALLS - found);
}

describe('the calls of an investigation', () => {
  it('stay within the budget, whatever each part finds', () => {
    for (const first of FIRST_WAVE) {
      expect(spend(first, (most) => most)).toBeLessThanOrEqual(MAX_CALLS);
      expect(spend(first, () => 1)).toBeLessThanOrEqual(MAX_CALLS);
    }
  });

  it('leave something for each part', () => {
    for (const first of FIRST_WAVE) {
      expect(planAlarmWave(MAX_CALLS - first).historyPages).toBeGreaterThan(0);
      expect(planMetricWave(MAX_CALLS - first - 12)).toMatchObject({
        named: expect.toSatisfy((named: number) => named >= 3),
        trail: expect.toSatisfy((trail: number) => trail >= 2),
      });
      expect(planLogWave(0)).toBe(1);
      expect(planLogWave(MAX_CALLS)).toBe(MAX_LOG_GROUPS);
    }
  });
});
