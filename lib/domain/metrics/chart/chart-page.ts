/** What the interactive chart shows. Labels may be anybody's text: the page never takes them for markup. */

export type ChartState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface ChartSeries {
  readonly label: string;
  /** As CloudWatch names it, e.g. `Bytes/Second`. */
  readonly unit?: string;
  /** A gap of more than one period breaks the line; without it, a gap of more than twice the usual distance. */
  readonly periodSeconds?: number;
  /** In any order; as long as `values`. */
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
  /** Times of the datapoints that are not final. */
  readonly openEpochMs?: readonly number[];
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
  /** To the same chart in the console. */
  readonly link: { readonly label: string; readonly url: string } | undefined;
  /** At most so many CSS pixels (240 at least); without it, as wide as the frame. */
  readonly width?: number;
  /** Of the drawing, in CSS pixels (140 at least); without it, chosen by the width. */
  readonly height?: number;
}
