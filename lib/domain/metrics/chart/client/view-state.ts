/** What the reader has chosen to see; changed by the script of the page only. */
import { linearReach } from '../log-axis.ts';
import type { ClockZone } from '../time-labels.ts';
import type { ChartModel, Drawing } from './chart-model.ts';

export interface ViewState {
  zone: ClockZone;
  min: number;
  max: number;
  isLog: boolean;
  readonly hidden: Set<number>;
  drawing: Drawing;
}

export interface Reach {
  readonly low: number;
  readonly high: number;
}

/** The lowest and the highest of what is in view of one unit: lines, shades, and the week before. */
export function findReach({ data }: ChartModel, state: ViewState, unit: number): Reach | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [index, series] of data.series.entries()) {
    if (series.unit !== unit || state.hidden.has(index)) continue;
    for (const line of [state.drawing.lines[index], state.drawing.weeksBefore[index]]) {
      for (const [at, time] of (line?.times ?? []).entries()) {
        if (time < state.min || time > state.max) continue;
        low = Math.min(low, line?.lows?.[at] ?? line?.values[at] ?? low);
        high = Math.max(high, line?.highs?.[at] ?? line?.values[at] ?? high);
      }
    }
  }
  return low <= high ? { low, high } : undefined;
}

/** For each unit, up to where an axis of powers is even. */
export function listLinearReaches({ data, lines }: ChartModel): readonly number[] {
  return data.units.map((_, unit) =>
    linearReach(
      lines.flatMap(({ values, lows }, index) => (data.series[index]?.unit === unit ? [values, lows ?? []] : [])),
    ),
  );
}
