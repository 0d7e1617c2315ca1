/** When most of what moved began to move. Pure. */
import { MINUTE_MS } from '../time.ts';
import { type MetricShift, strengthOf } from './metric-shift.ts';

/** What begins within so long of one another belongs together. */
const TOGETHER_MS = 6 * MINUTE_MS;

/** The first of the minutes in which the strongest moved together; undefined where nothing moved. */
export function findDensestOnset(shifts: readonly MetricShift[]): number | undefined {
  const news = shifts.filter(({ isRegular, isSlow }) => !isRegular && !isSlow);
  const starts = news.map(({ atEpochMs }) => {
    const together = news.filter((other) => other.atEpochMs >= atEpochMs && other.atEpochMs < atEpochMs + TOGETHER_MS);
    return { atEpochMs, weight: together.reduce((sum, one) => sum + strengthOf(one), 0) };
  });
  return starts.sort((a, b) => b.weight - a.weight || a.atEpochMs - b.atEpochMs)[0]?.atEpochMs;
}
