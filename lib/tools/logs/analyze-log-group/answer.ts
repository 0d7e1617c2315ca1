/** The page that an analysis gives: what changed, errors, top patterns, anomalies, what it cost. */
import type { z } from 'zod';
import { type ConsoleLink, logGroupLink, logsInsightsLink } from '../../../domain/console-links.ts';
import type { LogPattern } from '../../../domain/logs/patterns/log-pattern.ts';
import type { Change } from '../../../domain/logs/patterns/pattern-changes.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { estimateScanUsd, formatBytes, formatUsd } from '../../../domain/text/log-size.ts';
import { formatDuration, formatTime, SECOND_MS } from '../../../domain/time.ts';
import type { Answer } from '../../../tool/types.ts';
import type { LogGroupAt } from '../shared/one-log-group.ts';
import { type AnomalyFindings, MAX_ANOMALIES, toAnomalyOutput, writeAnomaly } from './answer-anomalies.ts';
import {
  CHANGED_HEAD,
  drawEvents,
  fillPeriods,
  PATTERN_HEAD,
  type PatternNotes,
  toPatternOutput,
  writeChanged,
  writePattern,
} from './answer-patterns.ts';
import { PATTERNS_QUERY, type Windows } from './arguments.ts';
import type { analysisOutput } from './output.ts';

const MAX_CHANGED = 40;
const MAX_LISTED = 10;

export interface Analysis {
  readonly at: LogGroupAt;
  readonly logClass: string | undefined;
  readonly windows: Windows;
  readonly patterns: readonly LogPattern[];
  /** New, grown and vanished ones, the most telling first. */
  readonly changed: readonly LogPattern[];
  readonly notes: PatternNotes;
  readonly series: readonly Point[] | undefined;
  /** Undefined where they could not be counted. */
  readonly events: number | undefined;
  readonly eventsBefore: number | undefined;
  /** Why nothing is compared. */
  readonly incomparable: string | undefined;
  /** How patterns were made where the log group has no `pattern`. */
  readonly sampling: string | undefined;
  readonly anomalies: AnomalyFindings | undefined;
  readonly cost: { readonly queries: number; readonly bytesScanned: number; readonly usdPerGb: number };
  readonly hints: readonly string[];
  readonly warnings: readonly string[];
}

export function answerAnalysis(analysis: Analysis): Answer<z.input<typeof analysisOutput>> {
  const { at, windows, patterns, notes, anomalies } = analysis;
  const changed = analysis.changed.slice(0, MAX_CHANGED);
  const current = patterns.filter(({ now }) => now > 0);
  const errors = current.filter(({ severity }) => severity === 'error').slice(0, MAX_LISTED);
  const top = current.slice(0, MAX_LISTED);
  const found = (anomalies?.anomalies ?? []).slice(0, MAX_ANOMALIES);
  const listed = new Set(changed);
  return {
    headline: describeHeadline(analysis, current),
    targets: [at.target],
    facts: describeFacts(analysis, current),
    list: {
      noun: 'changed pattern',
      title: `What changed against the ${formatDuration(windows.lengthMs)} before:`,
      head: CHANGED_HEAD,
      items: changed.map((pattern) => writeChanged(pattern, notes, windows)),
      isUntrusted: true,
      total: analysis.changed.length,
      narrowBy: 'choose a shorter time range',
    },
    sections: [
      section(
        'Error patterns, most frequent first:',
        errors.map((pattern) => writePattern(pattern, listed.has(pattern))),
        PATTERN_HEAD,
      ),
      section(
        'Message patterns, most frequent first:',
        top.map((pattern) => writePattern(pattern, listed.has(pattern))),
        PATTERN_HEAD,
      ),
      section(
        'Anomalies that CloudWatch detected:',
        found.map(writeAnomaly),
        'priority | state | seen | description | pattern',
      ),
    ],
    hints: analysis.hints,
    warnings: analysis.warnings,
    links: describeLinks(analysis),
    structured: ({ shown }) => ({
      log_group: at.name,
      class: analysis.logClass,
      start_time: formatTime(windows.now.startEpochMs),
      end_time: formatTime(windows.now.endEpochMs + SECOND_MS),
      events: analysis.events,
      events_before: analysis.eventsBefore,
      ...(analysis.series !== undefined && {
        events_over_time: {
          period_seconds: windows.bin.stepMs / SECOND_MS,
          start: formatTime(fillPeriods(analysis.series, windows)[0]?.epochMs ?? windows.now.startEpochMs),
          counts: fillPeriods(analysis.series, windows).map(({ value }) => value),
        },
      }),
      is_sampled: analysis.sampling !== undefined,
      is_compared: analysis.incomparable === undefined,
      changed: changed.slice(0, shown).map((pattern) => toPatternOutput(pattern, notes, windows)),
      error_patterns: errors.map((pattern) => toPatternOutput(pattern, notes, windows)),
      top_patterns: top.map((pattern) => toPatternOutput(pattern, notes, windows)),
      anomalies: found.map(toAnomalyOutput),
      statistics: {
        queries: analysis.cost.queries,
        bytes_scanned: analysis.cost.bytesScanned,
        estimated_cost_usd: estimateScanUsd(analysis.cost.bytesScanned, analysis.cost.usdPerGb),
      },
    }),
  };
}

function section(title: string, items: readonly string[], head: string) {
  return { title, head, items, isUntrusted: true };
}

function describeHeadline(
  { at, windows, events, eventsBefore, changed, incomparable }: Analysis,
  current: readonly LogPattern[],
): string {
  const name = inlineName(at.name);
  const length = formatDuration(windows.lengthMs);
  const before = eventsBefore === undefined ? '' : ` (${formatCount(eventsBefore)} in the ${length} before)`;
  if (events === 0) return `No event in ${name} in these ${length}${before}.`;
  const counted = events === undefined ? '' : `; ${countOf(events, 'event')}${before}`;
  const errors = current.filter(({ severity }) => severity === 'error').length;
  if (incomparable !== undefined)
    return `${name}: ${countOf(current.length, 'pattern')}, ${formatCount(errors)} of errors, compared with nothing${counted}.`;
  const of = (change: Change, isError?: boolean) =>
    changed.filter(
      (each) => each.change === change && (isError === undefined || (each.severity === 'error') === isError),
    ).length;
  const tell = (change: Change): string[] => {
    const [bad, rest] = [of(change, true), of(change, false)];
    return [
      ...(bad === 0 ? [] : [countOf(bad, `${change} error pattern`)]),
      ...(rest === 0 ? [] : [countOf(rest, `${bad === 0 ? '' : 'other '}${change} pattern`)]),
    ];
  };
  const vanished = of('vanished');
  const told = [...tell('new'), ...tell('grown'), ...(vanished === 0 ? [] : [countOf(vanished, 'vanished pattern')])];
  return `${name}: ${told.length === 0 ? `no new, grown or vanished pattern against the ${length} before` : told.join(', ')}${counted}.`;
}

function describeFacts(analysis: Analysis, current: readonly LogPattern[]): string[] {
  const { windows, series, events, incomparable, sampling, anomalies, cost } = analysis;
  const { startEpochMs, endEpochMs } = windows.now;
  const compared =
    incomparable === undefined
      ? `compared with the ${formatDuration(windows.lengthMs)} before`
      : `compared with nothing: ${incomparable}`;
  const errorEvents = current.reduce((sum, { severity, now }) => sum + (severity === 'error' ? now : 0), 0);
  return [
    `Window: ${formatTime(startEpochMs)} – ${formatTime(endEpochMs + SECOND_MS)}, ${compared}.`,
    ...(series === undefined || events === 0 ? [] : [describeSeries(series, windows)]),
    ...(events === 0 ? [] : [`Events of error patterns: ${formatCount(errorEvents)}.`]),
    ...(sampling === undefined ? [] : [sampling]),
    ...(anomalies === undefined ? [] : [anomalies.fact]),
    `Scanned ${formatBytes(cost.bytesScanned)} in ${countOf(cost.queries, 'query', 'queries')}; estimated cost ${formatUsd(estimateScanUsd(cost.bytesScanned, cost.usdPerGb))}.`,
  ];
}

function describeSeries(series: readonly Point[], windows: Windows): string {
  const filled = fillPeriods(series, windows);
  const peak = filled.reduce((best, point) => (point.value > best.value ? point : best), { epochMs: 0, value: -1 });
  return `Events per ${windows.bin.name}: ${drawEvents(series, windows)} (most: ${formatCount(peak.value)} at ${formatTime(peak.epochMs)})`;
}

function describeLinks({ at, windows, sampling }: Analysis): ConsoleLink[] {
  const query = sampling === undefined ? PATTERNS_QUERY : 'fields @timestamp, @message | sort @timestamp desc';
  return [
    logsInsightsLink(at.target.region, { logGroups: [at.reference], query, ...windows.now }),
    logGroupLink(at.target.region, at.name),
  ];
}
