/** Patterns of an analysis in words and as structured items. Pure. */
import { z } from 'zod';
import type { Begin } from '../../../domain/logs/patterns/find-begin.ts';
import type { LogPattern } from '../../../domain/logs/patterns/log-pattern.ts';
import { CHANGES, formatGrowth } from '../../../domain/logs/patterns/pattern-changes.ts';
import { SEVERITIES } from '../../../domain/logs/patterns/pattern-severity.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import { drawSparkline } from '../../../domain/metrics/sparkline.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { formatCount } from '../../../domain/text/counts.ts';
import { formatTime, type TimeRange } from '../../../domain/time.ts';
import type { Windows } from './arguments.ts';
import type { Onset, PatternFinder } from './read-onset.ts';

const MAX_PATTERN_CHARS = 400;
/** Of a pattern that stands in the list above already. */
const MAX_REPEATED_CHARS = 120;
const SPARKLINE_WIDTH = 60;
const NONE = '-';

export const patternOutput = z.object({
  log_group: z.string().optional(),
  pattern: z.string(),
  severity: z.enum(SEVERITIES),
  count: z.int(),
  count_before: z.int().optional(),
  change: z.enum(CHANGES).optional(),
  since: z.string().optional(),
  filter: z.string().optional(),
});

/** What is known of patterns beyond their counts. */
export interface PatternNotes {
  readonly finders: ReadonlyMap<LogPattern, PatternFinder>;
  readonly onsets: ReadonlyMap<LogPattern, Onset>;
  /** Of errors that both windows have. */
  readonly begins: ReadonlyMap<LogPattern, Begin>;
}

export const CHANGED_HEAD = 'change | severity | events | before | since | pattern';
export const PATTERN_HEAD = 'events | before | pattern';

export function writeChanged(pattern: LogPattern, notes: PatternNotes, windows: Windows): string {
  const onset = notes.onsets.get(pattern);
  const finder = notes.finders.get(pattern);
  const growth = formatGrowth(pattern.now, pattern.before ?? 0);
  const cells = [
    `${pattern.change ?? NONE}${pattern.change === 'grown' ? ` ${growth}` : ''}`,
    pattern.severity,
    formatCount(pattern.now),
    formatCount(pattern.before ?? 0),
    sinceOf(pattern, notes, windows) ?? NONE,
    clip(cleanLine(pattern.template), MAX_PATTERN_CHARS),
  ];
  const below = [
    ...(onset === undefined || onset.points.length === 0 ? [] : [drawEvents(onset.points, windows)]),
    ...(finder === undefined ? [] : [cleanLine(finder.filter)]),
  ];
  return `${cells.join(' | ')}${below.length === 0 ? '' : `\n    ${below.join('  ')}`}`;
}

/** A period may begin before the window does. */
function sinceOf(pattern: LogPattern, { onsets, begins }: PatternNotes, { now }: Windows): string | undefined {
  const begin = begins.get(pattern);
  if (begin !== undefined) return begin.isOlder ? undefined : formatTime(begin.epochMs);
  const first = onsets.get(pattern)?.firstEpochMs;
  const isNew = pattern.change === 'new' && first !== undefined;
  return isNew ? formatTime(Math.max(first, now.startEpochMs)) : undefined;
}

export function writePattern(pattern: LogPattern, isListedAbove: boolean): string {
  const mark = pattern.change === undefined || pattern.change === 'steady' ? '' : ` (${pattern.change})`;
  const text = clip(cleanLine(pattern.template), isListedAbove ? MAX_REPEATED_CHARS : MAX_PATTERN_CHARS);
  const before = pattern.before === undefined ? NONE : formatCount(pattern.before);
  return `${formatCount(pattern.now)} | ${before} | ${text}${mark}`;
}

export function toPatternOutput(
  pattern: LogPattern,
  notes: PatternNotes,
  windows: Windows,
): z.input<typeof patternOutput> {
  const { template, severity, now, before, change } = pattern;
  const since = sinceOf(pattern, notes, windows);
  const filter = notes.finders.get(pattern)?.filter;
  return {
    pattern: clip(template, MAX_PATTERN_CHARS),
    severity,
    count: now,
    count_before: before,
    change,
    since,
    filter,
  };
}

/** A period without a row had no event. */
export function fillPeriods(points: readonly Point[], { now, bin }: Windows): Point[] {
  const known = new Map(points.map(({ epochMs, value }) => [epochMs, value]));
  const phase = (points[0]?.epochMs ?? 0) % bin.stepMs;
  const first = Math.floor((now.startEpochMs - phase) / bin.stepMs) * bin.stepMs + phase;
  const count = Math.max(0, Math.floor((now.endEpochMs - first) / bin.stepMs) + 1);
  return Array.from({ length: count }, (_, index) => {
    const epochMs = first + index * bin.stepMs;
    return { epochMs, value: known.get(epochMs) ?? 0 };
  });
}

export function drawEvents(points: readonly Point[], windows: Windows): string {
  const filled = fillPeriods(points, windows);
  const range: TimeRange = {
    startEpochMs: filled[0]?.epochMs ?? 0,
    endEpochMs: (filled.at(-1)?.epochMs ?? 0) + windows.bin.stepMs,
  };
  return drawSparkline(filled, { ...range, width: SPARKLINE_WIDTH + 1, stepMs: windows.bin.stepMs, low: 0 });
}
