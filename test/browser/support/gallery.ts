/** Pages of every kind, to be looked at. */
import type { ChartPage, ChartSeries } from '../../../lib/domain/metrics/chart/chart-page.ts';
import { createIncident, createPage, createSeries, END, MINUTE_MS, MINUTES, START, wave } from './samples.ts';

const DAY_MS = 86_400_000;
const AVERAGE = 'Average every 15m';

/** @param value of the day and of the place in it, 0 to 1 */
function createDays(
  label: string,
  unit: string,
  days: number,
  value: (day: number, part: number) => number,
): ChartSeries {
  const perDay = 96;
  const timestampsEpochMs = Array.from({ length: days * perDay }, (_, at) => START + (at * DAY_MS) / perDay);
  const values = timestampsEpochMs.map((_, at) => value(Math.floor(at / perDay), (at % perDay) / perDay));
  return { label, unit, periodSeconds: DAY_MS / perDay / 1_000, timestampsEpochMs, values };
}

/** Repeats itself from run to run. */
function noise(seed: number): number {
  const wild = Math.sin(seed * 12.9898) * 43_758.5453;
  return wild - Math.floor(wild) - 0.5;
}

function createMonth(): ChartPage {
  const load = createDays('NetworkOut', 'Bytes', 28, (day, part) => {
    const base = 3e7 * (1 + 0.5 * Math.sin(2 * Math.PI * part)) * (day >= 20 && day < 22 ? 2.2 : 1);
    return base * (1 + 0.15 * noise(day * 97 + part * 1_301));
  });
  const stretch = (factor: number) => ({
    timestampsEpochMs: load.timestampsEpochMs,
    values: load.values.map((value, at) => value * (1 + (factor - 1) * (0.6 + Math.abs(noise(at * 7))))),
  });
  return createPage([{ ...load, measure: AVERAGE, samples: { low: stretch(0.2), high: stretch(4) } }], {
    title: 'NetworkOut Average · InstanceId=i-1',
    subtitle: 'AWS/EC2 · prod/eu-central-1 · every 15m',
    endEpochMs: START + 28 * DAY_MS,
    findings: [
      {
        text: 'NetworkOut stood at 66 MB from 2026-03-21 09:00Z until 2026-03-23 09:00Z, 30 MB before and after (× 2.2)',
        startEpochMs: START + 20 * DAY_MS,
        endEpochMs: START + 22 * DAY_MS,
      },
    ],
  });
}

function createToday(): ChartPage {
  const errors = createSeries('Errors', 'Count', (minute) =>
    Math.round(Math.max(0, noise(minute) * 6) + (minute > 130 ? 60 : 0)),
  );
  const weekBefore = createSeries('', 'Count', (minute) => Math.round(Math.max(0, noise(minute + 999) * 6)));
  return createPage(
    [
      {
        ...errors,
        measure: 'Sum every 1m',
        openEpochMs: errors.timestampsEpochMs.slice(-4),
        weekBefore,
      },
    ],
    {
      title: 'Errors Sum · FunctionName=shop-checkout',
      findings: [
        { text: 'Errors has stood at 61 since 11:11Z, 1 before (× 60)', startEpochMs: START + 131 * MINUTE_MS },
        {
          text: 'Errors was at 3 at 11:12Z, 1 expected',
          startEpochMs: START + 132 * MINUTE_MS,
          endEpochMs: START + 134 * MINUTE_MS,
        },
      ],
    },
  );
}

export const GALLERY: Readonly<Record<string, () => ChartPage>> = {
  incident: createIncident,
  today: createToday,
  month: createMonth,
  zeros: () => createPage([createSeries('Throttles', 'Count', () => 0)]),
  negative: () => createPage([createSeries('drift', 'Seconds', (minute) => Math.sin(minute / 20) * 40 - 5)]),
  powers: () =>
    createPage([createSeries('Errors', 'Count', (minute) => (minute < 60 ? 0 : Math.round(2 ** (minute / 12))))]),
  many: () =>
    createPage(
      Array.from({ length: 3_000 }, (_, index) =>
        createSeries(`shop-function-${index} Invocations`, 'Count', wave(50 + index * 3, 20), 3),
      ).slice(0, 100),
    ),
  point: () =>
    createPage([{ label: 'one', unit: 'Bytes', timestampsEpochMs: [START + 90 * MINUTE_MS], values: [5e6] }]),
  gaps: () =>
    createPage([
      createSeries('gaps', 'Percent', (minute) =>
        minute % 40 < 15 || minute % 7 === 0 ? undefined : 40 + (minute % 23),
      ),
    ]),
  units: () =>
    createPage([
      { ...createSeries('latency', 'Milliseconds', wave(240, 90)), measure: 'p99 every 1m' },
      { ...createSeries('requests', 'Count', wave(18_000, 4_000)), measure: 'Sum every 1m' },
      createSeries('ratio', '', wave(0.4, 0.2)),
    ]),
  empty: () => createPage([createSeries('Durations', 'Count', () => undefined)], { endEpochMs: END + MINUTES }),
};
