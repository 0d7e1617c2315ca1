import { it } from 'vitest';
import { createRandom } from '../../../../test/analysis/random.ts';
import { ALL_KINDS, gridOf, toGridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { findDailyEvent } from './daily-event.ts';

const STEP_MS = 900_000;
const PER_DAY = 96;

interface Job {
  readonly days?: number;
  /** Samples between which it begins. */
  readonly jitter?: number;
  readonly at?: number;
  readonly lasts?: number;
  readonly height?: number;
  readonly share?: number;
  /** Per day, anywhere. */
  readonly others?: number;
  /** Does not come in the last day, of which there are so many samples. */
  readonly lastDay?: number;
  readonly noise?: number;
}

function makeJob({
  days = 10,
  jitter = 6,
  at = 30,
  lasts = 3,
  height = 40,
  share = 1,
  others = 0,
  lastDay,
  noise = 1,
}: Job) {
  const random = createRandom(4);
  const length = days * PER_DAY + (lastDay ?? 0);
  const values = valuesOf('noise', length, 2).map((value) => 5 + noise * value);
  const put = (start: number, size: number): void => {
    for (let index = start; index < Math.min(length, start + lasts); index += 1)
      values[index] = (values[index] ?? 0) + size;
  };
  for (let day = 0; day < days; day += 1) {
    const begins = day * PER_DAY + at + Math.floor(random.uniform() * (jitter + 1));
    if (random.uniform() < share) put(begins, height);
    if (random.uniform() < others) put(day * PER_DAY + Math.floor(random.uniform() * 90), height);
  }
  return toGridOf(values, STEP_MS);
}

it('finds what comes once a day, not to the minute', async () => {
  const jobs: Job[] = [
    ...[6, 7, 8, 14].map((days) => ({ days })),
    ...[0, 1, 2, 3, 4, 11, 12, 13, 14, 20].map((jitter) => ({ jitter })),
    ...[0, 1, 90, 94].map((at) => ({ at })),
    ...[1, 2, 6, 7, 8, 9, 10].map((lasts) => ({ lasts })),
    ...[-40, 3, 4, 5, 6, 7, 8].map((height) => ({ height })),
    ...[0.5, 0.6, 0.7, 0.8, 0.9].map((share) => ({ share, days: 20 })),
    ...[0.2, 0.4, 0.6, 0.8, 1].map((others) => ({ others, days: 20 })),
    ...[20, 30, 36, 37, 38, 39, 40, 41, 60, 96].map((lastDay) => ({ lastDay })),
    { noise: 0 },
  ];
  const rows = jobs.map((job) => {
    const found = findDailyEvent(makeJob(job));
    return [JSON.stringify(job), found] as const;
  });
  const kinds = ALL_KINDS.map((kind) => [kind, findDailyEvent(gridOf(kind, 800, STEP_MS, 0.1))] as const);
  const steps = [60_000, 1_800_000, 1_900_000].map((stepMs) => {
    const { values } = makeJob({ days: 20 });
    return [`step ${stepMs}`, findDailyEvent(toGridOf(values, stepMs, 0.05))] as const;
  });
  await expectTable('series-analysis/daily-event', [...rows, ...kinds, ...steps]);
});
