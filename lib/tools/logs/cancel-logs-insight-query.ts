import { z } from 'zod';
import { QUERY_STATES, type QueryState } from '../../aws/ports/logs.ts';
import { decodeQueryId, encodeQueryId } from '../../domain/logs/query-id.ts';
import { attempt } from '../../tool/attempt.ts';
import { defineTool } from '../../tool/define-tool.ts';
import { where } from '../../tool/params.ts';
import { describeStatistics, NO_STATISTICS } from './shared/answer-query.ts';
import { queryIdParam } from './shared/arguments-query.ts';
import { targetOfQuery } from './shared/choose-target.ts';
import { statisticsOutput, toStatisticsOutput } from './shared/output-query.ts';

const inputSchema = z.object({
  query_id: queryIdParam,
  ...where,
});

const outputSchema = z.object({
  query_id: z.string(),
  stopped: z.boolean().describe('false: it had ended before, or CloudWatch did not stop it'),
  status: z.enum(QUERY_STATES),
  statistics: statisticsOutput,
});

export const cancelLogsInsightQuery = defineTool({
  name: 'cancel_logs_insight_query',
  title: 'Stop a Logs Insights query',
  description:
    'Stops a running Logs Insights query by the query_id of execute_log_insights_query, so that it scans and costs no more; rows found so far stay readable. A query that has ended already is no error: its status is given.',
  toolset: 'logs',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const id = decodeQueryId(input.query_id);
    const target = targetOfQuery(id, input, context.targets);
    const queryId = encodeQueryId({ region: target.region, account: target.account, awsId: id.awsId });
    const { logs } = context.aws(target);

    const wasStopped = await logs.stopQuery(id.awsId, context.signal);
    const look = await attempt(context.signal, logs.peekQuery(id.awsId, 1, context.signal));
    // What AWS refused to stop must be known to have ended before that is said.
    if ('error' in look && !wasStopped) throw look.error;

    const snapshot = 'value' in look ? look.value : undefined;
    const state = wasStopped ? 'cancelled' : (snapshot?.state ?? 'unknown');
    const statistics = snapshot?.statistics ?? NO_STATISTICS;
    const warnings = 'error' in look ? [`Its statistics could not be read: ${look.error.publicMessage}`] : [];
    return {
      headline: describeOutcome(wasStopped, state),
      targets: [target],
      facts: [`query_id: ${queryId}`, describeStatistics(statistics, context.config.insightsUsdPerGb)],
      hints: [`get_logs_insight_query_results with query_id="${queryId}" shows the rows that were found.`],
      warnings,
      structured: () => ({
        query_id: queryId,
        stopped: wasStopped,
        status: state,
        statistics: toStatisticsOutput(statistics, context.config.insightsUsdPerGb),
      }),
    };
  },
});

function describeOutcome(wasStopped: boolean, state: QueryState): string {
  if (wasStopped) return 'Stopped: the query scans no more.';
  return state === 'running' || state === 'scheduled'
    ? `CloudWatch did not stop the query, it is still ${state}; try again in some seconds.`
    : `Nothing to stop: the query had already ended, with status ${state}.`;
}
