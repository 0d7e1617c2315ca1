import { z } from 'zod';
import { runInSlices } from '../../../domain/async/slices.ts';
import { type ConsoleLink, logsInsightsLink } from '../../../domain/console-links.ts';
import { planBatch, planChunks } from '../../../domain/logs/batch/batch-plan.ts';
import type { BatchPlan } from '../../../domain/logs/batch/batch-plan-types.ts';
import { splitIntoChunks } from '../../../domain/logs/batch/batch-ranges.ts';
import { type LogGroupId, parseLogGroupIds } from '../../../domain/logs/log-group-id.ts';
import { namesLogGroups, namesPointer } from '../../../domain/logs/query/query-text.ts';
import { findShownColumns } from '../../../domain/logs/query/shown-columns.ts';
import { cleanLine } from '../../../domain/text/clean-text.ts';
import { countOf } from '../../../domain/text/counts.ts';
import type { TimeRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { timeRange, whereMany } from '../../../tool/params.ts';
import { noteArriving } from '../shared/answer-arriving.ts';
import { answerEstimate, dryRunParam } from '../shared/answer-estimate.ts';
import { NO_STATISTICS } from '../shared/answer-query.ts';
import {
  chooseScanBudget,
  chooseTimeout,
  MAX_ACCEPTED_TIMEOUT_S,
  MAX_QUERY_CHARS,
  MAX_ROWS,
  scanBudget,
} from '../shared/arguments-query.ts';
import { DEFAULT_START, readQuestion } from '../shared/arguments-source.ts';
import { toStatisticsOutput } from '../shared/output-query.ts';
import { surveyScan } from '../shared/read-estimate.ts';
import { answerBatch, batchOutput } from './answer.ts';
import { mergePieces } from './answer-rows.ts';
import { assignGroups } from './arguments.ts';
import { type BatchChunk, runBatch } from './read.ts';
import { MAX_GROUPS, type SurveyedGroups, surveyGroups } from './read-groups.ts';

/** More would take longer than a tool may. */
const MAX_NAMES = 2_000;
/** A query may be answered with fewer rows than it was asked for, from here on (GetQueryResults, maxItems). */
const MAY_BE_CUT_ROWS = 10_000;

const inputSchema = z.object({
  log_group_names: z
    .array(z.string().min(1).max(2_048))
    .max(MAX_NAMES)
    .default([])
    .describe('Names, asked everywhere, or ARNs, asked in their own region and account'),
  query_string: z.string().min(1).max(MAX_QUERY_CHARS).describe('CWLI, e.g. stats count(*) by bin(5m)'),
  ...timeRange(DEFAULT_START),
  limit: z
    .int()
    .min(1)
    .max(MAX_ROWS)
    .default(100)
    .describe('Rows in all, 1–100000; default 100; a limit in the query wins'),
  max_timeout: z.int().min(1).max(MAX_ACCEPTED_TIMEOUT_S).default(45).describe('Seconds in all, up to 50; default 45'),
  max_scan_gb: scanBudget('Stop when more gigabytes are scanned in all'),
  dry_run: dryRunParam,
  account_label: z.string().min(1).max(100).optional().describe('Shown in the answer'),
  ...whereMany,
});

const NOT_STARTED = {
  status: 'not_started' as const,
  merged: false,
  statistics: toStatisticsOutput(NO_STATISTICS, 0),
  columns: [],
  rows: [],
  is_cut_by_limit: false,
  queries: [],
};

export const executeCwlInsightsBatch = defineTool({
  name: 'execute_cwl_insights_batch',
  title: 'Run a Logs Insights query everywhere',
  description:
    'Runs one Logs Insights query over any number of log groups, regions and accounts and merges the answers: events in the order of the query; count, sum, avg, min and max per group. Says what could not be merged and what failed. describe_log_groups finds the names; up to 50 log groups of one region are a case for execute_log_insights_query.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema: batchOutput,
  async handler(input, context) {
    const { query, groups, range, facts } = readQuestion(
      {
        query: input.query_string,
        language: 'CWLI',
        groups: parseLogGroupIds(input.log_group_names, []),
        start: input.start_time,
        end: input.end_time,
      },
      context.nowEpochMs,
    );
    requireGroups(groups, query);
    const assigned = assignGroups(groups, input, context.targets);
    const wait = chooseTimeout(input.max_timeout, context);
    const budget = chooseScanBudget(input.max_scan_gb, context.config.maxScanGb);

    const survey = await surveyGroups(assigned, query, range, context);
    const chunks = toChunks(survey.places);
    const plan =
      chunks.length === 1 && input.limit < MAY_BE_CUT_ROWS
        ? planChunks(query, input.limit)
        : planBatch(query, input.limit);
    if (input.dry_run) {
      const places = survey.places.map((place) => ({
        target: place.target,
        groups: parseLogGroupIds(place.groups, []),
      }));
      return answerEstimate(NOT_STARTED, {
        survey: await surveyScan(places, range, context),
        targets: assigned.map(({ target }) => target),
        maxScanGb: budget.gb,
        usdPerGb: context.config.insightsUsdPerGb,
        facts: [...facts, describePlan(plan, chunks.length), ...survey.notes],
        warnings: [...survey.warnings, ...budget.warnings],
        link: linkQuery(chunks, query, range),
      });
    }
    const hasPointers = namesPointer(query, 'CWLI');
    const run = await runBatch(
      { chunks, plan, range, untilEpochMs: wait.untilEpochMs, maxScanGb: budget.gb, hasPointers },
      context,
    );
    const [first] = run.pieces;
    if (first !== undefined && 'error' in first.result && run.pieces.every(({ result }) => 'error' in result))
      throw first.result.error;

    return await answerBatch({
      run,
      plan,
      merged: await runInSlices(mergePieces(run.pieces, plan, hasPointers)),
      targets: assigned.map(({ target }) => target),
      groupCount: chunks.reduce((sum, { groups }) => sum + groups.length, 0),
      maxScanGb: budget.gb,
      waitedMs: wait.timeoutMs,
      label: input.account_label === undefined ? undefined : cleanLine(input.account_label),
      notes: [...facts, ...survey.notes, ...noteArriving(range, context.nowEpochMs)],
      columns: findShownColumns(query, 'CWLI'),
      warnings: [...survey.warnings, ...wait.warnings, ...budget.warnings],
      link: linkQuery(chunks, query, range),
      usdPerGb: context.config.insightsUsdPerGb,
    });
  },
});

function requireGroups(groups: readonly LogGroupId[], query: string): void {
  if (namesLogGroups(query, 'CWLI')) {
    throw new AppError(
      'invalid_input',
      'The query chooses its log groups itself (SOURCE logGroups) → run it with execute_log_insights_query, or leave SOURCE out and pass log_group_names.',
    );
  }
  if (groups.length === 0)
    throw new AppError(
      'invalid_input',
      'log_group_names is empty → name at least one; describe_log_groups lists them.',
    );
}

function toChunks(places: readonly SurveyedGroups[]): readonly BatchChunk[] {
  const hasAccounts = new Set(places.map(({ target }) => target.account)).size > 1;
  return places.flatMap(({ target, groups }) =>
    splitIntoChunks(groups, MAX_GROUPS).map((chunk, index) => ({
      target,
      groups: chunk,
      label: `${hasAccounts ? `${target.account}/` : ''}${target.region}${groups.length > MAX_GROUPS ? ` #${index + 1}` : ''}`,
    })),
  );
}

function describePlan(plan: BatchPlan, queries: number): string {
  const unmerged = plan.kind === 'groups' && queries > 1 ? plan.unmerged : [];
  const reason =
    plan.kind === 'chunks' ? plan.reason : unmerged.length > 0 ? `${unmerged.join(', ')} cannot be merged` : undefined;
  return `It would take ${countOf(queries, 'query', 'queries')}${reason === undefined ? '' : `, with rows per chunk: ${reason}`}.`;
}

/** Of several queries the first. */
function linkQuery([chunk]: readonly BatchChunk[], query: string, range: TimeRange): ConsoleLink | undefined {
  return chunk && logsInsightsLink(chunk.target.region, { ...range, logGroups: chunk.groups, query });
}
