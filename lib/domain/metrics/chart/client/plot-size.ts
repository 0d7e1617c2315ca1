/** The size of the drawing: as wide as the frame, and as high as looks good there and fits. */

import { findElement } from './elements.ts';

const MIN_WIDTH_PX = 160;
const MIN_HEIGHT_PX = 220;
const MAX_HEIGHT_PX = 560;
const HEIGHT_SHARE = 0.5;
/** Of the window, however long the lists below are. */
const MIN_FREE_SHARE = 0.5;

export function choosePlotSize(plot: HTMLElement, fixedHeight: number | undefined): { width: number; height: number } {
  const width = Math.max(MIN_WIDTH_PX, Math.floor(plot.clientWidth));
  if (fixedHeight !== undefined) return { width, height: fixedHeight };
  const others = findElement('page').offsetHeight - plot.offsetHeight;
  const free = Math.max(innerHeight - others, innerHeight * MIN_FREE_SHARE);
  const wanted = Math.min(Math.round(width * HEIGHT_SHARE), free, MAX_HEIGHT_PX);
  return { width, height: Math.max(MIN_HEIGHT_PX, wanted) };
}
