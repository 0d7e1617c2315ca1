import { it } from 'vitest';
import { gridOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import type { SeriesAnalysis } from './analyze-series.ts';
import { leaveOutIncidents } from './baseline.ts';
import { listFindings } from './findings.ts';

const LENGTH = 2_000;
const grid = gridOf('noise', LENGTH, 300_000, 0.05);
const LAST = grid.values.length;
const NOTHING: SeriesAnalysis = {
  model: 'additive',
  seasons: [],
  shifts: [],
  outliers: [],
  expected: new Float64Array(LAST),
  usual: new Float64Array(LAST),
};
const event = { fromMs: 0, toMs: 9, days: 7, ofDays: 7, height: 9, usual: 1, lastsMs: 9 };
const switching = { low: 1, high: 9, switches: 20, onSamples: 4, offSamples: 4, isOn: new Uint8Array(LAST) };
const shift = (at: number, before: number, after: number) => ({ at, before, after });

const CASES: Readonly<Record<string, Partial<SeriesAnalysis>>> = {
  nothing: {},
  'an old shift': { shifts: [shift(300, 0, 5)] },
  'fresh shifts': { shifts: [shift(1_000, 0, 5), shift(1_800, 5, -4)] },
  'a level that came back': { shifts: [shift(900, 0, 10), shift(1_000, 10, 3.5)] },
  'a level that nearly came back': { shifts: [shift(900, 0, 10), shift(1_000, 10, 3.6)] },
  'two that came back, one that stays': {
    shifts: [shift(100, 1, -9), shift(150, -9, 1), shift(700, 1, 7), shift(800, 7, 1), shift(1_700, 1, 3)],
  },
  outliers: {
    outliers: [100, 104, 109, 1_500].map((at, index) => ({ at, sigmas: (index % 2 === 0 ? 1 : -1) * (6 + index) })),
  },
  'outliers, the first the farthest': {
    outliers: [
      { at: 10, sigmas: -9 },
      { at: 12, sigmas: 8 },
      { at: 14, sigmas: 9 },
    ],
  },
  'outliers in an excursion': {
    shifts: [shift(900, 0, 10), shift(1_000, 10, 0)],
    outliers: [890, 895, 896, 950, 1_003, 1_004, 1_020].map((at) => ({ at, sigmas: 7 })),
  },
  'outliers in a long excursion': {
    shifts: [shift(300, 0, 10), shift(1_000, 10, 0)],
    outliers: [{ at: 500, sigmas: 7 }],
  },
  'a wider spread': { spread: { at: 1_200, before: 1, after: 3 } },
  'a narrower spread, relative': { spread: { at: 1_890, before: 0.2, after: 0.1, isRelative: true } },
  stopped: { switching: { ...switching, change: { kind: 'stopped', at: 1_700, before: 9, after: 90 } } },
  stuck: {
    switching: { ...switching, change: { kind: 'stuck', at: 100, before: 9, after: 90 } },
    hour: { verdict: 'high', off: 3, limit: 1, hours: 9 },
  },
  bursts: { switching: { ...switching, change: { kind: 'bursts', at: 1_000, before: 9, after: 90 } } },
  'no change of states': { switching },
  'a job that is missing': { event: { ...event, missingAt: 1_800 } },
  'a job': { event },
  'the hour': { hour: { verdict: 'low', off: -6, limit: 2, hours: 9 } },
  'the hour without a limit': {
    hour: { verdict: 'high', off: 0, limit: 0, hours: 9 },
    outliers: [{ at: 1_500, sigmas: 30 }],
  },
  'a usual hour': { hour: { verdict: 'usual', off: 1, limit: 2, hours: 9 } },
  'the hour in which a level came': {
    shifts: [shift(LAST - 9, 0, 9)],
    hour: { verdict: 'high', off: 9, limit: 2, hours: 9 },
  },
  'the hour in a level that came long ago': {
    shifts: [shift(1_200, 0, 9)],
    hour: { verdict: 'high', off: 9, limit: 2, hours: 9 },
  },
  'the hour after an excursion': {
    shifts: [shift(1_850, 0, 9), shift(1_870, 9, 0)],
    hour: { verdict: 'high', off: 9, limit: 2, hours: 9 },
  },
  everything: {
    shifts: [shift(200, 0, 30), shift(1_840, 30, 33)],
    outliers: [
      { at: 400, sigmas: 20 },
      { at: LAST - 1, sigmas: -6 },
    ],
    spread: { at: 1_000, before: 1, after: 2 },
    event: { ...event, missingAt: 1_500 },
    hour: { verdict: 'high', off: 9, limit: 8, hours: 9 },
  },
};

it('lists what was found by size and recency', async () => {
  const rows = Object.entries(CASES).flatMap(([name, part]) =>
    listFindings(grid, { ...NOTHING, ...part }).map((finding, place) => [`${name}, ${place + 1}`, finding] as const),
  );
  const short = { ...gridOf('noise', 20), stepMs: 60_000 };
  const analysis: SeriesAnalysis = {
    ...NOTHING,
    shifts: [shift(4, 0, 9), shift(9, 9, 4.5), shift(15, 4.5, 6)],
    expected: new Float64Array(20),
    hour: { verdict: 'high', off: 1, limit: 1, hours: 9 },
  };
  const hours = gridOf('constant', 300, 7_200_000);
  const rare = { ...analysis, shifts: [shift(100, 1, 2), shift(280, 2, 1.1)], expected: hours.values };
  await expectTable('series-analysis/findings', [
    ...rows,
    ['in twenty minutes', listFindings(short, analysis)],
    ['each two hours', listFindings(hours, rare)],
  ]);
});

it('weighs age in half-lives', async () => {
  const rows = [10, 50, 288, 900].flatMap((back) =>
    [2, 6, 14, 40, 200].map((size) => {
      const old = { at: LAST - back, sigmas: size };
      const kinds = listFindings(grid, {
        ...NOTHING,
        outliers: [old],
        spread: { at: 800, before: 1, after: 4 },
        shifts: [shift(600, 0, 12)],
      });
      return [`${size} at ${back} back`, kinds.map(({ kind }) => kind)] as const;
    }),
  );
  await expectTable('series-analysis/findings.age', rows);
});

it('leaves incidents out of what is usual', async () => {
  const rows = Object.entries(CASES).map(
    ([name, part]) => [name, leaveOutIncidents(grid, { ...NOTHING, ...part })] as const,
  );
  const shares = [0, 500, 990, 1_000, 1_010, 1_400, 1_425, 1_500, 1_600, 1_700, 1_899].map(
    (at) => [`a shift at ${at}`, leaveOutIncidents(grid, { ...NOTHING, shifts: [shift(at, 0, 20)] })] as const,
  );
  const hourly = gridOf('noise', 1_000, 3_600_000);
  const days = [700, 903, 904, 905, 950].map(
    (at) =>
      [
        `hourly, a shift at ${at}`,
        leaveOutIncidents(hourly, { ...NOTHING, expected: new Float64Array(1_000), shifts: [shift(at, 0, 20)] }),
      ] as const,
  );
  await expectTable('series-analysis/baseline', [...rows, ...shares, ...days]);
});
