/** Where an axis has its marks, and how they are written. */

const STEPS = [1, 2, 2.5, 5, 10];
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TIME_STEPS_MS = [
  SECOND_MS,
  5 * SECOND_MS,
  15 * SECOND_MS,
  30 * SECOND_MS,
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 30, 90].map((days) => days * DAY_MS),
];

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Round values from the first at or below `low` to the first at or above `high`. */
export function listValueTicks(low: number, high: number, maxCount: number): Tick[] {
  const step = niceStep((high - low) / Math.max(1, maxCount));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: Math.max(2, last - first + 1) }, (_, index) => {
    const at = Number(((first + index) * step).toPrecision(12));
    return { at, label: formatTick(at, step) };
  });
}

/** Round times inside a range, at most `maxCount`. */
export function listTimeTicks(startEpochMs: number, endEpochMs: number, maxCount: number): Tick[] {
  const least = (endEpochMs - startEpochMs) / Math.max(1, maxCount);
  const step = TIME_STEPS_MS.find((candidate) => candidate >= least) ?? Math.ceil(least / DAY_MS) * DAY_MS;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(startEpochMs / step) * step; at < endEpochMs; at += step) {
    ticks.push({ at, label: formatTime(at, step, endEpochMs - startEpochMs) });
  }
  return ticks;
}

function niceStep(least: number): number {
  if (!(least > 0) || !Number.isFinite(least)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (STEPS.find((step) => step * power >= least * (1 - 1e-9)) ?? 10);
}

function formatTick(value: number, step: number): string {
  const size = Math.max(Math.abs(value), step);
  for (const [scale, suffix] of [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (size >= scale * 10 || (size >= scale && step >= scale / 10))
      return `${trim(value / scale)}${value === 0 ? '' : suffix}`;
  }
  return trim(value);
}

function trim(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function formatTime(epochMs: number, stepMs: number, spanMs: number): string {
  const iso = new Date(epochMs).toISOString();
  const date = iso.slice(5, 10).replace('-', '/');
  if (stepMs >= DAY_MS) return date;
  const time = stepMs < MINUTE_MS ? iso.slice(11, 19) : iso.slice(11, 16);
  return spanMs > DAY_MS ? `${date} ${time}` : time;
}
