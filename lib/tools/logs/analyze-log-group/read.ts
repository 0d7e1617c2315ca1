/** Asks everything of the analysis of one log group, and puts it together. */
import type { LogAnomalies } from '../../../aws/ports/logs.ts';
import { runInSlices } from '../../../domain/async/slices.ts';
import type { FieldChange } from '../../../domain/logs/fields/field-changes.ts';
import type { LogPattern } from '../../../domain/logs/patterns/log-pattern.ts';
import { compareChanges } from '../../../domain/logs/patterns/pattern-changes.ts';
import { reportFields } from '../../../domain/logs/patterns/pattern-fields.ts';
import { reportPatterns } from '../../../domain/logs/patterns/pattern-report.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import type { LogGroupAt } from '../shared/one-log-group.ts';
import type { AnalysisResult, QueryRunner } from '../shared/read-queries.ts';
import type { Windows } from './arguments.ts';
import { findBegins, type Lasting } from './read-begin.ts';
import { checkGroup, findGroup, hasPatternCommand, type KnownGroup, keptSince } from './read-group.ts';
import { type Finders, findFinders, findOnsets, type Onset, toPoints } from './read-onset.ts';
import { type Looked, lookAtLargeWindow, lookAtWindow, type WindowQuestion } from './read-windows.ts';

export interface GroupAnalysis {
  readonly at: LogGroupAt;
  readonly known: KnownGroup;
  readonly windows: Windows;
  readonly now: Looked;
  /** Undefined where there is nothing to compare with. */
  readonly before: Looked | undefined;
  /** Why nothing is compared. */
  readonly incomparable: string | undefined;
  readonly patterns: readonly LogPattern[];
  /** New, grown and vanished ones, the most telling first. */
  readonly changed: readonly LogPattern[];
  readonly fields: readonly FieldChange[];
  readonly finders: Finders;
  readonly onsets: ReadonlyMap<LogPattern, Onset>;
  readonly lasting: Lasting;
  /** Events over time, an estimate where messages were sampled; undefined where that is not known. */
  readonly series: readonly Point[] | undefined;
  /** Undefined where they were not asked for. */
  readonly anomalies: Attempt<LogAnomalies> | undefined;
  readonly results: readonly AnalysisResult[];
}

export interface GroupQuestion {
  readonly at: LogGroupAt;
  readonly windows: Windows;
  readonly hasAnomalies: boolean;
  readonly runner: QueryRunner;
}

/** @throws AppError when the log group cannot be analysed, or no query gave anything */
export async function analyzeGroup(question: GroupQuestion, context: ToolContext): Promise<GroupAnalysis> {
  const { at, windows, runner } = question;
  const known = await findGroup(at, context);
  const notKept = checkGroup(known.group, windows, context.nowEpochMs);
  const shared = { stepMs: windows.bin.stepMs, hasPattern: hasPatternCommand(known.group) };
  const { logs } = context.aws(at.target);
  const [anomalies, [now, before]] = await Promise.all([
    question.hasAnomalies
      ? attempt(context.signal, logs.listLogAnomalies({ name: at.name, arn: known.group?.arn }, context.signal))
      : undefined,
    lookAtWindows({ windows, isCompared: notKept === undefined, ...shared }, runner),
  ]);
  requireSomething(runner);
  const patterns = await runInSlices(reportPatterns([...now.looks, ...(before?.looks ?? [])]));
  const changed = patterns.filter(({ change }) => change !== undefined && change !== 'steady').sort(compareChanges);
  const errors = patterns.filter(({ severity, change }) => severity === 'error' && change === 'steady');
  const finders = findFinders([...changed, ...errors], patterns);
  const scanBytes = Math.max(0, ...runner.results().map(({ statistics }) => statistics.bytesScanned));
  const keptSinceEpochMs = keptSince(known.group, context.nowEpochMs);
  const [onsets, lasting] = await Promise.all([
    findOnsets(changed, finders, windows, runner, scanBytes),
    findBegins(patterns, finders, { windows, runner, scanBytes, keptSinceEpochMs }),
  ]);
  const isCompared = patterns.some(({ change }) => change !== undefined) || now.events === 0;
  return {
    at,
    known,
    windows,
    now,
    before,
    incomparable: notKept ?? describeGap(before, isCompared),
    patterns,
    changed,
    fields: reportFields(patterns),
    finders,
    onsets,
    lasting,
    series: now.events === undefined ? undefined : seriesOf(now, windows),
    anomalies,
    results: runner.results(),
  };
}

function describeGap(before: Looked | undefined, isCompared: boolean): string | undefined {
  if (before === undefined) return 'time or scan budget was used up before the other window could be read';
  return isCompared ? undefined : 'a list of messages is missing, see the warnings';
}

/** The window now first: one that has many messages tells how to read the other. */
async function lookAtWindows(
  {
    windows,
    isCompared,
    ...shared
  }: Omit<WindowQuestion, 'window' | 'range'> & { readonly windows: Windows; readonly isCompared: boolean },
  runner: QueryRunner,
): Promise<readonly [Looked, Looked | undefined]> {
  const now = await lookAtWindow({ window: 'now', range: windows.now, ...shared }, runner);
  const before: WindowQuestion = { window: 'before', range: windows.before, ...shared };
  if (!isCompared || !runner.hasRoomFor(0)) return [now, undefined];
  if (now.by === 'messages') return [now, await lookAtWindow(before, runner)];
  // Whether the class has patterns is known by now, too.
  const hasPattern = now.by === 'patterns';
  return [now, await lookAtLargeWindow({ ...before, hasPattern }, now.events ?? 0, runner)];
}

function requireSomething(runner: QueryRunner): void {
  const results = runner.results();
  const [first] = results.flatMap(({ error }) => error ?? []);
  if (first !== undefined && results.every(({ error }) => error !== undefined)) throw first;
}

function seriesOf({ looks }: Looked, { bin }: Windows): readonly Point[] | undefined {
  const look = looks.find(({ isErrorsOnly, rows }) => !isErrorsOnly && rows.some(({ seen }) => seen !== undefined));
  const steps = new Map<number, number>();
  for (const { seen } of look?.rows ?? [])
    for (const [step, count] of seen?.steps ?? [])
      steps.set(step, (steps.get(step) ?? 0) + count * (look?.eventsPerSample ?? 1));
  return toPoints(new Map([...steps].map(([step, count]) => [step, Math.round(count)])), bin.stepMs);
}
