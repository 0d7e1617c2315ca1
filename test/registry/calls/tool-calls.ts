/**
 * What the calls of a tool look like, by what they are for: the one record that documents and tests are made of. From it come
 * the tool's row in the README, its example in docs/tools.md, and its lines in the tests of the registry, of empty answers and
 * of faults. The calls are made against the embedded CloudWatch at the time of the benches.
 */

export type Arguments = Readonly<Record<string, unknown>>;

export interface ToolCalls {
  /** What the tool answers, in the words of somebody on call. */
  readonly question: string;
  /** A telling call; docs/tools.md shows it with its answer, under this question. */
  readonly example: { readonly question: string; readonly args: Arguments };
  /** The least with which it answers; default: the example. */
  readonly minimal?: Arguments;
  /** The operation of AWS without which it has no answer, the first such; absent for a tool that asks AWS nothing. */
  readonly operation?: string;
  /** What an answer calls denied, where that is not the operation's own action. */
  readonly action?: string;
  /** What it says where it has an answer even without that operation. */
  readonly partial?: RegExp;
  /** Another operation, whose failure the answer says and stands without. */
  readonly beside?: { readonly operation: string; readonly args: Arguments; readonly expected: RegExp };
  /** Calls that find nothing: the answer says so, and what to try. */
  readonly empty?: readonly Arguments[];
  /** Calls that name what does not exist: an error says so, and what to do. */
  readonly unknown?: readonly Arguments[];
}

/** Stands for the id that the example of execute_log_insights_query gave. */
export const QUERY_ID = '<query_id>';
/** Stands for the `@ptr` of an event of the embedded CloudWatch. */
export const POINTER = '<pointer>';
