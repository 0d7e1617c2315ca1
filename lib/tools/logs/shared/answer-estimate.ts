/** A dry run in words and as structured content. Pure. */
import { z } from 'zod';
import type { Target } from '../../../aws/ports/targets.ts';
import { cleanLine } from '../../../domain/text/clean-text.ts';
import { countOf } from '../../../domain/text/counts.ts';
import { estimateScanUsd, formatBytes, formatUsd, GIGABYTE } from '../../../domain/text/log-size.ts';
import type { Answer, Link } from '../../../tool/types.ts';
import type { EstimatedGroup, ScanSurvey } from './read-estimate.ts';

export const dryRunParam = z.boolean().default(false).describe('Estimate scan and cost; start nothing');

export const estimateOutput = z
  .object({
    bytes: z.number().describe('of the log groups whose scan is known'),
    cost_usd: z.number(),
    usd_per_gb: z.number(),
    max_scan_gb: z.number(),
    is_within_limit: z.boolean().optional().describe('absent: not known'),
    log_groups_not_known: z.int(),
    log_groups: z.array(
      z.object({
        log_group: z.string(),
        account: z.string(),
        region: z.string(),
        bytes: z.number().optional(),
        source: z.enum(['metric', 'stored', 'not_known']),
      }),
    ),
  })
  .describe('of a dry_run');

export interface EstimateParts {
  readonly survey: ScanSurvey;
  readonly targets: readonly Target[];
  readonly maxScanGb: number;
  readonly usdPerGb: number;
  readonly facts: readonly string[];
  readonly warnings: readonly string[];
  readonly link: Link | undefined;
  /** Log groups are chosen by the query itself, so that they are not known here. */
  readonly isOpen?: boolean;
}

/** @param empty what the output of a query holds when none was started */
export function answerEstimate<Empty extends object>(
  empty: Empty,
  parts: EstimateParts,
): Answer<Empty & { estimate: z.input<typeof estimateOutput> }> {
  const { maxScanGb, usdPerGb, survey } = parts;
  const groups = survey.groups.toSorted((a, b) => bytesOf(b) - bytesOf(a));
  const bytes = groups.reduce((sum, group) => sum + Math.max(0, bytesOf(group)), 0);
  const unknown = groups.filter(({ estimate }) => estimate.source === 'not_known').length;
  const isWhole = unknown === 0 && groups.length > 0 && parts.isOpen !== true;
  const isWithin = bytes > maxScanGb * GIGABYTE ? false : isWhole ? true : undefined;
  const estimate = {
    bytes,
    cost_usd: estimateScanUsd(bytes, usdPerGb),
    usd_per_gb: usdPerGb,
    max_scan_gb: maxScanGb,
    ...(isWithin !== undefined && { is_within_limit: isWithin }),
    log_groups_not_known: unknown,
  };
  return {
    headline: `Dry run, nothing was started: ${describeSize(groups.length, unknown, estimate)}; ${describeVerdict(isWithin, maxScanGb)}.`,
    targets: parts.targets,
    facts: [...parts.facts, ...explain(groups, usdPerGb, parts.isOpen === true)],
    list: {
      noun: 'log group',
      head: groups.length === 0 ? undefined : 'log group | account/region | scan | from',
      items: groups.map(writeGroup),
      isUntrusted: true,
      total: groups.length,
    },
    hints: ['The same call without dry_run runs the query; max_scan_gb stops it at so many gigabytes.'],
    warnings: [...survey.warnings, ...parts.warnings],
    link: parts.link,
    structured: ({ shown }) => ({
      ...empty,
      estimate: {
        ...estimate,
        log_groups: groups.slice(0, shown).map(({ name, target, estimate: { source, ...known } }) => ({
          log_group: name,
          account: target.account,
          region: target.region,
          source,
          ...known,
        })),
      },
    }),
  };
}

function describeSize(
  count: number,
  unknown: number,
  { bytes, cost_usd }: { bytes: number; cost_usd: number },
): string {
  return count === unknown
    ? `what it would scan in ${countOf(count, 'log group')} is not known`
    : `${unknown > 0 ? 'at least' : 'about'} ${formatBytes(bytes)} in ${countOf(count, 'log group')}, ${formatUsd(cost_usd)}`;
}

function describeVerdict(isWithin: boolean | undefined, maxScanGb: number): string {
  const limit = formatBytes(maxScanGb * GIGABYTE);
  if (isWithin === undefined) return `whether it stays within ${limit} is not known`;
  return isWithin ? `within the limit of ${limit}` : `more than the ${limit} allowed, where it would be stopped`;
}

function explain(groups: readonly EstimatedGroup[], usdPerGb: number, isOpen: boolean): string[] {
  const count = (source: string): number => groups.filter(({ estimate }) => estimate.source === source).length;
  return [
    `Price: $${usdPerGb} per GB scanned (CLOUDWATCH_MCP_INSIGHTS_USD_PER_GB of this server). What filterIndex or an index leaves out is not scanned.`,
    ...(count('metric') > 0 ? ['metric: AWS/Logs IncomingBytes in the range.'] : []),
    ...(count('stored') > 0 ? ['stored: stored bytes × range / retention, since the metric has no data.'] : []),
    ...(count('not_known') > 0
      ? [
          `not known (${countOf(count('not_known'), 'log group')}): no IncomingBytes in the range, and no retention over which stored bytes could be spread.`,
        ]
      : []),
    ...(isOpen ? ['The query chooses its log groups itself (SOURCE): they are not known before it runs.'] : []),
  ];
}

function writeGroup(group: EstimatedGroup): string {
  const { target, estimate } = group;
  const size = 'bytes' in estimate ? formatBytes(estimate.bytes) : 'not known';
  return `${cleanLine(group.name)} | ${target.account}/${target.region} | ${size} | ${estimate.source.replace('_', ' ')}`;
}

/** -1 where it is not known. */
function bytesOf({ estimate }: EstimatedGroup): number {
  return 'bytes' in estimate ? estimate.bytes : -1;
}
