/** What several drawings on the canvas need. Canvas pixels throughout. */
import type uPlot from 'uplot';

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Where a time stands, but not beyond the edges of the plotting area. */
export function placeTime(chart: uPlot, epochMs: number): number {
  const { left, width } = chart.bbox;
  return clamp(chart.valToPos(epochMs, 'x', true), left, left + width);
}

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function overlap(a: Area, b: Area): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

const MIN_TEXT_CHARS = 4;

/** Cuts the text until it is narrow enough; never inside a surrogate pair. */
export function fitText(
  ctx: CanvasRenderingContext2D,
  maxWidth: number,
  text: string,
  compose: (text: string) => string = (cut) => cut,
): string {
  let label = compose(text);
  for (let count = text.length - 1; count >= MIN_TEXT_CHARS && ctx.measureText(label).width > maxWidth; count -= 1) {
    label = compose(`${text.slice(0, count).replace(/[\ud800-\udbff]$/, '')}…`);
  }
  return label;
}
