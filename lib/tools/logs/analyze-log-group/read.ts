/** Asks everything of an analysis in parallel. */
import type { LogAnomalies, LogGroup } from '../../../aws/ports/logs.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import type { LogGroupAt } from '../shared/one-log-group.ts';
import type { AnalysisResult, QueryRunner } from '../shared/read-queries.ts';
import { countQuery, type Windows } from './arguments.ts';
import { hasPatternCommand } from './read-group.ts';
import { readSeries } from './read-onset.ts';
import { type Looked, lookByPattern, lookBySample, type WindowName } from './read-windows.ts';

const MAX_COUNT_ROWS = 10_000;

export interface Gathered {
  readonly anomalies: Attempt<LogAnomalies>;
  /** Undefined where the count failed. */
  readonly series: readonly Point[] | undefined;
  readonly now: Looked;
  /** Undefined where there is nothing to compare with. */
  readonly before: Looked | undefined;
  /** Messages were read in place of CloudWatch's own patterns. */
  readonly isOwnClustering: boolean;
}

export interface GatherOptions {
  readonly at: LogGroupAt;
  readonly group: LogGroup | undefined;
  readonly windows: Windows;
  readonly hasBefore: boolean;
  readonly runner: QueryRunner;
}

export async function gather(options: GatherOptions, context: ToolContext): Promise<Gathered> {
  const { at, group, runner } = options;
  const ask = hasPatternCommand(group) ? gatherByPattern : gatherBySample;
  const { logs } = context.aws(at.target);
  const [anomalies, found] = await Promise.all([
    attempt(context.signal, logs.listLogAnomalies({ name: at.name, arn: group?.arn }, context.signal)),
    ask(options),
  ]);
  // Of a group that may not be described only the refusal tells that it has no `pattern`.
  const isRefused = found.now.results.some(({ error }) => error?.code === 'query_failed');
  if (group === undefined && isRefused && runner.results().some(({ isWhole }) => isWhole))
    return { anomalies, ...(await gatherBySample(options)) };
  return { anomalies, ...found };
}

type Found = Omit<Gathered, 'anomalies'>;

async function gatherByPattern({ windows, hasBefore, runner }: GatherOptions): Promise<Found> {
  const [count, now, before] = await Promise.all([
    askCount('now', windows, runner),
    lookByPattern('now', windows.now, runner),
    hasBefore ? lookByPattern('before', windows.before, runner) : undefined,
  ]);
  return { series: seriesOf(count), now, before, isOwnClustering: false };
}

/** How finely to sample is only known when the events are counted. */
async function gatherBySample({ windows, hasBefore, runner }: GatherOptions): Promise<Found> {
  const [[count, now], before] = await Promise.all([
    sampleOne('now', windows, runner),
    hasBefore ? sampleOne('before', windows, runner) : undefined,
  ]);
  return { series: seriesOf(count), now, before: before?.[1], isOwnClustering: true };
}

async function sampleOne(
  window: WindowName,
  windows: Windows,
  runner: QueryRunner,
): Promise<readonly [AnalysisResult, Looked]> {
  const count = await askCount(window, windows, runner);
  const events = seriesOf(count)?.reduce((sum, { value }) => sum + value, 0);
  return [count, await lookBySample(window, windows[window], events, runner)];
}

function askCount(window: WindowName, windows: Windows, runner: QueryRunner): Promise<AnalysisResult> {
  return runner.run({
    about: window === 'now' ? 'The count of events in the window' : 'The count of events in the window before',
    text: countQuery(windows.bin.name),
    range: windows[window],
    limit: MAX_COUNT_ROWS,
    columns: ['bin(', 'events'],
  });
}

function seriesOf(count: AnalysisResult): readonly Point[] | undefined {
  return count.isWhole ? readSeries(count.rows, 'events') : undefined;
}
