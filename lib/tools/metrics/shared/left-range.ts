/** Where a series has left its range for good: told instead of findings that do not say so. Pure. */
import { type Break, findBreak } from '../../../domain/metrics/describe-break.ts';
import type { Finding } from '../../../domain/metrics/series-analysis/findings.ts';
import type { MetricAnalysis } from './analyze-fetched.ts';
import type { SeriesView } from './view-series.ts';

/**
 * Undefined where there is no such place, or the most important finding tells the same. A curve that was fitted to an
 * incident makes the quiet before look unusual, and its last hour usual or low; a change of spread hides how high it is;
 * an unusual hour does not say since when.
 */
export function findLeftRange(
  { points, isProvisional }: SeriesView,
  analysis: MetricAnalysis | undefined,
): Break | undefined {
  const found = isProvisional ? undefined : findBreak(points);
  const first = analysis?.findings[0];
  return found === undefined || (first !== undefined && tellsSame(first, found)) ? undefined : found;
}

function tellsSame(finding: Finding, { isAbove, lowest, highest }: Break): boolean {
  switch (finding.kind) {
    case 'shift':
    case 'excursion':
    case 'bursts':
      return finding.after > finding.before === isAbove;
    case 'outliers':
      // A curve that was fitted to the incident expects what nobody did before it.
      return isAbove
        ? finding.value > finding.expected && finding.expected < lowest
        : finding.value < finding.expected && finding.expected > highest;
    case 'stuck':
    case 'stopped':
      return true;
    default:
      return false;
  }
}
