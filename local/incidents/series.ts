import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { bellNoiseAt, hashText, noiseAt } from '../data/noise.ts';
import type { WrittenMetric } from '../scenarios/document.ts';
import type { Course } from './effects.ts';
import { PLAIN, type Style } from './style.ts';

/** Metrics are written for two weeks, by the minute. */
const HISTORY_MINUTES = 20_160;
const DAY_MINUTES = 1_440;
const COARSE_SECONDS = 300;

export type Dimensions = Readonly<Record<string, string>>;
export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Dimensions;
  readonly unit: string;
}

/** Draws the series of an incident; equal seeds draw equal ones. */
export class SeriesWriter {
  readonly metrics: WrittenMetric[] = [];
  readonly #seed: number;

  readonly #style: Style;

  constructor(seed: number, style = PLAIN) {
    this.#seed = seed;
    this.#style = style;
  }

  /** Seconds that a datapoint of the metric stands for. */
  periodOf({ namespace }: Pick<MetricName, 'namespace'>): number {
    return [...this.#style.coarse].some((part) => namespace.includes(part)) ? COARSE_SECONDS : 60;
  }

  /** A measurement a minute around a level; NaN = none. */
  gauge(
    name: MetricName,
    level: Course,
    jitter = 0.05,
    bounds: readonly [number, number] = [0, Number.MAX_VALUE],
  ): void {
    const key = this.#keyOf(name);
    this.#write(name, 'mean', (minute) => {
      const value = level(minute) * (1 + jitter * bellNoiseAt(key, minute));
      return Math.round(Math.min(bounds[1], Math.max(bounds[0], value)) * 100) / 100;
    });
  }

  /** A whole number a minute around a rate, as counts scatter. */
  count(name: MetricName, rate: Course): Float64Array {
    const key = this.#keyOf(name);
    return this.#write(name, 'sum', (minute) => {
      const mean = rate(minute);
      const scatter = bellNoiseAt(key, minute) * Math.sqrt(Math.max(0, mean)) * 1.2;
      return Math.max(0, Math.floor(mean + scatter + noiseAt(key ^ 0x2545f491, minute)));
    });
  }

  /** Durations of many requests: count, sum, extremes and percentiles around a median. */
  durations(name: MetricName, counts: Float64Array, median: Course, capMs: number): void {
    const key = this.#keyOf(name);
    const centers = drawMinutes((minute) => median(minute) * (1 + 0.06 * bellNoiseAt(key, minute)));
    const columns = { SampleCount: 1, Sum: 1.18, Minimum: 0.4, Maximum: 4.5, p50: 1, p90: 1.7, p95: 2.1, p99: 3.1 };
    const statistics: Record<string, Float64Array> = {};
    for (const [statistic, multiple] of Object.entries(columns)) {
      statistics[statistic] = counts.map((count, index) => {
        if (!(count > 0)) return Number.NaN;
        if (statistic === 'SampleCount') return count;
        const value = Math.min(capMs, (centers[index] ?? 0) * multiple);
        return Math.round(value * (statistic === 'Sum' ? count : 1) * 10) / 10;
      });
    }
    this.metrics.push({ ...describe(name), period: 60, start: -HISTORY_MINUTES * 60, statistics });
  }

  /** @returns a value a minute, whatever the period of the metric is */
  #write(name: MetricName, kind: 'sum' | 'mean', valueAt: Course): Float64Array {
    const minutes = drawMinutes(valueAt);
    const period = this.periodOf(name);
    const written = period === 60 ? minutes : inPeriods(minutes, period / 60, kind);
    const values =
      kind === 'sum' && this.#style.isSparse ? written.map((value) => (value === 0 ? Number.NaN : value)) : written;
    this.metrics.push({ ...describe(name), period, start: -HISTORY_MINUTES * 60, values });
    return minutes;
  }

  #keyOf({ namespace, metricName, dimensions }: MetricName): number {
    return hashText(`${namespace} ${metricName} ${JSON.stringify(dimensions)}`, this.#seed);
  }
}

/** A value of each minute of the history, from its first to its last. */
function drawMinutes(valueAt: Course): Float64Array {
  return new Float64Array(HISTORY_MINUTES).map((_, index) => valueAt(index - HISTORY_MINUTES));
}

/** Traffic over a day around 1: a night and an evening. The phase belongs to the estate, since nobody knows the hour of the start. */
export function createSeason(phaseMinutes: number, strength = 0.5): Course {
  const table = Float64Array.from(
    { length: DAY_MINUTES },
    (_, index) => 1 + strength * Math.sin(((index - phaseMinutes) / DAY_MINUTES) * 2 * Math.PI),
  );
  return (minute) => table[((minute % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES] ?? 1;
}

function inPeriods(minutes: Float64Array, each: number, kind: 'sum' | 'mean'): Float64Array {
  return Float64Array.from({ length: minutes.length / each }, (_, index) => {
    let sum = 0;
    for (let minute = index * each; minute < (index + 1) * each; minute += 1) sum += minutes[minute] ?? 0;
    return kind === 'sum' ? sum : Math.round((100 * sum) / each) / 100;
  });
}

/** The part of an alarm that names its metric. */
export function watch(name: MetricName): Pick<MetricAlarm, 'Namespace' | 'MetricName' | 'Dimensions'> {
  const { Namespace, MetricName, Dimensions } = describe(name);
  return { Namespace, MetricName, Dimensions: [...(Dimensions ?? [])] };
}

function describe(name: MetricName): Pick<WrittenMetric, 'Namespace' | 'MetricName' | 'Dimensions' | 'Unit'> {
  return {
    Namespace: name.namespace,
    MetricName: name.metricName,
    Dimensions: Object.entries(name.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Unit: name.unit,
  };
}
