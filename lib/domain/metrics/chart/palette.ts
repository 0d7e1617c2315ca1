/** Colours and line styles. A test measures contrast and how far apart the colours stay for colour-blind readers. */
import type { ChartState } from './chart-page.ts';

export interface Palette {
  readonly background: string;
  readonly panel: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly focus: string;
  readonly series: readonly string[];
  readonly states: Readonly<Record<ChartState, string>>;
}

export const LIGHT: Palette = {
  background: '#ffffff',
  panel: '#f4f6f8',
  text: '#16191f',
  muted: '#545b64',
  grid: '#e3e7eb',
  focus: '#0072b2',
  series: ['#0072b2', '#d55e00', '#009767', '#ad3e89', '#7c5803', '#4a97de', '#404140', '#6a1f7a'],
  states: { ALARM: '#c3002f', OK: '#1a7f37', INSUFFICIENT_DATA: '#6b7280' },
};

export const DARK: Palette = {
  background: '#14171c',
  panel: '#1e232a',
  text: '#e8eaed',
  muted: '#a3abb5',
  grid: '#2c323a',
  focus: '#4eb7f7',
  series: ['#4eb7f7', '#fc893c', '#30c380', '#e38cc6', '#e8c649', '#aaf7ff', '#c9ccd1', '#a477f0'],
  states: { ALARM: '#ff6b6b', OK: '#3ccf8e', INSUFFICIENT_DATA: '#9aa4b2' },
};

/** The colours come again with another of these. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 6]];

export const STATE_NAMES: Readonly<Record<ChartState, string>> = {
  ALARM: 'In alarm',
  OK: 'OK',
  INSUFFICIENT_DATA: 'Insufficient data',
};

export function colorOf(palette: Palette, seriesIndex: number): string {
  return palette.series[seriesIndex % palette.series.length] ?? palette.text;
}

/** In CSS pixels; empty for a solid line. */
export function dashOf(seriesIndex: number): readonly number[] {
  return DASHES[Math.floor(seriesIndex / LIGHT.series.length) % DASHES.length] ?? [];
}
