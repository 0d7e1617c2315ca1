/** What a plan of a query in parts says; `planBatch` makes it. */
import type { PipelineCommand } from '../query/pipeline.ts';

export interface MergeOrder {
  /** Column of a row. */
  readonly column: string;
  readonly isDescending: boolean;
  /** Rows without the column come first; default: last. */
  readonly isMissingFirst?: boolean;
}

interface PlanBase {
  /** What each chunk is asked. */
  readonly query: string;
  /** Rows of the merged answer. */
  readonly limit: number;
  /** The text itself has the limit. */
  readonly isOwnLimit: boolean;
  /** Columns that serve the merging only. */
  readonly hidden: readonly string[];
}

/** Rows are events: merged in the order of the query, cut to its limit. */
export interface EventsPlan extends PlanBase {
  readonly kind: 'events';
  readonly order: readonly MergeOrder[];
  /** How many keys of the order the service promises; the last one only breaks ties. */
  readonly promisedKeys: number;
  /** The order is one of time alone, so that of two halves of a range one comes before the other. */
  readonly timeOrder: 'newest' | 'oldest' | undefined;
  /** Columns of `dedup`; none = it is not used. */
  readonly dedup: readonly string[];
  /** One row per event, so that a pointer that comes twice is one event and the rows matched are the rows there are. */
  readonly isOnePerEvent: boolean;
}

export interface MergedColumn {
  readonly name: string;
  readonly how: 'count' | 'add' | 'least' | 'greatest' | 'first' | 'last' | 'mean';
  /** Only of a mean: the columns with its sum and, where the service can count its operand, its count. */
  readonly parts?: { readonly sum: string; readonly count?: string };
}

/** Rows are groups: those with the same key are merged, then ordered and cut. */
export interface GroupsPlan extends PlanBase {
  readonly kind: 'groups';
  readonly keys: readonly string[];
  readonly merged: readonly MergedColumn[];
  /** Aggregates such as percentiles that cannot be told from those of the parts. */
  readonly unmerged: readonly string[];
  readonly order: readonly MergeOrder[];
  /** The columns to show; undefined = all. */
  readonly shown: readonly string[] | undefined;
}

/** Rows stand for their chunk alone. */
export interface ChunksPlan extends PlanBase {
  readonly kind: 'chunks';
  /** In which respect the answer is per chunk: half a sentence. Undefined: there is one chunk only. */
  readonly reason: string | undefined;
}

export type BatchPlan = EventsPlan | GroupsPlan | ChunksPlan;

/** The number of `limit 20` or `head 20`; undefined for anything else. */
export function readCount(command: PipelineCommand): number | undefined {
  const number = command.tokens.find(({ kind }) => kind === 'number')?.value;
  return number !== undefined && /^\d{1,9}$/.test(number) ? Math.max(1, Number(number)) : undefined;
}

export function isLimit({ name }: PipelineCommand): boolean {
  return name === 'limit' || name === 'head';
}
