/** Chart pages to look at. */
import type { ChartPage, ChartSeries } from '../../../lib/domain/metrics/chart/chart-page.ts';

export const START = Date.parse('2026-03-01T09:00:00Z');
export const MINUTE_MS = 60_000;
export const MINUTES = 180;
export const END = START + MINUTES * MINUTE_MS;

export function createPage(series: readonly ChartSeries[], more: Partial<ChartPage> = {}): ChartPage {
  return {
    title: 'checkout: latency',
    subtitle: 'AWS/ApplicationELB · eu-central-1 · 09:00–12:00 UTC',
    startEpochMs: START,
    endEpochMs: END,
    series,
    thresholds: [],
    alarmBands: [],
    link: undefined,
    ...more,
  };
}

/** One datapoint each `stepMinutes`, where `shape` gives a value for the minute. */
export function createSeries(
  label: string,
  unit: string,
  shape: (minute: number) => number | undefined,
  stepMinutes = 1,
): ChartSeries {
  const points = Array.from({ length: MINUTES / stepMinutes }, (_, index) => index * stepMinutes).flatMap((minute) => {
    const value = shape(minute);
    return value === undefined ? [] : [{ at: START + minute * MINUTE_MS, value }];
  });
  return {
    label,
    unit,
    periodSeconds: stepMinutes * 60,
    timestampsEpochMs: points.map(({ at }) => at),
    values: points.map(({ value }) => value),
  };
}

/** Slow enough that a column of pixels shows one value. */
export function wave(middle: number, height: number): (minute: number) => number {
  return (minute) => middle + height * Math.sin(minute / 25);
}

/** 0 to 1 along the time axis. */
export function placeOf(minute: number): number {
  return minute / MINUTES;
}

/** An incident: latency with a gap, errors on another axis, thresholds, the states of an alarm. */
export function createIncident(): ChartPage {
  const isBad = (minute: number): boolean => minute > 110 && minute < 135;
  const latency = (minute: number): number =>
    180 + 60 * Math.sin(minute / 15) + ((minute * 7_919) % 23) * 2 + (isBad(minute) ? 400 : 0);
  const alarm = 'checkout-latency-high';
  const at = (minute: number): number => START + minute * MINUTE_MS;
  return createPage(
    [
      createSeries('TargetResponseTime p99', 'Milliseconds', latency),
      createSeries('TargetResponseTime p50', 'Milliseconds', (minute) =>
        (minute > 60 && minute < 80) || minute === 100 || minute === 102 ? undefined : latency(minute) * 0.45,
      ),
      createSeries(
        'HTTPCode_Target_5XX_Count Sum',
        'Count',
        (minute) => Math.max(0, ((minute * 31) % 7) - 3) + (isBad(minute) ? 40 : 0),
      ),
    ],
    {
      thresholds: [
        { label: alarm, value: 500, state: 'ALARM' },
        { label: 'objective', value: 300 },
      ],
      alarmBands: [
        { label: alarm, state: 'OK', startEpochMs: START, endEpochMs: at(113) },
        { label: alarm, state: 'ALARM', startEpochMs: at(113), endEpochMs: at(139) },
        { label: alarm, state: 'INSUFFICIENT_DATA', startEpochMs: at(139), endEpochMs: at(150) },
        { label: alarm, state: 'OK', startEpochMs: at(150), endEpochMs: END },
      ],
      link: {
        label: 'Open in CloudWatch',
        url: 'https://eu-central-1.console.aws.amazon.com/cloudwatch/home#metricsV2',
      },
    },
  );
}
