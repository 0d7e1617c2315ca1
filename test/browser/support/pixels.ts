/** What is drawn on the canvas, by colour. */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';

/** Inside the plotting area, in device pixels; column 0 is its left edge. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Middle row of the pixels of that colour in each column; -1 where there is none. */
  readonly rows: readonly number[];
  /** Pixels of that colour in each column, and in all. */
  readonly counts: readonly number[];
  readonly count: number;
}

/** Antialiasing mixes colours at the edges of a line. */
const TOLERANCE = 24;

export async function findColor(frame: Frame, color: string, tolerance = TOLERANCE): Promise<Drawing> {
  return frame.evaluate(
    ({ wanted, tolerance: allowed }) => {
      const canvas = document.querySelector('canvas');
      const over = document.querySelector('.u-over');
      if (!canvas || !over) throw new Error('nothing is drawn');
      const copy = document.createElement('canvas');
      [copy.width, copy.height] = [canvas.width, canvas.height];
      const context = copy.getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('no copy of the canvas');
      context.fillStyle = getComputedStyle(document.body).backgroundColor;
      context.fillRect(0, 0, copy.width, copy.height);
      context.drawImage(canvas, 0, 0);
      const ratio = canvas.width / canvas.getBoundingClientRect().width;
      const [outer, inner] = [canvas.getBoundingClientRect(), over.getBoundingClientRect()];
      const width = Math.round(inner.width * ratio);
      const height = Math.round(inner.height * ratio);
      const left = Math.round((inner.left - outer.left) * ratio);
      const top = Math.round((inner.top - outer.top) * ratio);
      const { data } = context.getImageData(left, top, width, height);
      const parts = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16));
      const rows: number[] = [];
      const counts: number[] = [];
      for (let column = 0; column < width; column += 1) {
        let sum = 0;
        let found = 0;
        for (let row = 0; row < height; row += 1) {
          const at = (row * width + column) * 4;
          const isNear = parts.every((part, index) => Math.abs((data[at + index] ?? 0) - part) <= allowed);
          if (!isNear || (data[at + 3] ?? 0) < 200) continue;
          sum += row;
          found += 1;
        }
        rows.push(found === 0 ? -1 : sum / found);
        counts.push(found);
      }
      return { width, height, rows, counts, count: counts.reduce((sum, found) => sum + found, 0) };
    },
    { wanted: color, tolerance },
  );
}

export interface Sample {
  /** 0 at the left edge of the plotting area, 1 at the right one. */
  readonly at: number;
  readonly value: number;
}

/** The rows must lie on one straight scale with the values: higher values higher up. @returns the mean error in pixels */
export function assertFollows(drawing: Drawing, samples: readonly Sample[], maxErrorPx: number): void {
  const pairs = samples.flatMap(({ at, value }) => {
    const row = drawing.rows[Math.min(drawing.width - 1, Math.round(at * drawing.width))] ?? -1;
    return row < 0 ? [] : [{ row, value }];
  });
  assert(pairs.length >= samples.length * 0.9, `only ${pairs.length} of ${samples.length} datapoints are drawn`);
  const meanRow = pairs.reduce((sum, { row }) => sum + row, 0) / pairs.length;
  const meanValue = pairs.reduce((sum, { value }) => sum + value, 0) / pairs.length;
  const spread = pairs.reduce((sum, { value }) => sum + (value - meanValue) ** 2, 0);
  const slope = pairs.reduce((sum, { row, value }) => sum + (value - meanValue) * (row - meanRow), 0) / spread;
  assert(slope < 0, 'higher values must be drawn higher');
  for (const { row, value } of pairs) {
    const error = Math.abs(row - (meanRow + slope * (value - meanValue)));
    assert(error <= maxErrorPx, `${value} is drawn ${error.toFixed(1)} px off`);
  }
}
