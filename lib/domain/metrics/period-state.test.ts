import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { describeExcess, describeNewest } from './describe-newest.ts';
import { listPoints, type PeriodQuestion, SETTLING_MS, settledEnd, settleSeries } from './period-state.ts';

const MINUTE_MS = 60_000;
const NOW = Date.parse('2026-03-01T12:00:00Z');
const hours = (...values: number[]) =>
  values.map((value, index) => ({ epochMs: NOW - (values.length - index) * 60 * MINUTE_MS, value }));
const question: PeriodQuestion = {
  periodMs: 60 * MINUTE_MS,
  startEpochMs: NOW - 48 * 60 * MINUTE_MS,
  endEpochMs: NOW,
  nowEpochMs: NOW,
};
const writers = { value: String, time: (epochMs: number) => new Date(epochMs).toISOString().slice(11, 16) };

describe('settleSeries', () => {
  it('tells a period that runs, one that has just ended and one that the range cuts', () => {
    const points = hours(1, 2, 3);
    const at = (nowEpochMs: number, endEpochMs = nowEpochMs) =>
      settleSeries(points, { ...question, nowEpochMs, endEpochMs }, 'Sum').open.map(({ value, state }) => [
        value,
        state,
      ]);
    expect(at(NOW - MINUTE_MS)).toEqual([[3, 'running']]);
    expect(at(NOW)).toEqual([[3, 'settling']]);
    expect(at(NOW + SETTLING_MS)).toEqual([]);
    expect(at(NOW + SETTLING_MS, NOW - MINUTE_MS)).toEqual([[3, 'cut']]);
  });

  it('has a running sum in maximum and total, and never last', () => {
    const settled = settleSeries(hours(80, 83, 3_326), { ...question, nowEpochMs: NOW - 20 * MINUTE_MS }, 'Sum');
    expect(settled.summary).toMatchObject({
      total: 3_489,
      max: { value: 3_326 },
      last: { value: 83 },
      min: { value: 80 },
    });
    expect(describeNewest(settled, writers)).toBe('last 83 at 10:00 (then 3326 at 11:00, still running)');
    expect(describeExcess(settled, writers)).toBe('3326 since 11:00 (still running), 40 × the maximum before');
  });

  it('never takes a part of a sum for a minimum, but a part of a minimum', () => {
    const least = (statistic: string | undefined) =>
      settleSeries(hours(80, 83, 1), { ...question, nowEpochMs: NOW - MINUTE_MS }, statistic).summary?.min.value;
    expect([least('Sum'), least('Maximum'), least(undefined), least('Minimum'), least('Average')]).toEqual([
      80, 80, 80, 1, 1,
    ]);
  });

  it('says where nothing is final', () => {
    const settled = settleSeries(hours(5), { ...question, nowEpochMs: NOW - MINUTE_MS }, 'Sum');
    expect(settled).toMatchObject({ isProvisional: true, summary: { total: 5 } });
    expect(describeNewest(settled, writers)).toBe('so far 5 at 11:00 (still running, no datapoint is final)');
  });

  it('hides no maximum, leaves no cut period unmarked and adds up all, whatever comes', () => {
    const cases = fc.record({
      values: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), {
        minLength: 1,
        maxLength: 40,
      }),
      periodMinutes: fc.constantFrom(1, 5, 60, 1_440),
      nowOffsetMs: fc.integer({ min: -3_000_000, max: 3_000_000 }),
      endOffsetMs: fc.integer({ min: -10_000_000, max: 0 }),
      startOffsetMs: fc.integer({ min: 0, max: 10_000_000 }),
      statistic: fc.constantFrom('Sum', 'Average', 'Minimum', 'p99', undefined),
    });
    fc.assert(
      fc.property(cases, ({ values, periodMinutes, nowOffsetMs, endOffsetMs, startOffsetMs, statistic }) => {
        const periodMs = periodMinutes * MINUTE_MS;
        const points = values.map((value, index) => ({ epochMs: (index + 1_000) * periodMs, value }));
        const lastEpochMs = (values.length + 1_000) * periodMs;
        const nowEpochMs = lastEpochMs + nowOffsetMs;
        const endEpochMs = nowEpochMs + endOffsetMs;
        const startEpochMs = 1_000 * periodMs + startOffsetMs;
        const settled = settleSeries(points, { periodMs, startEpochMs, endEpochMs, nowEpochMs }, statistic);
        const { open, summary, isProvisional } = settled;
        expect(listPoints(settled).map(({ epochMs }) => epochMs)).toEqual(points.map(({ epochMs }) => epochMs));
        expect(summary?.max.value).toBe(Math.max(...values));
        expect(summary?.total).toBeCloseTo(
          values.reduce((sum, value) => sum + value, 0),
          0,
        );
        const marked = new Set(open.map(({ epochMs }) => epochMs));
        for (const { epochMs } of points) {
          const isWhole = epochMs >= startEpochMs && epochMs + periodMs <= endEpochMs;
          const isOld = epochMs + periodMs <= nowEpochMs - SETTLING_MS;
          expect(marked.has(epochMs)).toBe(!(isWhole && isOld));
        }
        if (!isProvisional) expect(marked.has(summary?.last.epochMs ?? 0)).toBe(false);
        expect(describeNewest(settled, writers)).toMatch(
          open.at(-1)?.epochMs === points.at(-1)?.epochMs ? /still running|not final|cut by/ : /^last/,
        );
        expect(settledEnd({ periodMs, endEpochMs, nowEpochMs })).toBeLessThanOrEqual(nowEpochMs - SETTLING_MS);
      }),
      { numRuns: 300 },
    );
  });
});
