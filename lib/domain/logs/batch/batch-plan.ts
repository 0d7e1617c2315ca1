/**
 * How one query is asked in parts and put together again: which text goes to each chunk of log groups, and what is to be
 * done with the rows. What cannot be put together is named. Pure.
 */

import { splitPipeline } from '../query/pipeline.ts';
import { findOwnLimit, isAggregating } from '../query/query-text.ts';
import { planEvents } from './batch-plan-events.ts';
import { planGroups } from './batch-plan-groups.ts';
import type { BatchPlan, ChunksPlan } from './batch-plan-types.ts';

/** @param argumentLimit stands where the text has no limit of its own */
export function planBatch(query: string, argumentLimit: number): BatchPlan {
  const commands = splitPipeline(query);
  const plan = isAggregating(query, 'CWLI')
    ? planGroups(query, commands, argumentLimit)
    : planEvents(query, commands, argumentLimit);
  return 'reason' in plan ? planChunks(query, argumentLimit, plan.reason) : plan;
}

/** The query as it is: for one chunk, or where the rows of several cannot be put together. */
export function planChunks(query: string, argumentLimit: number, reason?: string): ChunksPlan {
  const own = findOwnLimit(query, 'CWLI');
  return {
    kind: 'chunks',
    query,
    limit: own ?? argumentLimit,
    isOwnLimit: own !== undefined,
    hidden: [],
    reason,
  };
}
