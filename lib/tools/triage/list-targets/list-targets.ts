import { z } from 'zod';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { formatCount, nounOf } from '../../../domain/text/counts.ts';
import { dropAtEnd } from '../../../domain/text/drop-at-end.ts';
import { formatBytes, formatUsd } from '../../../domain/text/log-size.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { type QueriesToday, readQueriesToday } from './read.ts';

const outputSchema = z.strictObject({
  default_region: z.string(),
  regions: z.array(z.string()).describe('regions that may be asked'),
  accounts: z.array(
    z.strictObject({
      account: z.string().describe('alias to pass as account'),
      account_id: z.string().optional(),
      is_default: z.boolean(),
      caller_arn: z.string().optional().describe('who AWS takes the caller for'),
      is_reachable: z.boolean(),
      queries_today: z
        .strictObject({
          count: z.int(),
          bytes_scanned: z.number(),
          cost_usd: z.number(),
          is_whole: z.boolean().describe('false: there are more'),
        })
        .optional()
        .describe('Logs Insights queries since midnight UTC in the default region, by whomever'),
    }),
  ),
  toolsets: z.array(z.string()),
  limits: z.strictObject({
    max_scan_gb: z.number().describe('that one Logs Insights query may scan'),
    usd_per_scanned_gb: z.number(),
    concurrent_log_queries: z.int(),
    max_result_chars: z.int(),
    tool_timeout_seconds: z.number(),
  }),
});

/** Accounts at once; AWS throttles each for itself. */
const CONCURRENCY = 20;

export const listTargets = defineTool({
  name: 'list_targets',
  title: 'List accounts, regions and limits',
  description:
    'Who the caller is for AWS, which accounts and regions the other tools may ask (values for account and region), which toolsets are on, the limits (scan budget, answer size, time), and what the Logs Insights queries of today cost.',
  toolset: 'triage',
  annotations: READ_ONLY,
  inputSchema: z.object({}),
  outputSchema,
  async handler(_input, context) {
    const { config, targets, toolsets, signal } = context;
    const first = targets.one({});
    const accounts = await inParallel(targets.accounts, CONCURRENCY, async ({ alias, id }) => {
      const target = targets.one({ account: alias });
      const identity = await attempt(signal, context.aws(target).identity.getCallerIdentity(signal));
      const found = 'value' in identity ? identity.value : undefined;
      const accountId = found?.accountId || id;
      const hasQueries = found !== undefined && toolsets.includes('logs');
      const queries = hasQueries ? await readQueriesToday(target, context) : undefined;
      return {
        queries: queries === undefined ? [] : [`${inlineName(alias)} ${describeQueries(queries)}`],
        warning: 'error' in identity ? `${inlineName(alias)}: ${identity.error.publicMessage}` : undefined,
        account: {
          account: alias,
          account_id: accountId,
          is_default: alias === first.account,
          ...(found !== undefined && { caller_arn: found.arn }),
          is_reachable: found !== undefined,
          ...(queries !== undefined && 'value' in queries && { queries_today: toQueriesOutput(queries.value) }),
        },
      };
    });
    const queries = accounts.flatMap((account) => account.queries);
    const warnings = accounts.flatMap(({ warning }) => warning ?? []);
    const limits = {
      max_scan_gb: config.maxScanGb,
      usd_per_scanned_gb: config.insightsUsdPerGb,
      concurrent_log_queries: config.insightsConcurrency,
      max_result_chars: config.maxResultChars,
      tool_timeout_seconds: config.toolTimeoutMs / 1_000,
    };
    const count = accounts.length;
    const reachable = accounts.filter(({ account }) => account.is_reachable).length;
    return {
      headline: `${count} ${nounOf(count, 'account')} (${reachable} reachable) and ${targets.regions.length} ${nounOf(targets.regions.length, 'region')} may be asked; the default is account ${inlineName(first.account)}, region ${first.region}.`,
      targets: [],
      facts: [
        `Regions: ${foldRegions(targets.regions)}`,
        `Toolsets: ${toolsets.join(', ')}`,
        `Logs Insights: at most ${limits.max_scan_gb} GB scanned per query (about ${limits.usd_per_scanned_gb} USD per GB), ${limits.concurrent_log_queries} queries at once per account and region`,
        ...(queries.length === 0
          ? []
          : [`Logs Insights queries since 00:00 UTC, in ${first.region}, by whomever: ${queries.join('; ')}`]),
        `An answer has at most ${limits.max_result_chars.toLocaleString('en-US')} characters and takes at most ${limits.tool_timeout_seconds} s`,
      ],
      list: {
        noun: 'account',
        total: count,
        head: 'account | id | caller',
        items: accounts.map(
          ({ account }) =>
            `${account.account}${account.is_default ? ' (default)' : ''} | ${account.account_id ?? 'unknown'} | ${account.caller_arn ?? 'not reachable'}`,
        ),
      },
      warnings,
      structured: (page) => ({
        default_region: targets.defaultRegion,
        regions: [...targets.regions],
        accounts: accounts.slice(0, page.shown).map(({ account }) => account),
        toolsets: [...toolsets],
        limits,
      }),
    };
  },
});

function describeQueries(queries: Attempt<QueriesToday>): string {
  if ('error' in queries) return `not known (${queries.error.publicMessage.replace(/ \u2192.*$/s, '')})`;
  const { count, bytesScanned, costUsd, isWhole } = queries.value;
  if (count === 0 && isWhole) return 'none';
  return `${isWhole ? '' : 'at least '}${formatCount(count)}, ${formatBytes(bytesScanned)} scanned, about ${formatUsd(costUsd)}`;
}

function toQueriesOutput({ count, bytesScanned, costUsd, isWhole }: QueriesToday) {
  return { count, bytes_scanned: bytesScanned, cost_usd: costUsd, is_whole: isWhole };
}

/** Those that differ by their number alone share their name: `us-east-1/2, us-west-1/2`. */
function foldRegions(regions: readonly string[]): string {
  const byName = Map.groupBy(regions, (region) => dropAtEnd(region, '0123456789'));
  return [...byName]
    .map(([name, alike]) => name + alike.map((region) => region.slice(name.length)).join('/'))
    .join(', ');
}
