import { describe, expect, it } from 'vitest';
import { finishSteps } from '../../../../test/support/finish-steps.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { prepareChartData } from './build-chart-data.ts';
import type { ChartPage, ChartSeries } from './chart-page.ts';

const START = Date.UTC(2026, 2, 1, 12);
const MINUTE_MS = 60_000;
const at = (...minutes: readonly number[]) => minutes.map((minute) => START + minute * MINUTE_MS);

const seriesOf = (values: readonly number[], more: Partial<ChartSeries> = {}): ChartSeries => ({
  label: 'a',
  periodSeconds: 60,
  timestampsEpochMs: at(...values.keys()),
  values,
  ...more,
});
const dataOf = (page: Partial<ChartPage>, maxPoints = 100) =>
  finishSteps(
    finishSteps(
      prepareChartData({
        title: 't',
        subtitle: 's',
        startEpochMs: START,
        endEpochMs: START + 10 * MINUTE_MS,
        series: [],
        thresholds: [],
        alarmBands: [],
        link: undefined,
        ...page,
      }),
    )(maxPoints),
  );
const firstOf = (series: ChartSeries, maxPoints?: number) => dataOf({ series: [series] }, maxPoints).series[0];

it('makes a page small', async () => {
  const many = Array.from({ length: 40 }, (_, index) => (index * 7) % 11);
  const samples = {
    low: { timestampsEpochMs: at(0, 1, 2), values: [0, -5, 9] },
    high: { timestampsEpochMs: at(2, 0), values: [4, 7] },
  };
  const rows: Readonly<Record<string, ChartSeries>> = {
    plain: seriesOf([1, 2, 3]),
    'no datapoint': seriesOf([]),
    'a gap': seriesOf([1, 2, 3], { timestampsEpochMs: at(0, 1, 4) }),
    'no period': seriesOf([1, 2, 3, 4], { timestampsEpochMs: at(0, 2, 4, 9), periodSeconds: undefined as never }),
    'in no order': seriesOf([3, 1, 2], { timestampsEpochMs: at(2, 0, 1) }),
    'unit and measure': seriesOf([1], { unit: 'Bytes/Second', measure: 'Sum  every\n1m', label: ' a\nb ' }),
    'unit None': seriesOf([1], { unit: 'None' }),
    samples: seriesOf([1, 2, 3], { samples }),
    'samples and a gap': seriesOf([1, 2, 3], { samples, timestampsEpochMs: at(0, 1, 5) }),
    'a week before': seriesOf([1, 2], { weekBefore: { timestampsEpochMs: at(1, 0), values: [8, 7] } }),
    'nothing a week before': seriesOf([1, 2], { weekBefore: { timestampsEpochMs: [], values: [] } }),
    'infinite numbers': seriesOf([Number.NaN, 1.7e308, -1.7e308, 123.456789]),
    many: seriesOf(many),
    'many, one open': seriesOf(many, {
      openEpochMs: at(39),
      weekBefore: { timestampsEpochMs: at(0, 1, 2), values: [1, 2, 3] },
    }),
  };
  await expectTable('chart/data', [
    ...Object.entries(rows).flatMap(([name, series]) =>
      [100, 10, 2].flatMap((maxPoints) =>
        Object.entries(firstOf(series, maxPoints) ?? {}).map(
          ([key, value]) => [`${name}, ${maxPoints}: ${key}`, value] as const,
        ),
      ),
    ),
    ...[39, 40].map(
      (most) => [`a note for ${most}`, dataOf({ series: [rows.many ?? seriesOf([])] }, most).notes] as const,
    ),
  ]);
});

describe('prepareChartData', () => {
  it('tells from when on no datapoint is final, and counts only final ones where there are any', () => {
    const open = (...minutes: readonly number[]) => firstOf(seriesOf([5, 6, 7, 1], { openEpochMs: at(...minutes) }));
    expect(open()).not.toHaveProperty('openFrom');
    expect(open(3)).toMatchObject({
      openFrom: START + 3 * MINUTE_MS,
      statistics: { count: 4, min: 5, mean: 6, max: 7, last: 7 },
    });
    expect(open(2, 3)).toMatchObject({
      openFrom: START + 2 * MINUTE_MS,
      statistics: { count: 4, min: 5, mean: 5.5, max: 7, last: 6 },
    });
    // One in the middle is followed by a final one.
    expect(open(1)).not.toHaveProperty('openFrom');
    expect(open(9)).not.toHaveProperty('openFrom');
    expect(open(0, 1, 2, 3)).toMatchObject({ openFrom: START, statistics: { count: 4, min: 1, mean: 4.75, last: 1 } });
  });

  it('gives one moment a minute, and units an index each', () => {
    const range = (lengthMs: number) => {
      const { start, end } = dataOf({ endEpochMs: START + lengthMs });
      return [start - START, end - START];
    };
    expect([0, 59_998, 60_000, 60_001].map(range)).toEqual([
      [-30_000, 30_000],
      [-1, 59_999],
      [0, 60_000],
      [0, 60_001],
    ]);
    const units = ['Bytes', undefined, 'Count', 'None', 'Bytes'];
    const { units: told, series } = dataOf({
      series: units.map((unit) => seriesOf([1], unit === undefined ? {} : { unit })),
    });
    expect([told, series.map(({ unit }) => unit)]).toEqual([
      ['Bytes', '', 'Count'],
      [0, 1, 2, 1, 0],
    ]);
    expect(dataOf({}).units).toEqual(['']);
  });

  it('keeps to its bounds, and says what it leaves out', () => {
    const counts = (count: number) => {
      const list = Array.from({ length: count }, (_, index) => index);
      const data = dataOf({
        series: list.map(() => seriesOf([1])),
        thresholds: list.map((value) => ({ label: `t${value}`, value })),
        alarmBands: list.map((index) => ({
          label: `a${index}`,
          state: 'ALARM' as const,
          startEpochMs: START,
          endEpochMs: START + 1,
        })),
        findings: list.map((index) => ({ text: `f${index}`, startEpochMs: START })),
      });
      return [data.series, data.thresholds, data.alarms, data.bands, data.findings]
        .map(({ length }) => length)
        .concat(data.notes.length);
    };
    expect([8, 9, 20, 21, 100, 101].map(counts)).toEqual([
      [8, 8, 8, 8, 8, 0],
      [9, 9, 9, 9, 8, 0],
      [20, 20, 20, 20, 8, 0],
      [21, 20, 20, 20, 8, 1],
      [100, 20, 20, 20, 8, 1],
      [100, 20, 20, 20, 8, 2],
    ]);
    const bands = (count: number) =>
      dataOf({
        alarmBands: Array.from({ length: count }, (_, index) => ({
          label: 'a',
          state: 'OK' as const,
          startEpochMs: START + index,
          endEpochMs: START + index + 1,
        })),
      });
    expect(
      [500, 501].map((count) => [
        bands(count).bands.length,
        (bands(count).bands[0]?.start ?? 0) - START,
        ...bands(count).notes,
      ]),
    ).toEqual([
      [500, 0],
      [500, 1, '500 of 501 alarm states are shown, the latest.'],
    ]);
    const long = dataOf({
      title: 'x'.repeat(301),
      subtitle: 'x'.repeat(300),
      series: [seriesOf([1], { label: 'x'.repeat(161) })],
      findings: [{ text: 'x'.repeat(301), startEpochMs: START }],
    });
    expect([
      long.title.length,
      long.subtitle.length,
      long.series[0]?.label.length,
      long.findings[0]?.text.length,
    ]).toEqual([300, 300, 160, 300]);
    expect([long.title.at(-1), long.subtitle.at(-1)]).toEqual(['…', 'x']);
  });

  it('cuts bands and findings at the ends, and leaves out what lies outside', () => {
    const band = (label: string, from: number, to: number) => ({
      label,
      state: 'ALARM' as const,
      startEpochMs: START + from,
      endEpochMs: START + to,
    });
    const { bands, alarms } = dataOf({
      endEpochMs: START + 100,
      alarmBands: [
        band('b', 50, 200),
        band('a', -50, 10),
        band('b', -9, 0),
        band('a', 100, 120),
        band('b', 20, 30),
        band('a', 5, 5),
      ],
    });
    expect([alarms, bands.map(({ alarm, start, end }) => [alarm, start - START, end - START])]).toEqual([
      ['b', 'a'],
      [
        [1, 0, 10],
        [0, 20, 30],
        [0, 50, 100],
      ],
    ]);
    const found = dataOf({
      endEpochMs: START + 100,
      findings: [
        { text: 'on', startEpochMs: START - 5 },
        { text: 'moment', startEpochMs: START + 5, endEpochMs: START + 5 },
        { text: 'before', startEpochMs: START - 5, endEpochMs: START - 1 },
        { text: 'after', startEpochMs: START + 101 },
        { text: 'end', startEpochMs: START + 100, endEpochMs: START + 300 },
      ],
    }).findings.map(({ text, start, end }) => [text, start - START, end - START]);
    expect(found).toEqual([
      ['on', 0, 100],
      ['moment', 5, 5],
      ['end', 100, 100],
    ]);
  });

  it('takes links of the web only, thresholds that are numbers, and sizes that leave room', () => {
    const link = (url: string) => dataOf({ link: { label: ' l\n', url } }).link;
    expect(link('https://a.example')).toEqual({ label: 'l', url: 'https://a.example' });
    expect(link('HTTPS://a')).toBeDefined();
    expect(link(`https://${'a'.repeat(3_992)}`)).toBeDefined();
    for (const url of ['http://a', 'javascript:alert(1)', ' https://a', `https://${'a'.repeat(3_993)}`])
      expect(link(url)).toBeUndefined();
    const sizes = (width: number, height: number) => {
      const data = dataOf({ width, height });
      return [data.width, data.height];
    };
    expect([sizes(239, 139), sizes(240, 140), sizes(900, 500)]).toEqual([
      [240, 140],
      [240, 140],
      [900, 500],
    ]);
    expect(dataOf({})).not.toHaveProperty('width');
    expect(dataOf({})).not.toHaveProperty('height');
    const thresholds = [Number.NaN, 1.23456789, Number.POSITIVE_INFINITY].map((value) => ({
      label: ' t ',
      value,
      state: 'OK' as const,
    }));
    expect(dataOf({ thresholds: [...thresholds, { label: 'u', value: 2 }] }).thresholds).toEqual([
      { label: 't', value: 1.23457, state: 'OK' },
      { label: 'u', value: 2 },
    ]);
  });
});
