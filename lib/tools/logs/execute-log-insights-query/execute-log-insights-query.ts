import { z } from 'zod';
import { logsInsightsLink } from '../../../domain/console-links.ts';
import { type LogGroupId, parseLogGroupIds } from '../../../domain/logs/log-group-id.ts';
import {
  findOwnLimit,
  namesLogGroups,
  namesPointer,
  QUERY_LANGUAGES,
  type QueryLanguage,
} from '../../../domain/logs/query/query-text.ts';
import { encodeQueryId } from '../../../domain/logs/query-id.ts';
import { GIGABYTE } from '../../../domain/text/log-size.ts';
import { resolveRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { timeRange, where } from '../../../tool/params.ts';
import { answerQuery } from '../shared/answer-query.ts';
import {
  chooseScanBudget,
  chooseTimeout,
  MAX_ACCEPTED_TIMEOUT_S,
  MAX_QUERY_CHARS,
  MAX_ROWS,
  scanBudget,
} from '../shared/arguments-query.ts';
import { maxRowCharsParam } from '../shared/arguments-rows.ts';
import { targetOfLogGroups } from '../shared/choose-target.ts';
import { queryOutput } from '../shared/output-query.ts';
import { runQuery } from '../shared/run-query.ts';
import { describeOutcome } from './answer.ts';

const MAX_GROUPS = 50; // StartQuery accepts 50 log groups
const MAX_ROWS_OTHERS = 10_000; // StartQuery, limit: PPL and SQL have no further pages

const TOO_MANY_GROUPS = `at most ${MAX_GROUPS} log groups in one query → split the list over several calls, or start the query with SOURCE logGroups(namePrefix: ["…"]) and name none`;

const groupList = z.array(z.string().min(1).max(2_048)).max(MAX_GROUPS, TOO_MANY_GROUPS).optional();

const inputSchema = z.object({
  log_group_names: groupList.describe('Names or ARNs, at most 50, from describe_log_groups'),
  log_group_identifiers: groupList.describe('The same; both lists are joined'),
  query_string: z
    .string()
    .min(1)
    .max(MAX_QUERY_CHARS)
    .describe('E.g. filter @message like /ERROR/ | stats count(*) by bin(5m)'),
  ...timeRange('-1h'),
  limit: z.int().min(1).max(MAX_ROWS).default(100).describe('Rows, 1–100000; default 100; a limit in the query wins'),
  query_language: z.enum(QUERY_LANGUAGES).default('CWLI').describe('Default CWLI'),
  max_timeout: z
    .int()
    .min(1)
    .max(MAX_ACCEPTED_TIMEOUT_S)
    .default(30)
    .describe('Seconds to wait, up to 50; default 30; later: get_logs_insight_query_results'),
  max_scan_gb: scanBudget('Stop the query when it has scanned more gigabytes'),
  include_ptr: z.boolean().default(false).describe('Keep @ptr; default false'),
  max_row_chars: maxRowCharsParam,
  ...where,
});

export const executeLogInsightsQuery = defineTool({
  name: 'execute_log_insights_query',
  title: 'Run a Logs Insights query',
  description:
    'Runs a CloudWatch Logs Insights query over log groups and waits for it: rows, events matched and scanned, estimated cost. For finding, counting and grouping log events. describe_log_groups finds the log groups and saved queries. A query that takes longer keeps running: its query_id goes to get_logs_insight_query_results. Log groups may be left out when the query starts with SOURCE.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema: queryOutput,
  async handler(input, context) {
    const range = resolveRange(input.start_time, input.end_time, context.nowEpochMs);
    const groups = parseLogGroupIds(input.log_group_names ?? [], input.log_group_identifiers ?? []);
    requireGroups(groups, input.query_string, input.query_language);
    const target = targetOfLogGroups(groups, input, context.targets);
    const rows = chooseLimit(input.limit, input.query_string, input.query_language);
    const wait = chooseTimeout(input.max_timeout, context);
    const budget = chooseScanBudget(input.max_scan_gb, context.config.maxScanGb);
    const hasPointers = input.include_ptr || namesPointer(input.query_string, input.query_language);
    const logGroups = groups.map(({ name, arn }) => arn ?? name);
    const request = {
      query: input.query_string,
      language: input.query_language,
      logGroups,
      ...range,
      limit: rows.sent,
    };

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
      ...(rows.note !== undefined && { facts: [rows.note] }),
      warnings: [...wait.warnings, ...budget.warnings, ...rows.warnings],
      link: logsInsightsLink(target.region, { ...range, logGroups, query: input.query_string }),
      usdPerGb: context.config.insightsUsdPerGb,
    });
  },
});

function requireGroups(groups: readonly LogGroupId[], query: string, language: QueryLanguage): void {
  if (groups.length > MAX_GROUPS)
    throw new AppError('invalid_input', `${groups.length} log groups are named, but ${TOO_MANY_GROUPS}.`);
  if (groups.length === 0 && !namesLogGroups(query, language)) {
    throw new AppError(
      'invalid_input',
      'No log group is named → pass log_group_names (describe_log_groups lists them), or start the query with SOURCE logGroups(namePrefix: ["…"]).',
    );
  }
}

export interface RowLimit {
  /** Rows to give. */
  readonly limit: number;
  /** Rows to ask for: one more where that tells whether there are more. */
  readonly sent: number;
  readonly isOwn: boolean;
  readonly note?: string;
  readonly warnings: readonly string[];
}

function chooseLimit(argument: number, query: string, language: QueryLanguage): RowLimit {
  const max = language === 'CWLI' ? MAX_ROWS : MAX_ROWS_OTHERS;
  const own = findOwnLimit(query, language);
  const limit = Math.max(1, Math.min(own ?? argument, max));
  const warnings =
    argument > max && own === undefined
      ? [`limit ${argument} was lowered to ${max}, the most that ${language} has.`]
      : [];
  if (own === undefined) return { limit, sent: Math.min(limit + 1, max), isOwn: false, warnings };
  const note = own === argument ? undefined : `The query's own limit of ${own} rows was used.`;
  return { limit, sent: limit, isOwn: true, warnings, ...(note !== undefined && { note }) };
}
