/** The page that the analysis of one log group gives: what changed, fields, errors, top patterns, anomalies, what it cost. */
import type { z } from 'zod';
import type { LogPattern } from '../../../domain/logs/patterns/log-pattern.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { estimateScanUsd } from '../../../domain/text/log-size.ts';
import { formatDuration, formatTime, SECOND_MS } from '../../../domain/time.ts';
import type { Answer } from '../../../tool/types.ts';
import { noteArriving } from '../shared/answer-arriving.ts';
import { linkLogGroup } from '../shared/one-log-group.ts';
import { MAX_ANOMALIES, selectAnomalies, toAnomalyOutput, writeAnomaly } from './answer-anomalies.ts';
import { FIELDS_HEAD, FIELDS_TITLE, listValues, toFieldOutput, writeValue } from './answer-fields.ts';
import {
  CHANGED_HEAD,
  drawEvents,
  fillPeriods,
  PATTERN_HEAD,
  toPatternOutput,
  writeChanged,
  writePattern,
} from './answer-patterns.ts';
import {
  type Cost,
  collectWarnings,
  countChanges,
  describeCost,
  describeLasting,
  describeReading,
  isSampled,
  nameOf,
} from './answer-words.ts';
import type { Windows } from './arguments.ts';
import type { analysisOutput } from './output.ts';
import type { GroupAnalysis } from './read.ts';

const MAX_CHANGED = 40;
const MAX_LISTED = 10;

export interface AnswerFacts {
  readonly nowEpochMs: number;
  readonly cost: Cost;
  readonly hints: readonly string[];
  readonly warnings: readonly string[];
}

export function answerAnalysis(analysis: GroupAnalysis, facts: AnswerFacts): Answer<z.input<typeof analysisOutput>> {
  const { at, windows, patterns, fields } = analysis;
  const notes = { finders: analysis.finders, onsets: analysis.onsets, begins: analysis.lasting.begins };
  const anomalies =
    analysis.anomalies !== undefined && 'value' in analysis.anomalies
      ? selectAnomalies(analysis.anomalies.value, windows.now)
      : undefined;
  const changed = analysis.changed.slice(0, MAX_CHANGED);
  const current = patterns.filter(({ now }) => now > 0);
  const errors = current.filter(({ severity }) => severity === 'error').slice(0, MAX_LISTED);
  const top = current.slice(0, MAX_LISTED);
  const found = (anomalies?.anomalies ?? []).slice(0, MAX_ANOMALIES);
  const values = listValues(fields);
  const listed = new Set(changed);
  return {
    headline: describeHeadline(analysis, current),
    targets: [at.target],
    facts: describeFacts(analysis, current, { ...facts, anomalies: anomalies?.fact }),
    list: {
      noun: 'changed pattern',
      title: `What changed against ${windows.comparedWith}:`,
      head: CHANGED_HEAD,
      items: changed.map((pattern) => writeChanged(pattern, notes, windows)),
      isUntrusted: true,
      total: analysis.changed.length,
      narrowBy: 'choose a shorter time range',
    },
    sections: [
      section(FIELDS_TITLE, values.map(writeValue), FIELDS_HEAD),
      section(
        'Error patterns, most frequent first:',
        errors.map((pattern) => writePattern(pattern, listed.has(pattern))),
        PATTERN_HEAD,
      ),
      section(
        `${errors.length === 0 ? 'Message' : 'Other message'} patterns, most frequent first:`,
        top.filter((pattern) => !errors.includes(pattern)).map((pattern) => writePattern(pattern, listed.has(pattern))),
        PATTERN_HEAD,
      ),
      section(
        'Anomalies that CloudWatch detected:',
        found.map(writeAnomaly),
        'priority | state | seen | description | pattern',
      ),
    ],
    hints: facts.hints,
    warnings: [...facts.warnings, ...collectWarnings(analysis)],
    link: linkLogGroup(at),
    structured: ({ shown }) => ({
      log_group: at.name,
      class: analysis.known.group?.logGroupClass,
      start_time: formatTime(windows.now.startEpochMs),
      end_time: formatTime(windows.now.endEpochMs + SECOND_MS),
      events: roundCount(analysis.now.events),
      events_before: roundCount(analysis.before?.events),
      ...(analysis.series !== undefined && {
        events_over_time: {
          period_seconds: windows.bin.stepMs / SECOND_MS,
          start: formatTime(fillPeriods(analysis.series, windows)[0]?.epochMs ?? windows.now.startEpochMs),
          counts: fillPeriods(analysis.series, windows).map(({ value }) => value),
        },
      }),
      is_sampled: isSampled(analysis),
      is_compared: analysis.incomparable === undefined,
      changed: changed.slice(0, shown).map((pattern) => toPatternOutput(pattern, notes, windows)),
      fields: values.map(toFieldOutput),
      error_patterns: errors.map((pattern) => toPatternOutput(pattern, notes, windows)),
      top_patterns: top.map((pattern) => toPatternOutput(pattern, notes, windows)),
      anomalies: found.map(toAnomalyOutput),
      statistics: toStatistics(facts.cost),
    }),
  };
}

export function toStatistics({ queries, bytesScanned, usdPerGb }: Cost) {
  return { queries, bytes_scanned: bytesScanned, estimated_cost_usd: estimateScanUsd(bytesScanned, usdPerGb) };
}

export function roundCount(count: number | undefined): number | undefined {
  return count === undefined ? undefined : Math.round(count);
}

function section(title: string, items: readonly string[], head: string) {
  return { title, head, items, isUntrusted: true };
}

function describeHeadline(analysis: GroupAnalysis, current: readonly LogPattern[]): string {
  const { windows, changed, incomparable } = analysis;
  const [events, eventsBefore] = [roundCount(analysis.now.events), roundCount(analysis.before?.events)];
  const name = nameOf(analysis);
  const before = eventsBefore === undefined ? '' : ` (${formatCount(eventsBefore)} in ${windows.comparedWith})`;
  if (events === 0) return `No event in ${name} in these ${formatDuration(windows.lengthMs)}${before}.`;
  const counted = events === undefined ? '' : `; ${countOf(events, 'event')}${before}`;
  const errors = current.filter(({ severity }) => severity === 'error').length;
  if (incomparable !== undefined)
    return `${name}: ${countOf(current.length, 'pattern')}, ${formatCount(errors)} of errors, compared with nothing${counted}.`;
  const changes = countChanges(changed) ?? `no new, grown or vanished pattern against ${windows.comparedWith}`;
  const lasting = describeLasting(analysis);
  return `${name}: ${changes}${lasting === undefined ? '' : `; ${lasting}`}${counted}.`;
}

function describeFacts(
  analysis: GroupAnalysis,
  current: readonly LogPattern[],
  facts: { readonly nowEpochMs: number; readonly cost: Cost; readonly anomalies: string | undefined },
): string[] {
  const { windows, series, incomparable } = analysis;
  const { startEpochMs, endEpochMs } = windows.now;
  const isEmpty = analysis.now.events === 0;
  const compared =
    incomparable === undefined ? `compared with ${windows.comparedWith}` : `compared with nothing: ${incomparable}`;
  const errorEvents = current.reduce((sum, { severity, now }) => sum + (severity === 'error' ? now : 0), 0);
  const reading = describeReading(analysis);
  return [
    `Window: ${formatTime(startEpochMs)} – ${formatTime(endEpochMs + SECOND_MS)}, ${compared}.`,
    ...noteArriving(windows.now, facts.nowEpochMs),
    ...(series === undefined || isEmpty ? [] : [describeSeries(series, windows)]),
    ...(isEmpty ? [] : [`Events of error patterns: ${formatCount(errorEvents)}.`]),
    ...(reading === undefined ? [] : [reading]),
    ...(facts.anomalies === undefined ? [] : [facts.anomalies]),
    describeCost(facts.cost),
  ];
}

function describeSeries(series: readonly Point[], windows: Windows): string {
  const filled = fillPeriods(series, windows);
  const peak = filled.reduce((best, point) => (point.value > best.value ? point : best), { epochMs: 0, value: -1 });
  return `Events per ${windows.bin.name}: ${drawEvents(series, windows)} (most: ${formatCount(peak.value)} at ${formatTime(peak.epochMs)})`;
}
