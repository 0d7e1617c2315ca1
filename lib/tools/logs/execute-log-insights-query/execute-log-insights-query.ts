import { z } from 'zod';
import { QUERY_STATES } from '../../../aws/ports/logs.ts';
import { logsInsightsLink } from '../../../domain/console-links.ts';
import { parseLogGroupIds } from '../../../domain/logs/log-group-id.ts';
import { namesLogGroups, namesPointer, QUERY_LANGUAGES } from '../../../domain/logs/query/query-text.ts';
import { findShownColumns } from '../../../domain/logs/query/shown-columns.ts';
import { encodeQueryId } from '../../../domain/logs/query-id.ts';
import { GIGABYTE } from '../../../domain/text/log-size.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { timeRange, where } from '../../../tool/params.ts';
import { noteArriving } from '../shared/answer-arriving.ts';
import { answerEstimate, dryRunParam, estimateOutput } from '../shared/answer-estimate.ts';
import { answerQuery, NO_STATISTICS } from '../shared/answer-query.ts';
import {
  chooseScanBudget,
  chooseTimeout,
  MAX_ACCEPTED_TIMEOUT_S,
  MAX_QUERY_CHARS,
  MAX_ROWS,
  scanBudget,
  warnPassed,
} from '../shared/arguments-query.ts';
import { maxRowCharsParam } from '../shared/arguments-rows.ts';
import { DEFAULT_START, readQuestion } from '../shared/arguments-source.ts';
import { targetOfLogGroups } from '../shared/choose-target.ts';
import { queryOutput, toStatisticsOutput } from '../shared/output-query.ts';
import { surveyScan } from '../shared/read-estimate.ts';
import { runQuery } from '../shared/run-query.ts';
import { describeOutcome, warnCutGroups } from './answer.ts';
import { chooseLimit, MAX_GROUPS, requireGroups, TOO_MANY_GROUPS } from './arguments.ts';

const groupList = z.array(z.string().min(1).max(2_048)).max(MAX_GROUPS, TOO_MANY_GROUPS).optional();

const inputSchema = z.object({
  log_group_names: groupList.describe('Names or ARNs, at most 50, from describe_log_groups'),
  log_group_identifiers: groupList.describe('The same; both lists are joined'),
  query_string: z
    .string()
    .min(1)
    .max(MAX_QUERY_CHARS)
    .describe('E.g. filter @message like /ERROR/ | stats count(*) by bin(5m)'),
  ...timeRange(DEFAULT_START),
  limit: z.int().min(1).max(MAX_ROWS).default(100).describe('Rows, 1–100000; default 100; a limit in the query wins'),
  query_language: z.enum(QUERY_LANGUAGES).default('CWLI').describe('Default CWLI'),
  max_timeout: z
    .int()
    .min(1)
    .max(MAX_ACCEPTED_TIMEOUT_S)
    .default(30)
    .describe('Seconds to wait, up to 50; default 30; later: get_logs_insight_query_results'),
  max_scan_gb: scanBudget('Stop the query when it has scanned more gigabytes'),
  dry_run: dryRunParam,
  include_ptr: z.boolean().default(false).describe('Keep @ptr; default false'),
  max_row_chars: maxRowCharsParam,
  ...where,
});

const outputSchema = queryOutput.extend({
  query_id: z.string().optional().describe('absent: a dry_run'),
  status: z.enum([...QUERY_STATES, 'not_started']),
  estimate: estimateOutput.optional(),
});

const NOT_STARTED = {
  status: 'not_started' as const,
  statistics: toStatisticsOutput(NO_STATISTICS, 0),
  columns: [],
  rows: [],
  offset: 0,
};

export const executeLogInsightsQuery = defineTool({
  name: 'execute_log_insights_query',
  title: 'Run a Logs Insights query',
  description:
    'Runs a CloudWatch Logs Insights query over log groups and waits for it: rows, events matched and scanned, estimated cost. For finding, counting and grouping log events. describe_log_groups finds the log groups and saved queries. A query that takes longer keeps running: its query_id goes to get_logs_insight_query_results. Log groups may be left out when the query starts with SOURCE.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const named = parseLogGroupIds(input.log_group_names ?? [], input.log_group_identifiers ?? []);
    const { query, groups, range, facts } = readQuestion(
      {
        query: input.query_string,
        language: input.query_language,
        groups: named,
        start: input.start_time,
        end: input.end_time,
      },
      context.nowEpochMs,
    );
    requireGroups(groups, query, input.query_language);
    const target = targetOfLogGroups(groups, input, context.targets);
    const budget = chooseScanBudget(input.max_scan_gb, context.config.maxScanGb);
    const logGroups = groups.map(({ name, arn }) => arn ?? name);
    const link = logsInsightsLink(target.region, { ...range, logGroups, query });
    if (input.dry_run) {
      return answerEstimate(NOT_STARTED, {
        survey: await surveyScan([{ target, groups }], range, context),
        targets: [target],
        maxScanGb: budget.gb,
        usdPerGb: context.config.insightsUsdPerGb,
        facts,
        warnings: budget.warnings,
        link,
        isOpen: namesLogGroups(query, input.query_language),
      });
    }
    const rows = chooseLimit(input.limit, query, input.query_language);
    const wait = chooseTimeout(input.max_timeout, context);
    const hasPointers = input.include_ptr || namesPointer(query, input.query_language);
    const request = { query, language: input.query_language, logGroups, ...range, limit: rows.sent };

    const run = await runQuery(
      {
        target,
        request,
        names: groups.flatMap(({ name, arn }) => (arn === undefined ? [name] : [])),
        untilEpochMs: wait.untilEpochMs,
        maxScanBytes: budget.gb * GIGABYTE,
        collect: { offset: 0, limit: rows.limit, maxRowChars: input.max_row_chars, hasPointers },
      },
      context,
    );

    const queryId = encodeQueryId({ region: target.region, account: target.account, awsId: run.awsId });
    return answerQuery({
      ...describeOutcome(run, { queryId, rows, scanGb: budget.gb, waitedMs: wait.timeoutMs, request }),
      target,
      queryId,
      window: run.window,
      offset: 0,
      maxRowChars: input.max_row_chars,
      hasPointers,
      columns: findShownColumns(query, input.query_language),
      facts: [...facts, ...(rows.note === undefined ? [] : [rows.note]), ...noteArriving(range, context.nowEpochMs)],
      warnings: [
        ...wait.warnings,
        ...budget.warnings,
        ...rows.warnings,
        ...warnCutGroups(run, request),
        ...warnPassed(run, run.snapshot?.statistics.bytesScanned ?? 0, budget.gb),
      ],
      link,
      usdPerGb: context.config.insightsUsdPerGb,
    });
  },
});
