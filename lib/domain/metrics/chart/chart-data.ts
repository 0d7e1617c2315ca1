/** What the page's own script reads: a {@link ChartPage} made small. Times in epoch milliseconds. */
import type { ChartState } from './chart-page.ts';

/** Mean and last are of final datapoints, as far as there are any. */
export interface SeriesStatistics {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly last: number;
  readonly lastEpochMs: number;
  /** Of the samples inside the datapoints. */
  readonly samples?: { readonly low: number; readonly high: number };
}

export interface SeriesData {
  readonly label: string;
  /** Index into {@link ChartData.units}; every unit has a scale of its own. */
  readonly unit: number;
  /** What a datapoint is, e.g. `Sum every 5m`. */
  readonly measure?: string;
  /** A point of the line stands for so long: for a period, or for several where points are averaged. */
  readonly periodMs: number;
  /** As `encodeTimes` writes them. */
  readonly times: readonly number[];
  /** Null breaks the line. */
  readonly values: readonly (number | null)[];
  /** The lowest and the highest value that a point stands for, where it stands for several; as long as `values`. */
  readonly lows?: readonly (number | null)[];
  readonly highs?: readonly (number | null)[];
  /** Points of the line are means of several datapoints. */
  readonly isThinned: boolean;
  readonly weekBefore?: { readonly times: readonly number[]; readonly values: readonly (number | null)[] };
  /** From here on no datapoint is final. */
  readonly openFrom?: number;
  /** Of all datapoints, also of those that were left out; absent without any. */
  readonly statistics?: SeriesStatistics;
}

export interface ThresholdData {
  readonly label: string;
  readonly value: number;
  readonly state?: ChartState;
}

export interface BandData {
  /** Index into {@link ChartData.alarms}. */
  readonly alarm: number;
  readonly state: ChartState;
  readonly start: number;
  readonly end: number;
}

export interface FindingData {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface ChartData {
  readonly title: string;
  readonly subtitle: string;
  readonly start: number;
  readonly end: number;
  /** The first two have an axis; an empty one is a unit that nobody named. */
  readonly units: readonly string[];
  readonly series: readonly SeriesData[];
  readonly thresholds: readonly ThresholdData[];
  readonly alarms: readonly string[];
  readonly bands: readonly BandData[];
  readonly findings: readonly FindingData[];
  /** What was left out. */
  readonly notes: readonly string[];
  readonly link?: { readonly label: string; readonly url: string };
  readonly width?: number;
  readonly height?: number;
}
