/** Limits that the tools share which start queries. */
import { z } from 'zod';
import { formatBytes, GIGABYTE } from '../../../domain/text/log-size.ts';
import { SECOND_MS } from '../../../domain/time.ts';
import type { ToolContext } from '../../../tool/types.ts';
import type { Followed } from './follow-query.ts';

export const MAX_QUERY_CHARS = 10_000; // StartQuery, queryString
export const MAX_ROWS = 100_000; // StartQuery, limit; for CWLI
/** Above this an answer would come after LibreChat's own time-out of 60 s. */
const MAX_TIMEOUT_S = 50;
/** Other servers take more; it is lowered to ours. */
export const MAX_ACCEPTED_TIMEOUT_S = 3_600;

export function chooseTimeout(seconds: number, context: ToolContext) {
  const timeoutMs = Math.min(seconds, MAX_TIMEOUT_S) * SECOND_MS;
  const untilEpochMs = Math.min(context.nowEpochMs + timeoutMs, context.deadlineEpochMs);
  const warnings =
    seconds > MAX_TIMEOUT_S
      ? [`max_timeout ${seconds} was lowered to ${MAX_TIMEOUT_S} s; a query that takes longer keeps running.`]
      : [];
  return { untilEpochMs, timeoutMs: Math.max(0, untilEpochMs - context.nowEpochMs), warnings };
}

export const queryIdParam = z
  .string()
  .min(1)
  .max(300)
  .describe('From execute_log_insights_query, or an id of AWS with region and account');

/** `max_scan_gb`; to be decided by {@link chooseScanBudget}. */
export function scanBudget(description: string) {
  return z.number().min(0.001).max(1_000_000).optional().describe(`${description}; default: the server’s ceiling`);
}

/** What a caller wants, but no more than the server allows. */
export function chooseScanBudget(wantedGb: number | undefined, ceilingGb: number) {
  const gb = Math.min(wantedGb ?? ceilingGb, ceilingGb);
  const warnings =
    wantedGb !== undefined && wantedGb > ceilingGb
      ? [`max_scan_gb ${wantedGb} was lowered to ${ceilingGb}, the ceiling of this server.`]
      : [];
  return { gb, warnings };
}

/** A query that ended between two looks may have read more than it was allowed. */
export function warnPassed(run: Pick<Followed, 'end'>, bytesScanned: number, gb: number): string[] {
  return run.end === 'ended' && bytesScanned > gb * GIGABYTE
    ? [
        `It scanned ${formatBytes(bytesScanned)}, more than the ${formatBytes(gb * GIGABYTE)} allowed: it ended before it could be stopped. dry_run tells the size before.`,
      ]
    : [];
}
