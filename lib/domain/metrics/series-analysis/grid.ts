/** Datapoints on an even grid. Pure. */

export interface Datapoint {
  readonly epochMs: number;
  readonly value: number;
}

/** The datapoints that there are, each with its place on the grid. */
export interface Samples {
  /** Ascending grid indices. */
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

export interface Grid extends Samples {
  readonly startEpochMs: number;
  readonly stepMs: number;
  /** Places on the grid, with and without a datapoint. */
  readonly length: number;
}

/** The grid from the first to the last datapoint; undefined for none. Of two datapoints at one place the later one stays. */
export function toGrid(points: readonly Datapoint[], stepMs: number): Grid | undefined {
  const [first] = points;
  if (first === undefined) return undefined;
  const indices = new Int32Array(points.length);
  const values = new Float64Array(points.length);
  let count = 0;
  for (const { epochMs, value } of points) {
    const index = Math.round((epochMs - first.epochMs) / stepMs);
    const isSame = count > 0 && indices[count - 1] === index;
    if (!isSame) count += 1;
    indices[count - 1] = index;
    values[count - 1] = value;
  }
  return {
    startEpochMs: first.epochMs,
    stepMs,
    length: (indices[count - 1] ?? 0) + 1,
    indices: indices.slice(0, count),
    values: values.slice(0, count),
  };
}

/** The same places with other values. */
export function withValues(grid: Grid, values: Float64Array): Grid {
  return { ...grid, values };
}
