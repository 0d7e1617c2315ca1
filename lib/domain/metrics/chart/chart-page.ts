/** What the interactive chart shows. Labels may be anybody's text: the page never takes them for markup. */

export type ChartState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface ChartSeries {
  readonly label: string;
  /** As CloudWatch names it, e.g. `Bytes/Second`. */
  readonly unit?: string;
  /** What a datapoint is, e.g. `Sum every 5m`. */
  readonly measure?: string;
  /** A gap of more than one period breaks the line; without it, a gap of more than twice the usual distance. */
  readonly periodSeconds?: number;
  /** In any order; as long as `values`. */
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
  /** Times of the datapoints that are not final. */
  readonly openEpochMs?: readonly number[];
  /** The lowest and the highest sample inside each datapoint, where the datapoints are averages. */
  readonly samples?: { readonly low: TimedValues; readonly high: TimedValues };
  /** The same series a week before, at the times of this one. */
  readonly weekBefore?: TimedValues;
}

/** Both lists as long, in any order. */
export interface TimedValues {
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
}

/** What an analysis found in one of the series. */
export interface ChartFinding {
  readonly text: string;
  readonly startEpochMs: number;
  /** Undefined: it goes on. */
  readonly endEpochMs?: number;
}

export interface ChartThreshold {
  readonly label: string;
  readonly value: number;
  readonly state?: ChartState;
}

/** A stretch of time in which an alarm was in one state. */
export interface AlarmBand {
  readonly label: string;
  readonly state: ChartState;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

export interface ChartPage {
  readonly title: string;
  readonly subtitle: string;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly series: readonly ChartSeries[];
  readonly thresholds: readonly ChartThreshold[];
  readonly alarmBands: readonly AlarmBand[];
  /** The most important one first. */
  readonly findings?: readonly ChartFinding[];
  /** To the same chart in the console. */
  readonly link: { readonly label: string; readonly url: string } | undefined;
  /** At most so many CSS pixels (240 at least); without it, as wide as the frame. */
  readonly width?: number;
  /** Of the drawing, in CSS pixels (140 at least); without it, chosen by the width. */
  readonly height?: number;
}
