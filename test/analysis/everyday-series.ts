/** What happens every day or every year and is no incident: jobs with jitter, holidays, slow wander. */
import { type IncidentSeries, pick, toSeries } from './incident-series.ts';
import { createRandom } from './random.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const JITTER_MINUTES = 4;

/** A job each hour, up to four minutes early or late. */
export function makeHourlyJob(seed: number): IncidentSeries {
  const random = createRandom(seed);
  const stepMs = pick(random, [MINUTE_MS, 5 * MINUTE_MS]);
  const days = stepMs === MINUTE_MS ? 7 : 14;
  const perHour = HOUR_MS / stepMs;
  const size = 10 + 40 * random.uniform();
  const minute = 10 + 40 * random.uniform();
  const lasts = Math.max(1, Math.round(((2 + 4 * random.uniform()) * MINUTE_MS) / stepMs));
  const values = Array.from({ length: days * 24 * perHour }, () => 20 + random.normal());
  for (let hour = 0; hour < days * 24; hour += 1) {
    const late = JITTER_MINUTES * (2 * random.uniform() - 1);
    const at = hour * perHour + Math.round(((minute + late) * MINUTE_MS) / stepMs);
    for (let index = at; index < Math.min(values.length, at + lasts); index += 1)
      values[index] = (values[index] ?? 0) + size;
  }
  return toSeries(`hourly job of +${size.toFixed(0)} ± 4 min at ${stepMs / MINUTE_MS} min`, stepMs, values, {
    periodMs: HOUR_MS,
  });
}

/** Four weeks of traffic with weekends, one of the weeks a holiday. */
export function makeHoliday(seed: number): IncidentSeries {
  const random = createRandom(seed);
  const stepMs = pick(random, [5 * MINUTE_MS, HOUR_MS]);
  const perDay = DAY_MS / stepMs;
  const firstDay = 7 + Math.floor(14 * random.uniform());
  const share = pick(random, [0.3, 0.5, 0.7]);
  const amplitude = pick(random, [0.3, 0.5]);
  const noise = 0.02 + 0.04 * random.uniform();
  const values = Array.from({ length: 28 * perDay }, (_, index) => {
    const day = Math.floor(index / perDay);
    const level = (day % 7 >= 5 ? 0.7 : 1) * (day >= firstDay && day < firstDay + 7 ? share : 1);
    return (
      1_000 * level * (1 + amplitude * Math.sin((2 * Math.PI * index) / perDay)) * Math.exp(noise * random.normal())
    );
  });
  return toSeries(`a week at ${share * 100} % from day ${firstDay}, at ${stepMs / MINUTE_MS} min`, stepMs, values, {
    at: firstDay * perDay,
    until: (firstDay + 7) * perDay,
  });
}

/** Ten days of a gauge that wanders slowly about its mean, AR(0.995). */
export function makeWander(seed: number): IncidentSeries {
  const random = createRandom(seed);
  const phi = 0.995;
  let last = random.normal();
  const values = Array.from({ length: 10 * 288 }, () => {
    last = phi * last + Math.sqrt(1 - phi * phi) * random.normal();
    return 100 + 10 * last;
  });
  return toSeries('slow wander', 5 * MINUTE_MS, values);
}

/** Some hours by the minute of a level that climbs or falls as by day and night; the noise follows it, by its root or in proportion. */
export function makeFollowingNoise(seed: number): IncidentSeries {
  const random = createRandom(seed);
  const hours = pick(random, [3, 6, 12]);
  const exponent = pick(random, [0.5, 1]);
  const high = 100 * (1 + 4 * random.uniform());
  const low = high * (0.25 + 0.5 * random.uniform());
  const share = 0.02 + 0.05 * random.uniform();
  const offset = 12 * random.uniform();
  const values = Array.from({ length: hours * 60 }, (_, index) => {
    const level = low + ((high - low) * (1 + Math.sin((2 * Math.PI * (index / 60 + offset)) / 24))) / 2;
    return level + high * share * (level / high) ** exponent * random.normal();
  });
  return toSeries(`noise as level ** ${exponent} over ${hours} h`, 60_000, values);
}
