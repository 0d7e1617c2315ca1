/** What the drawing is made from, and whom it tells what the reader does in it. */
import type { Palette } from '../palette.ts';
import type { ChartModel } from './chart-model.ts';
import type { ViewState } from './view-state.ts';

export interface PlotView {
  readonly model: ChartModel;
  readonly state: Readonly<ViewState>;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
  /** @param left in CSS pixels from the edge of the plotting area */
  readonly onCursor: (timeIndex: number | undefined, left: number) => void;
  readonly onZoom: (min: number, max: number) => void;
  readonly onReset: () => void;
}
