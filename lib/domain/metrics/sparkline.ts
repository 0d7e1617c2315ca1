import type { Point } from './series-summary.ts';

const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const GAP = '·';
const FLAT = '▄';

export interface SparklineRange {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** Characters at most. */
  readonly width: number;
  /** Distance between datapoints; a character never stands for less. */
  readonly stepMs: number;
  /** What the lowest block stands for where no value is lower, e.g. 0 for counts; default: the lowest value. */
  readonly low?: number;
}

/**
 * A series as a line of blocks in eight heights from its lowest to its highest value; `·` where there is no datapoint.
 * Where a character stands for several datapoints it shows the one that is farthest from the median, so that spikes and drops stay.
 */
export function drawSparkline(points: readonly Point[], range: SparklineRange): string {
  const spanMs = range.endEpochMs - range.startEpochMs;
  if (points.length === 0 || spanMs <= 0) return '';
  const slots = Math.max(1, Math.min(range.width, Math.ceil(spanMs / range.stepMs)));
  const values = Float64Array.from(points, ({ value }) => value).sort();
  const median = values[Math.floor(values.length / 2)] ?? 0;
  const [lowest = 0] = values;
  const low = Math.min(lowest, range.low ?? lowest);
  const high = values.at(-1) ?? 0;
  const shown = new Array<number | undefined>(slots).fill(undefined);
  for (const { epochMs, value } of points) {
    const slot = Math.min(slots - 1, Math.max(0, Math.floor(((epochMs - range.startEpochMs) / spanMs) * slots)));
    const known = shown[slot];
    if (known === undefined || Math.abs(value - median) > Math.abs(known - median)) shown[slot] = value;
  }
  return shown.map((value) => (value === undefined ? GAP : levelOf(value, low, high))).join('');
}

function levelOf(value: number, low: number, high: number): string {
  if (high === low) return FLAT;
  // Halves first: the difference of two large numbers may pass the largest one.
  const share = (value / 2 - low / 2) / (high / 2 - low / 2);
  return LEVELS[Math.min(LEVELS.length - 1, Math.floor(share * LEVELS.length))] ?? FLAT;
}
