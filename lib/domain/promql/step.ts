/** The distance between the points of a PromQL range query. Pure. */
import { AppError } from '../../errors.ts';
import { DAY_MS, DAY_SECONDS, formatDuration, HOUR_MS, MINUTE_MS, SECOND_MS, type TimeRange } from '../time.ts';

/** More a series is more than a model reads; Prometheus itself ends at 11,000. */
const MAX_POINTS = 1_440;
const TARGET_POINTS = 60;
const ROUND_STEPS_SECONDS = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, DAY_SECONDS];
const STEP = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d|w)?$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND_MS,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
};

/** Whether a step gives at most as many points as are shown. */
export function isStepOf(range: TimeRange, stepSeconds: number): boolean {
  return countPoints(range, stepSeconds * SECOND_MS) <= MAX_POINTS;
}

/** The step, or the least multiple of it that gives no more points than are shown: each of them is one of the step's own. */
export function fitStep(range: TimeRange, stepSeconds: number): number {
  const spanSeconds = (range.endEpochMs - range.startEpochMs) / SECOND_MS;
  return stepSeconds * Math.max(1, Math.ceil(spanSeconds / stepSeconds / (MAX_POINTS - 1)));
}

function countPoints({ startEpochMs, endEpochMs }: TimeRange, stepMs: number): number {
  return Math.floor((endEpochMs - startEpochMs) / stepMs) + 1;
}

/**
 * @param text a duration (`5m`) or seconds; undefined = the smallest round step of at most 60 points, from a minute on
 * @returns seconds
 * @throws AppError `invalid_input` for what is no step, or one that gives more than 1,440 points
 */
export function resolveStep(text: string | undefined, range: TimeRange): number {
  const spanMs = range.endEpochMs - range.startEpochMs;
  if (text === undefined) {
    const least = spanMs / SECOND_MS / TARGET_POINTS;
    return ROUND_STEPS_SECONDS.find((step) => step >= least) ?? Math.ceil(least / DAY_SECONDS) * DAY_SECONDS;
  }
  const [, amount = '', unit = 's'] = STEP.exec(text.trim()) ?? [];
  const stepMs = Number(amount) * (UNIT_MS[unit] ?? 0);
  if (stepMs <= 0) {
    throw new AppError(
      'invalid_input',
      `step ${JSON.stringify(text.slice(0, 40))} is not a step → use a duration such as 60s, 5m or 1h, or leave it out.`,
    );
  }
  const points = countPoints(range, stepMs);
  if (points > MAX_POINTS) {
    const leastMs = Math.ceil(spanMs / (MAX_POINTS - 1) / SECOND_MS) * SECOND_MS;
    throw new AppError(
      'invalid_input',
      `step ${text.trim()} gives ${points} points a series, more than ${MAX_POINTS} → choose at least ${formatDuration(leastMs)}, or a shorter range.`,
    );
  }
  return stepMs / SECOND_MS;
}
