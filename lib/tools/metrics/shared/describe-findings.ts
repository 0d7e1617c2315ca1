/** The one writer of what an analysis found: the most important first, by size and recency. Pure. */
import type { Writers } from '../../../domain/metrics/describe-newest.ts';
import { formatNumber } from '../../../domain/metrics/metric-value.ts';
import type { Finding } from '../../../domain/metrics/series-analysis/findings.ts';
import { formatDuration } from '../../../domain/time.ts';
import type { MetricAnalysis } from './analyze-fetched.ts';

/** Of one headline. */
const MAX_TOLD = 2;
/** A change of less than this is told by its two values, not by a factor. */
const MIN_FACTOR = 1.3;
const PERCENT = 100;

/** E.g. `jumped from 12 to 434 at 19:05Z (× 36)`; empty where nothing was found. */
export function tellFindings(analysis: MetricAnalysis, writers: Required<Writers>, max = MAX_TOLD): string[] {
  return analysis.findings.slice(0, max).map((finding) => describeFinding(finding, analysis, writers));
}

function describeFinding(finding: Finding, analysis: MetricAnalysis, { value, time }: Required<Writers>): string {
  const at = time(finding.startEpochMs);
  const until = finding.endEpochMs === undefined ? '' : ` until ${time(finding.endEpochMs)}`;
  const { stepMs } = analysis.grid;
  switch (finding.kind) {
    case 'shift':
      return `has stood at ${value(finding.after)} since ${at}, ${value(finding.before)} before${factorOf(finding)}`;
    case 'excursion':
      return `stood at ${value(finding.after)} from ${at}${until}, ${value(finding.before)} before and after${factorOf(finding)}`;
    case 'outliers':
      return finding.count === 1
        ? `was at ${value(finding.value)} at ${at}, ${value(finding.expected)} expected`
        : `was at up to ${value(finding.value)} from ${at}${until}, ${value(finding.expected)} expected`;
    case 'spread': {
      const amount = (sigma: number): string =>
        finding.isRelative ? `±${formatNumber(Number((sigma * PERCENT).toPrecision(2)))}%` : `±${value(sigma)}`;
      const hasMoved = analysis.findings.some(({ kind }) => kind === 'shift' || kind === 'excursion');
      return `swings ${finding.after > finding.before ? 'farther' : 'less'} since ${at} (${amount(finding.after)}, ${amount(finding.before)} before)${hasMoved ? '' : ' about the same mean'}`;
    }
    case 'stopped':
      return `has had no burst since ${at}, for ${formatDuration(finding.after * stepMs)}; the longest pause before was ${formatDuration(finding.before * stepMs)}`;
    case 'stuck':
      return `has been in its upper state since ${at}, for ${formatDuration(finding.after * stepMs)}; the longest time before was ${formatDuration(finding.before * stepMs)}`;
    case 'bursts':
      return `has bursts of ${value(finding.after)} since ${at}, ${value(finding.before)} before${factorOf(finding)}`;
    case 'missing':
      return `did not do at ${at} what it does each day`;
    case 'hour':
      return describeHour(analysis, value);
  }
}

function describeHour({ lastHour }: MetricAnalysis, value: (number: number) => string): string {
  if (lastHour === undefined) return 'is unusual in its last hour';
  const side = lastHour.mean >= lastHour.expected ? 'high' : 'low';
  return `is unusually ${side} in its last hour: ${value(lastHour.mean)}, ${value(lastHour.expected)} expected`;
}

function factorOf({ before, after }: { readonly before: number; readonly after: number }): string {
  const factor = before > 0 && after > 0 ? after / before : 1;
  if (factor > 1 / MIN_FACTOR && factor < MIN_FACTOR) return '';
  return ` (× ${formatNumber(Number(factor.toPrecision(2)))})`;
}
