import type { Grid } from './grid.ts';
import { medianOf, robustSigma } from './robust.ts';

/** Blocks of the local level: fine enough to follow shifts, coarse enough to leave daily cycles of a month in. */
const LEVEL_BLOCKS = 24;
/** What lies farther off the local level than so many standard deviations is cut there. */
const CLIP_SIGMAS = 5;

export interface FilledSeries {
  /** One value per place on the grid; gaps hold the local level. */
  readonly values: Float64Array;
  /** The same with far values cut; undefined when none was. */
  readonly clipped?: Float64Array;
}

/**
 * A series without gaps for the spectrum. A gap gets the local level, which adds nothing to any frequency but weakens
 * what is there by the share of gaps.
 */
export function fillGaps(grid: Grid): FilledSeries {
  const level = localLevel(grid);
  const deviations = new Float64Array(grid.values.length);
  for (let at = 0; at < deviations.length; at += 1) {
    deviations[at] = (grid.values[at] ?? 0) - (level[grid.indices[at] ?? 0] ?? 0);
  }
  const limit = CLIP_SIGMAS * robustSigma(deviations, 0);
  const values = level.slice();
  const clipped = level.slice();
  let isClipped = false;
  for (let at = 0; at < deviations.length; at += 1) {
    const index = grid.indices[at] ?? 0;
    const deviation = deviations[at] ?? 0;
    values[index] = grid.values[at] ?? 0;
    const cut = limit > 0 ? Math.min(Math.max(deviation, -limit), limit) : deviation;
    if (cut !== deviation) isClipped = true;
    clipped[index] = (level[index] ?? 0) + cut;
  }
  return { values, ...(isClipped && { clipped }) };
}

/** Medians of blocks, joined by lines. */
function localLevel({ indices, values, length }: Grid): Float64Array {
  const blockLength = length / LEVEL_BLOCKS;
  const knots: { x: number; y: number }[] = [];
  let from = 0;
  for (let block = 0; block < LEVEL_BLOCKS; block += 1) {
    const end = (block + 1) * blockLength;
    let to = from;
    while (to < indices.length && (indices[to] ?? 0) < end) to += 1;
    if (to > from) knots.push({ x: end - blockLength / 2, y: medianOf(values.slice(from, to)) });
    from = to;
  }
  return joinKnots(knots, length);
}

/** Lines between knots (ascending x), level before the first and after the last. */
export function joinKnots(knots: readonly { readonly x: number; readonly y: number }[], length: number): Float64Array {
  const joined = new Float64Array(length);
  let right = 0;
  for (let index = 0; index < length; index += 1) {
    while (right < knots.length && (knots[right]?.x ?? 0) <= index) right += 1;
    const a = knots[right - 1] ?? knots[0];
    const b = knots[right] ?? knots.at(-1);
    if (a === undefined || b === undefined) continue;
    const part = b.x > a.x ? (index - a.x) / (b.x - a.x) : 0;
    joined[index] = a.y + (b.y - a.y) * part;
  }
  return joined;
}
