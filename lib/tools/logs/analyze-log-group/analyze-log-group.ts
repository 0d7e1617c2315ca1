import { z } from 'zod';
import { parseLogGroupId } from '../../../domain/logs/log-group-id.ts';
import type { LogPattern } from '../../../domain/logs/patterns/log-pattern.ts';
import { compareChanges } from '../../../domain/logs/patterns/pattern-changes.ts';
import { reportPatterns } from '../../../domain/logs/patterns/pattern-report.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { GIGABYTE } from '../../../domain/text/log-size.ts';
import { formatAgo, formatTime, MINUTE_MS, resolveRange } from '../../../domain/time.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { timeRange, where } from '../../../tool/params.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { chooseScanBudget, scanBudget } from '../shared/arguments-query.ts';
import { targetOfLogGroups } from '../shared/choose-target.ts';
import { findNewestEvent } from '../shared/empty-events.ts';
import type { LogGroupAt } from '../shared/one-log-group.ts';
import { createQueryRunner, type QueryRunner } from '../shared/read-queries.ts';
import { type Analysis, answerAnalysis } from './answer.ts';
import { selectAnomalies } from './answer-anomalies.ts';
import { MAX_PATTERNS, planWindows } from './arguments.ts';
import { analysisOutput } from './output.ts';
import { type Gathered, gather } from './read.ts';
import { checkGroup, findGroup, type KnownGroup } from './read-group.ts';
import { findFinders, findOnsets } from './read-onset.ts';

const inputSchema = z.object({
  log_group_arn: z.string().min(1).max(2_048).describe('Name or ARN, from describe_log_groups'),
  ...timeRange('-1h'),
  max_scan_gb: scanBudget('Stop when all queries together have scanned more gigabytes'),
  ...where,
});

type Input = z.output<typeof inputSchema>;

export const analyzeLogGroup = defineTool({
  name: 'analyze_log_group',
  title: 'Say what is new in a log group',
  description:
    'What is new in one log group: message patterns that are new, grown or vanished in a time window against the same length before it, the most frequent error and message patterns, event counts over time, anomalies that CloudWatch detected. Use it first when something broke: set start_time to when it began. For single events take the filters that it gives to execute_log_insights_query.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema: analysisOutput,
  async handler(input, context) {
    const at = resolveGroup(input, context);
    const windows = planWindows(resolveRange(input.start_time, input.end_time, context.nowEpochMs));
    const known = await findGroup(at, context);
    const notKept = checkGroup(known.group, windows, context.nowEpochMs);
    const budget = chooseScanBudget(input.max_scan_gb, context.config.maxScanGb);
    const runner = createQueryRunner(
      { target: at.target, reference: at.reference, maxScanBytes: budget.gb * GIGABYTE },
      context,
    );

    const gathered = await gather(
      { at, group: known.group, windows, hasBefore: notKept === undefined, runner },
      context,
    );
    requireSomething(runner);
    const patterns = reportPatterns([...gathered.now.looks, ...(gathered.before?.looks ?? [])]);
    const changed = patterns.filter(({ change }) => change !== undefined && change !== 'steady').sort(compareChanges);
    const finders = findFinders(changed, patterns);
    const lastScanBytes = Math.max(0, ...gathered.now.results.map(({ statistics }) => statistics.bytesScanned));
    const { onsets } = await findOnsets(finders, windows, runner, { nowEpochMs: context.clock(), lastScanBytes });

    const counted = gathered.series?.reduce((sum, { value }) => sum + value, 0);
    const events = counted === undefined ? gathered.now.events : Math.max(counted, gathered.now.events ?? 0);
    const isCompared = patterns.some(({ change }) => change !== undefined) || events === 0;
    const analysis: Omit<Analysis, 'hints'> = {
      at,
      logClass: known.group?.logGroupClass,
      windows,
      patterns,
      changed,
      notes: { finders, onsets },
      series: gathered.series,
      events,
      eventsBefore: gathered.before?.events,
      incomparable: notKept ?? (isCompared ? undefined : 'a list of patterns is missing, see the warnings'),
      sampling: gathered.isOwnClustering ? describeSampling(gathered, known) : undefined,
      anomalies: 'value' in gathered.anomalies ? selectAnomalies(gathered.anomalies.value, windows.now) : undefined,
      cost: {
        queries: runner.results().length,
        bytesScanned: runner.scannedBytes(),
        usdPerGb: context.config.insightsUsdPerGb,
      },
      warnings: collectWarnings(gathered, known, runner, budget.warnings),
    };
    return answerAnalysis({ ...analysis, hints: await giveHints(analysis, context) });
  },
});

function resolveGroup(input: Input, context: ToolContext): LogGroupAt {
  const id = parseLogGroupId(input.log_group_arn, 'log_group_arn');
  return { name: id.name, reference: id.arn ?? id.name, target: targetOfLogGroups([id], input, context.targets) };
}

/** @throws AppError the first failure, when no query gave anything */
function requireSomething(runner: QueryRunner): void {
  const results = runner.results();
  const [first] = results.flatMap(({ error }) => error ?? []);
  if (first !== undefined && results.every(({ error }) => error !== undefined)) throw first;
}

function describeSampling({ now, before }: Gathered, { group }: KnownGroup): string {
  const read = [now, ...(before === undefined ? [] : [before])].map(({ results }) =>
    results.reduce((sum, { rows }) => sum + rows.length, 0),
  );
  const isExact = [now, before].every(
    (window) => window?.looks.every(({ eventsPerSample }) => eventsPerSample <= 1) ?? true,
  );
  const why = group?.logGroupClass === undefined ? '' : ` (class ${group.logGroupClass})`;
  return `This log group has no pattern command${why}: patterns are made here from ${read.map(formatCount).join(' + ')} messages${isExact ? ', which are all' : ', a sample, so that counts are estimates and rare patterns may be missing'}.`;
}

function collectWarnings(
  { anomalies, now, before }: Gathered,
  known: KnownGroup,
  runner: QueryRunner,
  ofBudget: readonly string[],
): string[] {
  const isCut = now.isCut || before?.isCut === true;
  return [
    ...(known.warning === undefined ? [] : [known.warning]),
    ...ofBudget,
    ...('error' in anomalies ? [`Anomalies could not be had: ${anomalies.error.publicMessage}`] : []),
    ...runner.results().flatMap(({ problem }) => problem ?? []),
    ...(isCut
      ? [
          `There are more than ${MAX_PATTERNS} patterns: only the most frequent are compared, and a rare one may wrongly count as new or vanished.`,
        ]
      : []),
  ];
}

async function giveHints(analysis: Omit<Analysis, 'hints'>, context: ToolContext): Promise<string[]> {
  const { at, windows, events, eventsBefore, changed, notes } = analysis;
  if (events === 0) {
    if ((eventsBefore ?? 0) > 0)
      return [
        `The ${countOf(eventsBefore ?? 0, 'event')} before came from something that has stopped to log, or whose logs do not arrive → look at the service itself.`,
      ];
    const newestEpochMs = await findNewestEvent(at, windows.now.startEpochMs, context);
    return newestEpochMs === undefined
      ? ['Widen start_time, or check size and retention with describe_log_groups.']
      : [
          `The last event before was at ${formatTime(newestEpochMs)} (${formatAgo(newestEpochMs, context.nowEpochMs)}) → start_time=${formatTime(newestEpochMs - 15 * MINUTE_MS)}.`,
        ];
  }
  const isFindable = (pattern: LogPattern) => notes.finders.has(pattern);
  if (changed.some(isFindable))
    return [
      'Single events of a changed pattern: execute_log_insights_query with the filter that stands below it, and the same times.',
    ];
  return changed.length > 0 || analysis.incomparable !== undefined
    ? []
    : ['Nothing changed here → set start_time to when the trouble began, or look at another log group.'];
}
