import type { Point } from './series-summary.ts';

/**
 * At most `count` of the points, spread evenly, but always with the first, the last, the lowest and the highest
 * (as far as `count` reaches: at least 4 keep all of them). In time order.
 */
export function thinPoints(points: readonly Point[], count: number): readonly Point[] {
  if (points.length <= count) return points;
  if (count <= 0) return [];
  const chosen = new Set<number>();
  for (const index of [points.length - 1, findExtreme(points, 1), findExtreme(points, -1), 0]) {
    if (chosen.size < count) chosen.add(index);
  }
  const free = count - chosen.size;
  for (let step = 1; step <= free; step += 1) {
    let index = Math.round((step * (points.length - 1)) / (free + 1));
    while (chosen.has(index)) index = (index + 1) % points.length;
    chosen.add(index);
  }
  return [...chosen].sort((a, b) => a - b).flatMap((index) => points[index] ?? []);
}

function findExtreme(points: readonly Point[], sign: 1 | -1): number {
  let best = 0;
  for (const [index, { value }] of points.entries()) {
    if (value * sign > (points[best]?.value ?? 0) * sign) best = index;
  }
  return best;
}
