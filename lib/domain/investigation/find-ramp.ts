/** A series that was level and climbs or falls steadily since: a leak, a disk that fills. Pure. */

export interface Ramp {
  /** Where it began: index of the point at the knee. */
  readonly index: number;
  readonly before: number;
  readonly after: number;
  readonly slope: number;
}

/** Part of the scatter that the knee must explain. */
const MIN_EXPLAINED = 0.8;
/** The climb against what is left unexplained. */
const MIN_DEVIATIONS = 6;
/** A step explains a step better than a knee does. */
const MAX_AGAINST_STEP = 0.7;
const MIN_POINTS = 12;

/** @param values in equal distances, NaN where there is none */
export function findRamp(values: Float64Array): Ramp | undefined {
  const points = [...values.entries()].filter(([, value]) => Number.isFinite(value));
  if (points.length < MIN_POINTS) return undefined;
  const knee = fitKnee(points);
  if (knee === undefined) return undefined;
  const rise = knee.slope * ((points.at(-1)?.[0] ?? 0) - knee.index);
  const rest = Math.sqrt(knee.squares / points.length);
  const isClear =
    rise !== 0 &&
    knee.squares <= (1 - MIN_EXPLAINED) * knee.total &&
    Math.abs(rise) >= MIN_DEVIATIONS * rest &&
    knee.squares <= MAX_AGAINST_STEP * squaresOfStep(points);
  if (!isClear) return undefined;
  return { index: knee.index, before: knee.level, after: knee.level + rise, slope: knee.slope };
}

interface Knee {
  readonly index: number;
  readonly level: number;
  readonly slope: number;
  /** Sum of squares that is left, and without the knee. */
  readonly squares: number;
  readonly total: number;
}

type Points = readonly (readonly [index: number, value: number])[];

/** Least squares of `level + slope · max(0, index − knee)`, for every knee by sums from the end. */
function fitKnee(points: Points): Knee | undefined {
  const count = points.length;
  const mean = points.reduce((sum, [, value]) => sum + value, 0) / count;
  const total = points.reduce((sum, [, value]) => sum + (value - mean) ** 2, 0);
  let best: Knee | undefined;
  // Sums over the points after the knee, of distances u and values w from the mean.
  let [n, su, suu, sw, suw] = [0, 0, 0, 0, 0];
  for (let at = count - 2; at >= 1; at -= 1) {
    const step = (points[at + 1]?.[0] ?? 0) - (points[at]?.[0] ?? 0);
    const w = (points[at + 1]?.[1] ?? 0) - mean;
    // The knee moves one point to the left: what lay after it lies `step` farther, and one point more does.
    n += 1;
    sw += w;
    suw += step * sw;
    suu += 2 * step * su + n * step * step;
    su += n * step;
    const spread = suu - (su * su) / count;
    if (spread <= 0) continue;
    const slope = suw / spread;
    const squares = total - slope * suw;
    if (best === undefined || squares < best.squares)
      best = { index: points[at]?.[0] ?? 0, level: mean - (slope * su) / count, slope, squares, total };
  }
  return best;
}

function squaresOfStep(points: Points): number {
  const sum = points.reduce((all, [, value]) => all + value, 0);
  const squares = points.reduce((all, [, value]) => all + value * value, 0);
  let left = 0;
  let best = Number.POSITIVE_INFINITY;
  for (const [index, [, value]] of points.entries()) {
    left += value;
    const [before, after] = [index + 1, points.length - index - 1];
    if (after === 0) break;
    best = Math.min(best, squares - left ** 2 / before - (sum - left) ** 2 / after);
  }
  return best;
}
