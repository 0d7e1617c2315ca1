/** What a chart is drawn from. */
import type { Color } from './canvas.ts';

export interface DrawnSeries {
  readonly label: string;
  readonly color: Color;
  readonly periodSeconds: number;
  /** Ascending; as many as `values`. */
  readonly timestampsEpochMs: readonly number[];
  readonly values: readonly number[];
}

export interface DrawnLine {
  readonly value: number;
  readonly label: string;
  readonly color: Color;
}

/** Vertical, from top to bottom. */
export interface DrawnMark {
  readonly epochMs: number;
  readonly label: string;
  readonly color: Color;
}

export interface DrawnChart {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  readonly series: readonly DrawnSeries[];
  /** Horizontal, across the whole chart. */
  readonly lines: readonly DrawnLine[];
  readonly marks: readonly DrawnMark[];
  readonly axisLabel: string;
  /** Bounds of the value axis that are set. */
  readonly low?: number;
  readonly high?: number;
}
