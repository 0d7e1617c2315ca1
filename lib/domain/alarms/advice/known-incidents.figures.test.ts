import { it } from 'vitest';
import { ALL_KINDS, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import type { AlarmRule } from './alarm-rule.ts';
import { estimateBand } from './estimate-band.ts';
import { joinIncidents, type KnownIncident, sortUsual } from './known-incidents.ts';
import { toPeriodValues } from './period-values.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A midnight that is not zero: with zero plus would be minus. */
const START_MS = 20_000 * DAY_MS;
const ruleOf = (comparison: AlarmRule['comparison'], periodSeconds = 300): AlarmRule => ({
  statistic: 'Sum',
  periodSeconds,
  comparison,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  missingData: 'missing',
});
const pointsOf = (values: Float64Array, stepMs: number) =>
  Array.from(values, (value, at) => ({ epochMs: START_MS + at * stepMs, value }));
const incident = (from: number, to: number, more: Partial<KnownIncident> = {}): KnownIncident => ({
  startEpochMs: START_MS + from * 5 * MINUTE_MS,
  endEpochMs: START_MS + to * 5 * MINUTE_MS,
  ...more,
});

it('estimates a band', async () => {
  const sides = ['above', 'below', 'both'] as const;
  const rows = ALL_KINDS.flatMap((kind) =>
    sides.flatMap((side) =>
      [0.5, 1, 3].map((sigma) => {
        const values = valuesOf(kind, 700);
        const residuals = {
          startEpochMs: START_MS,
          stepMs: 5 * MINUTE_MS,
          length: 800,
          indices: Int32Array.from(values.keys()),
          values,
          sigma,
        };
        const incidents = [incident(100, 200, { side: 'above' }), incident(300, 310, { side: 'below' })];
        return [
          `${kind}, ${side}, ${sigma}`,
          estimateBand(residuals, ruleOf('LessThanThreshold'), side, incidents),
        ] as const;
      }),
    ),
  );
  await expectTable('advice/estimate-band', rows);
});

it('joins incidents of both sources', async () => {
  const range = { startEpochMs: START_MS, endEpochMs: START_MS + 14 * DAY_MS };
  const own = (hours: readonly number[], jump = 5, lastsHours = 2) =>
    hours.map((hour) => ({
      kind: 'outliers' as const,
      jump,
      startEpochMs: START_MS + hour * HOUR_MS,
      endEpochMs: START_MS + (hour + lastsHours) * HOUR_MS,
    }));
  const told = (hours: readonly number[], lastsHours = 3, alarmName = 'a') =>
    hours.map((hour) => ({
      alarmName,
      startEpochMs: START_MS + hour * HOUR_MS,
      endEpochMs: START_MS + (hour + lastsHours) * HOUR_MS,
    }));
  const cases = {
    none: [[], []],
    apart: [own([10, 50]), told([100])],
    touching: [own([10, 12, 14.5]), told([16.5, 20])],
    overlapping: [[...own([10]), ...own([11], -9)], told([11, 12])],
    'the farther jump': [[...own([10], 3), ...own([11], 9), ...own([12], 4)], []],
    'outside of the range': [own([-3, -1, 335, 400]), told([-2, 334])],
    'as many as are rare': [own([1, 30, 60, 90]), told([120, 150, 180, 210])],
    'more than are rare': [own([1, 30, 60, 90, 99]), told([120, 150, 180, 210, 240])],
    'long alarms': [own([1]), [...told([20], 67), ...told([150], 68, 'b')]],
    'more than half': [own([1], 5, 100), told([120], 60).concat(told([200], 60, 'b'))],
    'of its own more than half': [own([1], 5, 170), []],
    'going on': [[{ kind: 'shift' as const, jump: 1, startEpochMs: START_MS + 300 * HOUR_MS }], []],
  } as const;
  const rows = Object.entries(cases).map(([name, [mine, alarms]]) => {
    const joined = joinIncidents({ own: mine, alarmTimes: alarms, range });
    const values = toPeriodValues(pointsOf(valuesOf('line', 14 * 24), HOUR_MS), 3_600, range.endEpochMs);
    return [name, [joined, sortUsual(values, joined)]] as const;
  });
  await expectTable('advice/known-incidents', rows);
});

it('puts datapoints into periods', async () => {
  const points = [7, 8, 9, 20, 21, 21.5, 40, 61].map((minute, at) => ({
    epochMs: START_MS + minute * MINUTE_MS,
    value: (at * 7) % 5,
  }));
  const rows = ['Sum', 'SampleCount', 'Maximum', 'Minimum', 'Average', 'p90', undefined].flatMap((statistic) =>
    [60, 300, 900].map(
      (seconds) =>
        [`${statistic}, ${seconds} s`, toPeriodValues(points, seconds, START_MS + 60 * MINUTE_MS, statistic)] as const,
    ),
  );
  await expectTable('advice/period-values', [
    ...rows,
    ['none', toPeriodValues([], 60, START_MS)],
    ['late', toPeriodValues(points, 60, START_MS)],
  ]);
});
